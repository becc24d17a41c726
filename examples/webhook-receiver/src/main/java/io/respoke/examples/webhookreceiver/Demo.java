package io.respoke.examples.webhookreceiver;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Group;
import io.respoke.Respoke;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.webhook.WebhookEvent;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, its app's server, and somebody who comes, says something and goes. */
final class Demo {
  private static final String SECRET = "0123456789abcdef";

  private Demo() {}

  static void run(PrintStream out) throws Exception {
    CountDownLatch gone = new CountDownLatch(2);
    try (EventPrinter printer =
            new EventPrinter(
                0,
                SECRET,
                event -> {
                  if (event instanceof WebhookEvent.GroupLeft
                      || event instanceof WebhookEvent.EndpointDisconnected) {
                    gone.countDown();
                  }
                },
                out);
        RespokeService service =
            RespokeService.start(
                ServiceOptions.builder()
                    .privateWebhooks(true)
                    .app(AppOptions.builder().webhook(printer.url().toString(), SECRET).build())
                    .build())) {
      ClientOptions options =
          ClientOptions.builder()
              .baseUrl(service.baseUrl())
              .appId(service.app().id())
              .developmentMode(true)
              .endpointId("ada")
              .build();
      try (Client ada = Respoke.connect(options).toCompletableFuture().join()) {
        Group lobby = ada.join("lobby").toCompletableFuture().join();
        lobby.sendMessage("first!").toCompletableFuture().join();
      }
      if (!gone.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the service did not tell that ada is gone");
      }
    }
  }
}
