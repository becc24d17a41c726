package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ProxyOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedRuntimeTest {
  private static ClientRuntime acquire() {
    return SharedRuntime.acquire(Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  private static long threads(String part) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(part))
        .count();
  }

  @Test
  void usersAtTheSameTimeShareThreadsTimeAndHttp() {
    ClientRuntime one = acquire();
    ClientRuntime two = acquire();
    ClientRuntime proxied =
        SharedRuntime.acquire(
            Optional.empty(),
            Optional.of(ProxyOptions.of("proxy.test", 3128)),
            Optional.empty(),
            false);
    try {
      assertSame(one.engine(), two.engine());
      assertSame(one.scheduler(), two.scheduler());
      assertSame(one.http(), two.http());
      assertSame(one.lane(), proxied.lane());
      assertNotSame(one.http(), proxied.http());
    } finally {
      one.release().run();
      one.release().run(); // once more does not take anything from the others
      assertSame(two.engine(), proxied.engine());
      two.release().run();
      ClientRuntime late = acquire();
      assertSame(late.engine(), proxied.engine(), "it is there as long as anybody uses it");
      late.release().run();
      proxied.release().run();
    }
  }

  @Test
  void usersOneAfterTheOtherDoNotPileUpHttpThreads() {
    long before = threads("SelectorManager");
    for (int i = 0; i < 50; i++) {
      acquire().release().run();
    }
    assertTrue(threads("SelectorManager") - before < 10, "one client is used again and again");
  }
}
