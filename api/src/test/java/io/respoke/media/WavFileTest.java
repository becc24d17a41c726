package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {
  @TempDir private Path directory;

  private static byte[] chunk(String tag, byte[] content) {
    return chunk(tag, content.length, content);
  }

  private static byte[] chunk(String tag, long size, byte[] content) {
    ByteBuffer chunk =
        ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(tag.getBytes(StandardCharsets.US_ASCII)).putInt((int) size).put(content);
    return chunk.array();
  }

  private static byte[] pcm(int encoding, int channels, int rate, int bits) {
    ByteBuffer format = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    int frame = channels * bits / 8;
    format.putShort((short) encoding).putShort((short) channels);
    format.putInt(rate).putInt(rate * frame).putShort((short) frame).putShort((short) bits);
    return chunk("fmt ", format.array());
  }

  private static byte[] bytes(short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  private static byte[] wave(byte[]... chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
    Arrays.stream(chunks).forEach(body::writeBytes);
    return chunk("RIFF", body.toByteArray());
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("sound.wav"), content);
  }

  private MediaException refused(byte[] content) throws IOException {
    Path path = file(content);
    MediaException refusal = assertThrows(MediaException.class, () -> WavFile.open(path));
    assertEquals(Reason.UNSUPPORTED, refusal.reason(), refusal::getMessage);
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith(path.toString()), refusal::getMessage);
    return refusal;
  }

  private static boolean toTheEnd(WavFile file) throws Exception {
    return file.finished().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1", "16000, 1", "32000, 1", "44100, 1", "48000, 1",
    "8000, 2", "16000, 2", "32000, 2", "44100, 2", "48000, 2"
  })
  void everyShapeIsPlayedToTheLastSample(int rate, int channels) throws Exception {
    AudioFormat format = new AudioFormat(rate, channels);
    short[] sound = Audio.random(rate, format.samplesPerFrame() * 3 + 2);
    WavFile played =
        WavFile.open(file(wave(pcm(1, channels, rate, 16), chunk("data", bytes(sound)))));
    assertEquals(format, played.format());
    short[] heard = Audio.drain(played, 4);
    assertArrayEquals(Arrays.copyOf(sound, 4 * format.samplesPerFrame()), heard);
    assertTrue(toTheEnd(played));
    assertFalse(played.read(new short[format.samplesPerFrame()]));
    played.close();
    assertTrue(toTheEnd(played));
  }

  @Test
  void longFilesAreReadInPortions() throws Exception {
    short[] sound = Audio.random(1, WavFile.BUFFER_BYTES * 2 + 1111);
    WavFile played = WavFile.open(file(wave(pcm(1, 1, 8000, 16), chunk("data", bytes(sound)))));
    assertArrayEquals(
        sound, Arrays.copyOf(Audio.drain(played, sound.length / 80 + 1), sound.length));
    played.close();
  }

  @Test
  void otherChunksArePassedOver() throws Exception {
    short[] sound = Audio.random(2, 160);
    WavFile played =
        WavFile.open(
            file(
                wave(
                    chunk("JUNK", new byte[13]),
                    pcm(1, 1, 8000, 16),
                    chunk("LIST", new byte[27]),
                    chunk("data", bytes(sound)),
                    chunk("id3 ", new byte[5]))));
    assertArrayEquals(sound, Audio.drain(played, 2));
    played.close();
  }

  @Test
  void theExtensibleFormatIsReadByItsSubformat() throws Exception {
    ByteBuffer format = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    format.putShort((short) 0xFFFE).putShort((short) 2).putInt(48_000).putInt(192_000);
    format.putShort((short) 4).putShort((short) 16).putShort((short) 22).putShort((short) 16);
    format.putInt(3).putShort((short) 1);
    short[] sound = Audio.random(3, 960);
    byte[] data = chunk("data", bytes(sound));
    WavFile played = WavFile.open(file(wave(chunk("fmt ", format.array()), data)));
    assertArrayEquals(sound, Audio.drain(played, 1));
    played.close();
    format.putShort(24, (short) 3); // samples as floating point
    refused(wave(chunk("fmt ", format.array()), data));
  }

  @ParameterizedTest
  @ValueSource(longs = {0xFFFF_FFFFL, 0x7FFF_FFFFL, 1002})
  void samplesThatEndWithTheFileAreTakenAsFarAsTheyGo(long told) throws Exception {
    short[] sound = Audio.random(4, 160);
    byte[] odd = Arrays.copyOf(bytes(sound), 321);
    WavFile played = WavFile.open(file(wave(pcm(1, 1, 8000, 16), chunk("data", told, odd))));
    // the padding of the odd chunk completes one more sample
    assertEquals(3 * 80, Audio.drain(played, 3).length);
    played.close();
  }

  @Test
  void aLoopHasNoSeamAndNoEnd() throws Exception {
    for (int length : new int[] {3, 100, WavFile.BUFFER_BYTES}) {
      short[] sound = Audio.random(length, length);
      WavFile played =
          WavFile.looping(file(wave(pcm(1, 1, 8000, 16), chunk("data", bytes(sound)))));
      short[] frame = new short[80];
      for (int position = 0; position < 2 * length + 80; position += 80) {
        assertTrue(played.read(frame));
        for (int i = 0; i < 80; i++) {
          assertEquals(sound[(position + i) % length], frame[i]);
        }
      }
      played.close();
      assertFalse(toTheEnd(played));
      assertFalse(played.read(frame));
    }
  }

  @Test
  void nothingIsPlayedOfNothing() throws Exception {
    Path empty = file(wave(pcm(1, 1, 8000, 16), chunk("data", new byte[0])));
    for (WavFile played : new WavFile[] {WavFile.open(empty), WavFile.looping(empty)}) {
      assertFalse(played.read(new short[80]));
      assertTrue(toTheEnd(played));
      played.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 8000, 8, 8 bits",
    "1, 1, 48000, 24, 24 bits",
    "1, 3, 48000, 16, 3 channel",
    "1, 0, 48000, 16, 0 channel",
    "1, 1, 22050, 16, 22050",
    "1, 1, 0, 16, 0 samples per second",
    "1, 1, -1, 16, 4294967295",
    "7, 1, 8000, 8, encoding 7",
    "3, 1, 48000, 32, encoding 3",
    "7, 1, 8000, 16, encoding 7"
  })
  void otherShapesAreRefusedByName(int encoding, int channels, int rate, int bits, String named)
      throws Exception {
    byte[] data = chunk("data", new byte[960]);
    String message = refused(wave(pcm(encoding, channels, rate, bits), data)).getMessage();
    assertTrue(String.valueOf(message).contains(named), message);
  }

  @Test
  void whatIsCutInsideItsHeaderIsRefused() throws Exception {
    byte[] whole = wave(pcm(1, 1, 8000, 16), chunk("data", new byte[160]));
    for (int length = 0; length < 44; length++) {
      refused(Arrays.copyOf(whole, length));
    }
    WavFile.open(file(Arrays.copyOf(whole, 44))).close();
  }

  @Test
  void headersWithoutOrderOrEndAreRefused() throws Exception {
    byte[] data = chunk("data", new byte[160]);
    refused(wave(data, pcm(1, 1, 8000, 16)));
    refused(wave(chunk("fmt ", new byte[15]), data));
    refused(wave(chunk("huge", 0xFFFF_FFFFL, new byte[0]), pcm(1, 1, 8000, 16), data));
    byte[][] many = new byte[5000][];
    Arrays.fill(many, chunk("nope", new byte[0]));
    assertTrue(String.valueOf(refused(wave(many)).getMessage()).contains("first 100 chunks"));
  }

  @Test
  void garbageIsRefusedOrPlayedButNothingElse() throws Exception {
    Random random = new Random(11);
    byte[] whole =
        wave(pcm(1, 2, 8000, 16), chunk("LIST", new byte[9]), chunk("data", new byte[320]));
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] spoilt = whole.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        spoilt[random.nextInt(70)] = (byte) random.nextInt();
      }
      Path path = file(spoilt);
      try {
        WavFile played = WavFile.open(path);
        Audio.drain(played, 10);
        played.close();
      } catch (MediaException e) {
        assertEquals(Reason.UNSUPPORTED, e.reason());
        refused++;
      }
    }
    assertTrue(refused > 500 && refused < 2000, "refused " + refused);
  }

  @Test
  void aFileThatIsNotThereIsToldWithItsCause() {
    MediaException failure =
        assertThrows(MediaException.class, () -> WavFile.open(directory.resolve("no.wav")));
    assertEquals(Reason.OTHER, failure.reason());
    assertEquals(NoSuchFileException.class, failure.getCause().getClass());
  }

  @Test
  void aFileThatShrinksFails() throws Exception {
    byte[] whole = wave(pcm(1, 1, 8000, 16), chunk("data", new byte[2 * WavFile.BUFFER_BYTES]));
    WavFile played = WavFile.open(file(whole));
    file(Arrays.copyOf(whole, WavFile.BUFFER_BYTES + 1000));
    MediaException failure =
        assertThrows(MediaException.class, () -> Audio.drain(played, WavFile.BUFFER_BYTES / 80));
    assertTrue(String.valueOf(failure.getMessage()).contains("shorter"), failure::getMessage);
    ExecutionException told = assertThrows(ExecutionException.class, () -> toTheEnd(played));
    assertEquals(failure, told.getCause());
    assertFalse(played.read(new short[80]));
    played.close();
  }

  @Test
  void closingEarlyIsNotTheEnd() throws Exception {
    WavFile played = WavFile.open(file(wave(pcm(1, 1, 8000, 16), chunk("data", new byte[1600]))));
    assertTrue(played.read(new short[80]));
    assertFalse(played.finished().toCompletableFuture().isDone());
    played.close();
    played.close();
    assertFalse(toTheEnd(played));
    assertFalse(played.read(new short[80]));
  }
}
