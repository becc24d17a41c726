package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that is about to stop sends its clients away, not all at once. */
@Timeout(30)
class DrainTest extends Conformance {
  private static final Duration STEP = Duration.ofMillis(100);

  private void awaitNotReady() {
    while (RawClient.get(service.baseUrl(), "/health/ready").statusCode() != 503) {
      Thread.onSpinWait();
    }
  }

  private int open() {
    return service.snapshot().sockets();
  }

  @Test
  void clientsAreSentAwayEvenly() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      clients.add(browser("e" + i));
    }

    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(() -> service.drain(Duration.ofMillis(500)));
    awaitNotReady();

    assertEquals(200, RawClient.get(service.baseUrl(), "/health/live").statusCode());
    assertEquals(503, RawClient.get(service.baseUrl(), "/socket.io/1/?app-token=x").statusCode());
    assertEquals(200, clients.get(9).request("get", "/v1/turn", null).status());
    for (int left = 8; left > 0; left -= 2) {
      awaitOpen(left);
      assertFalse(drained.isDone());
      clock.advance(STEP);
    }
    drained.get(5, TimeUnit.SECONDS);
    for (RawClient client : clients) {
      assertEquals(1001, client.awaitClosed().code());
    }
  }

  private void awaitOpen(int count) {
    while (open() != count) {
      assertTrue(open() >= count);
      Thread.onSpinWait();
    }
  }

  @Test
  void withoutClientsItIsDoneAtOnce() {
    service.drain(Duration.ofHours(1));

    awaitNotReady();
    service.close();
    service.drain(Duration.ofHours(1));
  }

  @Test
  void withoutTimeAllGoAtOnce() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");

    service.drain(Duration.ZERO);

    assertEquals(1001, alice.awaitClosed().code());
    assertEquals(1001, bob.awaitClosed().code());
    assertThrows(IllegalArgumentException.class, () -> service.drain(Duration.ofMillis(-1)));
  }
}
