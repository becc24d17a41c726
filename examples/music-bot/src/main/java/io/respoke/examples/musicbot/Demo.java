package io.respoke.examples.musicbot;

import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Tones;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.Playlist;
import io.respoke.media.Silence;
import io.respoke.media.Tone;
import io.respoke.media.WavRecorder;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the bot with two songs of one note each, and somebody who listens. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws Exception {
    Path directory = Files.createTempDirectory("music-bot");
    song(directory.resolve("1-a.wav"), new AudioFormat(8_000, 1), 440);
    song(directory.resolve("2-e.wav"), new AudioFormat(44_100, 2), 660);
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        MusicBot bot = new MusicBot(settings(service), directory, out);
        Client ada = Respoke.createClient(ada(service))) {
      await(bot.start());
      await(ada.connect());
      Playlist ear = new Playlist();
      await(ada.startAudioCall("music", CallOptions.builder().microphone(ear).build()).connected());
      await(ear.add(Silence.of(Duration.ofSeconds(2))));
      await(ear.add(Tone.keys(Tones.of("1"))));
      await(ear.add(Silence.of(Duration.ofSeconds(2))));
    }
    out.println("music-bot: ok");
  }

  /** Half a minute of one note. */
  static void song(Path file, AudioFormat format, double hertz) {
    try (WavRecorder recorder = WavRecorder.create(file)) {
      for (int frame = 0; frame < 3_000; frame++) {
        short[] samples = new short[format.samplesPerFrame()];
        for (int i = 0; i < samples.length; i++) {
          long position = (long) frame * format.samplesPerChannel() + i / format.channels();
          double angle = 2 * Math.PI * hertz * position / format.sampleRate();
          samples[i] = (short) (5_000 * Math.sin(angle));
        }
        recorder.onAudio(new AudioFrame(format, samples));
      }
    }
  }

  static ClientOptions settings(RespokeService service) {
    return MusicBot.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "music");
  }

  static ClientOptions ada(RespokeService service) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .developmentMode(true)
        .endpointId("ada")
        .build();
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
