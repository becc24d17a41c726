package io.respoke.examples.ivrmenu;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Tones;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.Tone;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the menu, and somebody who presses keys. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws Exception {
    Path messages = Files.createTempDirectory("ivr-menu");
    Path heard = messages.resolve("heard-by-ada.wav");
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        IvrMenu menu = new IvrMenu(settings(service), messages, out);
        Client ada = Respoke.createClient(ada(service))) {
      await(menu.start());
      await(ada.connect());
      call(ada, heard, out);
    }
    out.println("ivr-menu: ok; what was said is in " + messages);
  }

  /** Types ahead, leaves a message, and says goodbye. */
  private static void call(Client ada, Path heard, PrintStream out) throws InterruptedException {
    try (Ivr call = Ivr.dial(options -> ada.startAudioCall("menu", options))) {
      call.record(heard, Duration.ofSeconds(1), ""); // the question
      call.play(Tone.keys(Tones.of("1407#2")));
      call.record(heard, Duration.ofSeconds(8), ""); // four, ten and seven tones
      call.play(Tone.of(500, -14, Duration.ofSeconds(2)));
      call.play(Tone.keys(Tones.of("#9")));
      call.collect(1, Duration.ofSeconds(20));
    } catch (CallEndedException e) {
      out.println("ada hears the menu hang up");
    }
  }

  private static ClientOptions settings(RespokeService service) {
    return IvrMenu.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "menu");
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
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
