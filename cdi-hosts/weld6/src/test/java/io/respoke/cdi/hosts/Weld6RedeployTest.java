package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.se.OneDeployment;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Applications that come and go in class loaders of their own, as on a server. */
@Tag("slow")
class Weld6RedeployTest {
  private static final int TIMES = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void tenDeploymentsLeaveNothingBehind() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (RespokeService service =
        RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build())) {
      for (int i = 0; i <= TIMES; i++) {
        loaders.add(
            SeparateLoader.run(
                    OneDeployment.class.getName(), People.properties(service), jar -> true)
                .loader());
        assertEquals(0, service.snapshot().connections(), "connections after deployment " + i);
      }
    }
    await(() -> threadsOfClients().isEmpty());
    assertEquals(List.of(), threadsOfClients());
    // The JDK itself keeps the classes of the record that was compared last, here the last one's.
    loaders.remove(TIMES);
    await(() -> alive(loaders) == 0);
    assertEquals(0, alive(loaders), "class loaders that are still there");
  }

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    System.gc();
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private static List<String> threadsOfClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("respoke-") || name.startsWith("tyrus-"))
        .filter(name -> !name.startsWith("respoke-service"))
        .sorted()
        .toList();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Object pause = new Object();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      synchronized (pause) {
        pause.wait(200);
      }
    }
  }
}
