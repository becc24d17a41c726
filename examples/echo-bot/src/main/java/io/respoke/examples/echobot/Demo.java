package io.respoke.examples.echobot;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.Json;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the bot, and somebody who talks to it. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        EchoBot bot = new EchoBot(settings(service), out);
        Client ada = Respoke.createClient(ada(service))) {
      await(bot.start());
      await(ada.connect());
      say(ada, "hello", out);
      say(ada, Json.createObjectBuilder().add("answer", 42).build(), out);
    }
    out.println("echo-bot: ok");
  }

  private static ClientOptions settings(RespokeService service) {
    return EchoBot.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "echo");
  }

  /** Development mode is enough for a demo: ada needs no token from anybody. */
  private static ClientOptions ada(RespokeService service) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .developmentMode(true)
        .endpointId("ada")
        .build();
  }

  private static void say(Client ada, Object message, PrintStream out) {
    CompletableFuture<MessageReceived> answer = new CompletableFuture<>();
    ada.once(MessageReceived.class, answer::complete);
    await(ada.sendMessage("echo", message));
    out.println("ada hears: " + await(answer).message().text());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
