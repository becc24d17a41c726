package io.respoke.examples.ivrmenu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.HangupReason;
import io.respoke.Respoke;
import io.respoke.Tones;
import io.respoke.media.AudioSource;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.Silence;
import io.respoke.media.Tone;
import io.respoke.media.WavFile;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The menu, called by a client of the library, with real media between them. */
@Tag("media")
@Timeout(120)
class IvrMenuTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private static final double DIGIT_HERTZ = 880; // what DigitVoice.beeps() says digits with

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  @TempDir private Path directory;
  @TempDir private Path heard;
  private IvrMenu menu;
  private Client ada;

  @BeforeEach
  void connect(RespokeService service) {
    PrintStream out =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            said.add(line);
          }
        };
    menu =
        new IvrMenu(
            IvrMenu.options(
                Map.of(
                    "RESPOKE_BASE_URL", service.baseUrl().toString(),
                    "RESPOKE_APP_SECRET", service.app().secret()),
                "menu"),
            directory,
            out);
    ada =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .developmentMode(true)
                .endpointId("ada")
                .build());
    await(menu.start());
    await(ada.connect());
  }

  @AfterEach
  void close() {
    ada.close();
    menu.close();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Calls, and listens to the first question: what is said at the very beginning may be lost. */
  private Ivr dial() throws InterruptedException {
    Ivr call = Ivr.dial(options -> ada.startAudioCall("menu", options));
    call.record(heard.resolve("first.wav"), Duration.ofSeconds(1), "");
    return call;
  }

  /** As a finger does: the other side's jitter buffer may play only a part of a short one. */
  private static Tones pressed(String keys) {
    return new Tones(keys, Duration.ofMillis(300), Duration.ofMillis(200));
  }

  private void says(String line) throws InterruptedException {
    assertEquals("ivr-menu: " + line, said.poll(60, TimeUnit.SECONDS));
  }

  /** How often a frequency begins anew in a recording. */
  private static int bursts(Path file, double hertz) {
    AudioSource recording = WavFile.open(file);
    int rate = recording.format().sampleRate();
    short[] frame = new short[recording.format().samplesPerFrame()];
    int channels = recording.format().channels();
    int bursts = 0;
    int quiet = 10;
    while (recording.read(frame)) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < frame.length; i += channels) {
        double angle = 2 * Math.PI * hertz * (i / channels) / rate;
        re += frame[i] * Math.cos(angle);
        im += frame[i] * Math.sin(angle);
      }
      boolean on = 2 * Math.hypot(re, im) / (frame.length / channels) > 3_000; // of some 6500
      if (on && quiet >= 4) {
        bursts++;
      }
      quiet = on ? 0 : quiet + 1;
    }
    recording.close();
    return bursts;
  }

  @Test
  void repeatsDigitsTypedAhead() throws Exception {
    try (Ivr call = dial()) {
      says("ada calls");
      call.play(Tone.keys(Tones.of("1407#")));
      says("ada entered 407");
      Path digits = heard.resolve("digits.wav");
      call.record(digits, Duration.ofSeconds(8), "");
      assertEquals(4 + 10 + 7, bursts(digits, DIGIT_HERTZ));
    }
    says("ada hung up");
  }

  @Test
  void understandsKeysSentBesideTheAudio() throws Exception {
    try (Ivr call = dial()) {
      says("ada calls");
      await(call.call().sendTones(pressed("15#")));
      says("ada entered 5");
      await(call.call().sendTones(pressed("9")));
      says("ada was heard out");
      CallEndedException ended =
          assertThrows(CallEndedException.class, () -> call.collect(1, Duration.ofSeconds(20)));
      assertEquals(Optional.of(HangupReason.REMOTE_HANGUP), ended.hangupReason());
    }
  }

  @Test
  void takesAMessage() throws Exception {
    try (Ivr call = dial()) {
      says("ada calls");
      call.play(Tone.keys(Tones.of("2")));
      for (int beep = 0; beep < 2; beep++) {
        call.play(Silence.of(Duration.ofMillis(600)));
      }
      call.play(Tone.of(500, -14, Duration.ofSeconds(2)));
      call.play(Tone.keys(Tones.of("#")));
      String told = said.poll(60, TimeUnit.SECONDS);
      assertTrue(String.valueOf(told).matches("ivr-menu: ada left a message of [23] s"), told);
    }
    says("ada hung up");
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> messages = files.toList();
      assertEquals(1, messages.size());
      assertEquals(1, bursts(messages.get(0), 500));
    }
  }

  @Test
  void theDemoTellsItsStory() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    IvrMenu.run(
        new String[] {"--demo"}, Map.of(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("ivr-menu: ada entered 407"), story);
    assertTrue(story.contains("ivr-menu: ada left a message of"), story);
    assertTrue(story.contains("ada hears the menu hang up"), story);
    assertTrue(story.contains("ivr-menu: ok"), story);
  }
}
