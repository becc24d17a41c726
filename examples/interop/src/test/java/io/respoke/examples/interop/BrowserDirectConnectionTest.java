package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.DirectConnection;
import io.respoke.HangupReason;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectMessageReceived;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientEvent;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.protocol.Json;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Direct connections between respoke.js and the Java client. */
@Tag("browser")
@Tag("media")
class BrowserDirectConnectionTest {
  private static final int CHUNK = 16_384;

  /** What a Java application might send. */
  public record Order(String item, int count) {}

  @RegisterExtension final Interop interop = new Interop();

  private static void exchange(BrowserPage alice, JavaClient bob, DirectConnection direct) {
    JavaClient.get(direct.opened());
    alice.await("direct-open");

    JavaClient.get(direct.sendMessage("räksmörgås 🎈"));
    assertEquals(
        "räksmörgås 🎈",
        alice.await("direct-message").data().getJsonObject("message").getString("message"));
    JavaClient.get(direct.sendObject(new Order("tea", 3)));
    assertEquals(3, alice.await("direct-message").data().getJsonObject("message").getInt("count"));

    alice.call("sendDirect", "message", "hello 日本");
    assertEquals("hello 日本", bob.await(DirectMessageReceived.class).message().text());
    alice.call("sendDirect", "object", Json.object().add("item", "milk").add("count", 2).build());
    assertEquals(
        new Order("milk", 2), bob.await(DirectMessageReceived.class).message().as(Order.class));

    byte[] bytes = new byte[200_000];
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    for (int from = 0; from < bytes.length; from += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK));
      direct.sendBytes(chunk);
      sum += chunk.length;
    }
    int received = 0;
    while (received < sum) {
      ClientEvent chunk = alice.await("direct-message");
      received += chunk.data().getInt("bytes");
    }
    assertEquals(bytes.length, received);
  }

  @Test
  void java_offers_and_closes() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptDirectConnections");
    JavaClient bob = interop.java("bob").connect();

    DirectConnection direct = bob.client().startDirectConnection("alice");
    exchange(alice, bob, direct);

    JavaClient.get(direct.close());
    assertEquals(HangupReason.LOCAL_HANGUP, bob.await(DirectConnectionClosed.class).reason());
    alice.await("direct-close");
  }

  @Test
  void the_browser_offers_and_closes() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startDirectConnection", "endpointId", "bob");
    DirectConnection direct = bob.await(IncomingDirectConnection.class).directConnection();
    direct.accept();
    exchange(alice, bob, direct);

    alice.call("closeDirect");
    assertEquals(HangupReason.REMOTE_HANGUP, bob.await(DirectConnectionClosed.class).reason());
    assertTrue(bob.client().directConnections().isEmpty());
  }
}
