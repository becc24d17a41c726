package io.respoke.examples.musicbot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.Respoke;
import io.respoke.Tones;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import io.respoke.media.Playlist;
import io.respoke.media.Tone;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Music in files of several shapes, heard over a call with real media. */
@Tag("media")
@Timeout(120)
class MusicBotTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  @TempDir private Path directory;

  /** Which of some notes it hears: one that was at least as loud as half the song for 200 ms. */
  private static final class Ear implements AudioSink {
    private final int[] notes;
    private final int[] steady;
    private volatile int note;

    Ear(int... notes) {
      this.notes = notes;
      steady = new int[notes.length];
    }

    @Override
    public void onAudio(AudioFrame frame) {
      for (int n = 0; n < notes.length; n++) {
        steady[n] = amplitude(frame, notes[n]) > 2_500 ? steady[n] + 1 : 0;
        if (steady[n] == 20) {
          note = notes[n];
        }
      }
    }

    private static double amplitude(AudioFrame frame, int hertz) {
      int channels = frame.format().channels();
      int count = frame.format().samplesPerChannel();
      double re = 0;
      double im = 0;
      for (int i = 0; i < count; i++) {
        double angle = 2 * Math.PI * hertz * i / frame.format().sampleRate();
        re += frame.samples()[i * channels] * Math.cos(angle);
        im += frame.samples()[i * channels] * Math.sin(angle);
      }
      return 2 * Math.hypot(re, im) / count;
    }

    void awaitNote(int wanted) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (note != wanted && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertEquals(wanted, note);
    }
  }

  @Test
  void playsItsFilesAndGoesOnAtAKey(RespokeService service) throws Exception {
    Demo.song(directory.resolve("1.wav"), new AudioFormat(8_000, 1), 400);
    Demo.song(directory.resolve("2.wav"), new AudioFormat(44_100, 2), 900);
    Demo.song(directory.resolve("3.wav"), new AudioFormat(48_000, 1), 1_500);
    Ear ear = new Ear(400, 900, 1_500);
    Playlist keys = new Playlist();
    try (MusicBot bot = new MusicBot(Demo.settings(service), directory, out);
        Client ada = Respoke.createClient(Demo.ada(service))) {
      Demo.await(bot.start());
      Demo.await(ada.connect());
      Call call =
          ada.startAudioCall("music", CallOptions.builder().microphone(keys).speaker(ear).build());
      Demo.await(call.connected());
      ear.awaitNote(400);
      keys.add(Tone.keys(Tones.of("5")));
      ear.awaitNote(900);
      keys.add(Tone.keys(Tones.of("5")));
      ear.awaitNote(1_500);
      keys.add(Tone.keys(Tones.of("5")));
      ear.awaitNote(400);
    }
  }

  @Test
  void theDemoTellsItsStory() throws Exception {
    MusicBot.run(new String[] {"--demo"}, Map.of(), out);
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("music-bot: ada hears 1-a.wav"), story);
    assertTrue(story.contains("music-bot: ada hears 2-e.wav"), story);
    assertTrue(story.contains("music-bot: ok"), story);
  }
}
