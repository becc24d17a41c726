package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Endpoint;
import io.respoke.event.PresenceChanged;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientEvent;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Presence between respoke.js and the Java client, with several connections of one endpoint. */
@Tag("browser")
class BrowserPresenceTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void java_sees_one_presence_for_two_tabs() {
    JavaClient bob = interop.java("bob").connect();
    Endpoint alice = bob.client().endpoint("alice");
    assertEquals("unavailable", JavaClient.get(alice.observePresence()).text());

    BrowserPage first = interop.connectedPage("first", "alice");
    awaitPresence(bob, "available");
    BrowserPage second = interop.connectedPage("second", "alice");
    second.call("setPresence", "presence", "chat");
    awaitPresence(bob, "chat");
    assertEquals(2, alice.connections().size());

    first.call("setPresence", "presence", "away");
    second.call("setPresence", "presence", "dnd");
    awaitPresence(bob, "away");

    first.call("disconnect");
    awaitPresence(bob, "dnd");
    second.close();
    awaitPresence(bob, "unavailable");
    assertEquals("unavailable", alice.presence().text());
  }

  @Test
  void a_tab_sees_one_presence_for_two_java_connections() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("getEndpoint", "id", "bob");

    JavaClient first = interop.java("bob").connect();
    alice.await("endpoint-presence", "presence", "available");
    JavaClient second = interop.java("bob").connect();
    JavaClient.get(second.client().setPresence("chat"));
    ClientEvent both = alice.await("endpoint-presence", "presence", "chat");
    assertEquals(2, both.data().getJsonArray("connections").size());

    JavaClient.get(first.client().setPresence("away"));
    JavaClient.get(second.client().setPresence("dnd"));
    alice.await("endpoint-presence", "presence", "away");

    JavaClient.get(first.client().disconnect());
    alice.await("endpoint-presence", "presence", "dnd");
    second.close();
    alice.await("endpoint-presence", "presence", "unavailable");
  }

  @Test
  void whoever_observes_later_learns_the_presence_at_once() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("setPresence", "presence", "away");
    JavaClient bob = interop.java("bob").connect();
    JavaClient.get(bob.client().setPresence("dnd"));

    assertEquals("away", JavaClient.get(bob.client().endpoint("alice").observePresence()).text());
    alice.call("getEndpoint", "id", "bob");
    alice.await("endpoint-presence", "presence", "dnd");
  }

  @Test
  void presence_may_be_an_object() {
    JsonObject busy = Json.object().add("mood", "busy").add("until", 17).build();
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    JavaClient.get(bob.client().endpoint("alice").observePresence());
    alice.call("getEndpoint", "id", "bob");

    alice.call("setPresence", "presence", busy);
    bob.await(PresenceChanged.class, event -> event.presence().json().equals(busy));
    JavaClient.get(bob.client().setPresence(busy));
    alice.await("endpoint-presence", event -> busy.equals(event.data().get("presence")));
  }

  private static void awaitPresence(JavaClient observer, String presence) {
    observer.await(
        PresenceChanged.class,
        event -> event.endpoint().id().equals("alice") && event.presence().text().equals(presence));
  }
}
