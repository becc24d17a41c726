package io.respoke.examples.cdibot;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Group;
import io.respoke.Respoke;
import io.respoke.event.MemberJoined;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a container with the bot in it; without configuration it plays a story. */
public final class CdiBot {
  private CdiBot() {}

  /** Runs until the process is ended, or plays a story. */
  public static void main(String[] args) throws InterruptedException {
    boolean configured =
        System.getenv("RESPOKE_BASE_URL") != null || System.getProperty("respoke.baseUrl") != null;
    if (!configured) {
      demo(System.out);
      return;
    }
    SeContainer container = SeContainerInitializer.newInstance().initialize();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  container.close();
                  ended.countDown();
                }));
    ended.await(); // the library's threads are daemons, so this one has to stay
  }

  /** A service in this JVM, the bot, and a guest. */
  static void demo(PrintStream out) {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults())) {
      Map<String, String> settings =
          Map.of(
              "respoke.baseUrl", service.baseUrl().toString(),
              "respoke.appSecret", service.app().secret(),
              "respoke.endpointId", "porter");
      settings.forEach(System::setProperty);
      try (Client ada = Respoke.createClient(guest(service))) {
        CompletableFuture<String> greeting = new CompletableFuture<>();
        CompletableFuture<MemberJoined> porter = new CompletableFuture<>();
        ada.listen(MessageReceived.class, e -> greeting.complete(e.message().text()));
        ada.listen(MemberJoined.class, porter::complete);
        await(ada.connect());
        Group lobby = await(ada.join(Lobby.GROUP));
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
          await(porter); // came in after the guest, who now comes in again
          await(lobby.leave());
          await(lobby.join());
          out.println("cdi-bot: ada hears: " + await(greeting));
          out.println("cdi-bot: the container runs: " + container.isRunning());
        }
      } finally {
        settings.keySet().forEach(System::clearProperty);
      }
    }
    out.println("cdi-bot: ok");
  }

  private static ClientOptions guest(RespokeService service) {
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
