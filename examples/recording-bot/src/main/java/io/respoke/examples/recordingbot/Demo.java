package io.respoke.examples.recordingbot;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Message;
import io.respoke.Respoke;
import io.respoke.event.MessageReceived;
import io.respoke.media.Playlist;
import io.respoke.media.TestPicture;
import io.respoke.media.Tone;
import io.respoke.media.VideoFormat;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the bot, and somebody who hums and shows a test picture. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws Exception {
    Path directory = Files.createTempDirectory("recording-bot");
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults())) {
      out.println("ada is told: " + record(service, directory, out));
    }
    out.println("recording-bot: ok; look into " + directory);
  }

  /** Has three seconds of 500 Hz and a test picture recorded; returns what the bot writes. */
  static String record(RespokeService service, Path directory, PrintStream out) throws Exception {
    BlockingQueue<Message> told = new LinkedBlockingQueue<>();
    try (RecordingBot bot = new RecordingBot(settings(service), directory, out);
        Client ada = Respoke.createClient(ada(service))) {
      ada.listen(MessageReceived.class, e -> told.add(e.message()));
      await(bot.start());
      await(ada.connect());
      Playlist voice = new Playlist();
      Call call =
          ada.startVideoCall(
              "recorder",
              CallOptions.builder()
                  .microphone(voice)
                  .camera(new TestPicture(new VideoFormat(320, 240, 15)))
                  .build());
      await(call.connected());
      await(voice.add(Tone.of(500, -14, Duration.ofSeconds(3))));
      await(call.hangup());
      Message message = told.poll(30, TimeUnit.SECONDS);
      return message == null ? "nothing" : message.text();
    }
  }

  private static ClientOptions settings(RespokeService service) {
    return RecordingBot.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "recorder");
  }

  private static ClientOptions ada(RespokeService service) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .developmentMode(true)
        .endpointId("ada")
        .build();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
