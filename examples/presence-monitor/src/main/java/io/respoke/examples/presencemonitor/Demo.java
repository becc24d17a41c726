package io.respoke.examples.presencemonitor;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the monitor, and somebody with two devices. */
final class Demo {
  private final PrintStream out;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Demo(PrintStream out) {
    this.out = out;
  }

  static void run(PrintStream out) {
    new Demo(out).run();
    out.println("presence-monitor: ok");
  }

  private void run() {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        Client desk = device(service);
        Client phone = device(service);
        PresenceMonitor monitor = monitor(service)) {
      await(monitor.start());
      await(desk.connect());
      await(desk.setPresence("available"));
      awaitLine("-> available");
      await(phone.connect());
      await(phone.setPresence("dnd", "in a meeting", null));
      awaitLine("-> dnd");
      await(phone.disconnect());
      awaitLine("\"in a meeting\" -> available");

      service.hooks().dropConnections("presence-monitor");
      awaitLine("nothing was known");
      await(desk.disconnect());
      awaitLine("-> unavailable");
    }
  }

  private PresenceMonitor monitor(RespokeService service) {
    return new PresenceMonitor(
        PresenceMonitor.options(
            Map.of(
                "RESPOKE_BASE_URL", service.baseUrl().toString(),
                "RESPOKE_APP_SECRET", service.app().secret())),
        List.of("ada"),
        line -> {
          out.println(line);
          lines.add(line);
        });
  }

  private static Client device(RespokeService service) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .developmentMode(true)
            .endpointId("ada")
            .build());
  }

  private void awaitLine(String part) {
    try {
      String line;
      do {
        line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
          throw new IllegalStateException("The monitor did not say: " + part);
        }
      } while (!line.contains(part));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
