package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavRecorderTest {
  private static final AudioFormat MONO = AudioFormat.MONO_48K;
  private static final AudioFormat STEREO = new AudioFormat(48_000, 2);

  @TempDir private Path directory;

  private static short[] part(short[] samples, int frame, AudioFormat format) {
    int length = format.samplesPerFrame();
    return Arrays.copyOfRange(samples, frame * length, (frame + 1) * length);
  }

  private static short[] played(Path path, int maxFrames) {
    WavFile file = WavFile.open(path);
    short[] heard = Audio.drain(file, maxFrames);
    file.close();
    return heard;
  }

  @ParameterizedTest
  @CsvSource({"48000, 1", "48000, 2", "8000, 1", "44100, 2"})
  void whatIsRecordedIsPlayed(int rate, int channels) {
    AudioFormat format = new AudioFormat(rate, channels);
    Path path = directory.resolve("call.wav");
    short[] said = Audio.random(5, 333 * format.samplesPerFrame());
    WavRecorder recorder = WavRecorder.create(path);
    assertEquals(Duration.ZERO, recorder.duration());
    for (int frame = 0; frame < 333; frame++) {
      recorder.onAudio(new AudioFrame(format, part(said, frame, format)));
    }
    assertEquals(Duration.ofMillis(3330), recorder.duration());
    recorder.close();
    recorder.close();
    WavFile file = WavFile.open(path);
    assertEquals(format, file.format());
    file.close();
    assertArrayEquals(said, played(path, 333));
  }

  @Test
  void theFileIsWholeAtAnyMomentButForTheBuffer() {
    Path path = directory.resolve("crashed.wav");
    short[] said = Audio.random(6, 200 * 480);
    WavRecorder recorder = WavRecorder.create(path);
    int shortest = 0;
    for (int frame = 0; frame < 200; frame++) {
      short[] there = played(path, 200);
      assertArrayEquals(Arrays.copyOf(said, there.length), there);
      int behind = frame * 480 - there.length;
      assertTrue(behind >= 0 && behind <= 32 * 1024, "behind by " + behind);
      shortest = Math.max(shortest, there.length);
      recorder.onAudio(new AudioFrame(MONO, part(said, frame, MONO)));
    }
    assertTrue(shortest > 100 * 480, "on disk before the end: " + shortest);
    recorder.close();
  }

  @Test
  void aRecordingOfNothingIsAFile() {
    Path path = directory.resolve("nothing.wav");
    WavRecorder.create(path).close();
    assertEquals(0, played(path, 1).length);
  }

  @Test
  void theFirstFrameDecidesTheChannels() {
    Path mono = directory.resolve("mono.wav");
    try (WavRecorder recorder = WavRecorder.create(mono)) {
      recorder.onAudio(new AudioFrame(MONO, Audio.constant(7, 480)));
      short[] both = Audio.constant(100, 960);
      for (int i = 0; i < both.length; i += 2) {
        both[i] = 300;
      }
      recorder.onAudio(new AudioFrame(STEREO, both));
      AudioFrame slow = new AudioFrame(new AudioFormat(8000, 1), new short[80]);
      assertThrows(IllegalArgumentException.class, () -> recorder.onAudio(slow));
    }
    short[] heard = played(mono, 2);
    assertArrayEquals(Audio.constant(7, 480), part(heard, 0, MONO));
    assertArrayEquals(Audio.constant(200, 480), part(heard, 1, MONO));

    Path stereo = directory.resolve("stereo.wav");
    try (WavRecorder recorder = WavRecorder.create(stereo)) {
      recorder.onAudio(new AudioFrame(STEREO, Audio.constant(1, 960)));
      recorder.onAudio(new AudioFrame(MONO, Audio.constant(-5, 480)));
    }
    assertArrayEquals(Audio.constant(-5, 960), part(played(stereo, 2), 1, STEREO));
  }

  @Test
  void aFullFileIsClosedAndSaysSo() {
    Path path = directory.resolve("full.wav");
    WavRecorder recorder = WavRecorder.create(path, 3000);
    AudioFrame frame = new AudioFrame(MONO, Audio.constant(9, 480));
    recorder.onAudio(frame);
    recorder.onAudio(frame);
    recorder.onAudio(frame);
    MediaException full = assertThrows(MediaException.class, () -> recorder.onAudio(frame));
    assertEquals(Reason.TOO_LARGE, full.reason());
    assertArrayEquals(Audio.constant(9, 1440), played(path, 3));
    recorder.onAudio(frame);
    recorder.close();
    assertArrayEquals(Audio.constant(9, 1440), played(path, 3));
  }

  @Test
  void aHeaderTellsTheLargestFile() throws Exception {
    ByteBuffer header =
        WavHeader.write(MONO, WavHeader.MAX_DATA_BYTES - 1).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0xFFFF_FFFEL, Integer.toUnsignedLong(header.getInt(4)));
    assertEquals(WavHeader.MAX_DATA_BYTES - 1, Integer.toUnsignedLong(header.getInt(40)));
    Path path = Files.write(directory.resolve("head.wav"), header.array());
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      assertEquals(new WavHeader(MONO, 44, 0), WavHeader.read(file, "head"));
    }
  }

  @Test
  void afterTheEndNothingIsTaken() {
    Path path = directory.resolve("late.wav");
    WavRecorder recorder = WavRecorder.create(path);
    recorder.close();
    recorder.onAudio(new AudioFrame(MONO, new short[480]));
    assertEquals(0, played(path, 1).length);
  }

  @Test
  void whatCannotBeWrittenIsToldWithItsCause() {
    MediaException failure =
        assertThrows(
            MediaException.class, () -> WavRecorder.create(directory.resolve("no/such/place.wav")));
    assertEquals(Reason.OTHER, failure.reason());
  }
}
