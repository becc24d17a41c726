package io.respoke.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Lifecycle;
import io.respoke.service.state.SdkProfile;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedHandshakesTest {
  private final RefusedHandshakes refused = new RefusedHandshakes(100, Duration.ofSeconds(60));

  @Test
  void anIdIsGoodOnceAndForAWhile() {
    refused.add("a", 1_000);
    refused.add("b", 1_000);
    assertFalse(refused.take("c", 1_000));
    assertTrue(refused.take("a", 60_999));
    assertFalse(refused.take("a", 60_999));
    assertFalse(refused.take("b", 61_000));
    assertEquals(0, refused.size());
  }

  @Test
  void aFloodForgetsTheOldest() {
    for (int i = 0; i < 1_000; i++) {
      refused.add("sid-" + i, i);
      assertTrue(refused.size() <= 100);
    }
    assertEquals(100, refused.size());
    assertFalse(refused.take("sid-899", 1_000));
    assertTrue(refused.take("sid-900", 1_000));
    assertTrue(refused.take("sid-999", 1_000));
  }

  @Test
  void aFloodTakesNoSessionsPlace() {
    Vertx vertx = Vertx.vertx();
    try {
      Sockets sockets =
          new Sockets(
              RouteNames.edge(Duration.ofHours(1)),
              new VertxTimers(vertx),
              new Lifecycle(Duration.ZERO));
      for (int i = 0; i < 250_000; i++) {
        assertFalse(sockets.knows(sockets.refuse()));
      }
      SocketSession good =
          sockets.handshake(Credentials.NONE, null, SdkProfile.OTHER, AckForm.WRAPPED, "127.0.0.1");
      assertNotNull(good);
      assertTrue(sockets.knows(good.sid()));
    } finally {
      var unused = vertx.close();
    }
  }

  @Test
  void whatIsOverMakesRoom() {
    refused.add("a", 0);
    refused.add("b", 30_000);
    refused.add("c", 60_000);
    assertEquals(2, refused.size());
  }
}
