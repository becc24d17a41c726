package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.respoke.event.Disconnected;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.examples.interop.driver.TcpRelay;
import jakarta.json.JsonValue;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** respoke.js and the Java client lose the service and find each other again. */
@Tag("browser")
class BrowserRecoveryTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void a_restart_of_the_service_is_survived_by_both() {
    Pair pair = meet(interop.service().url());

    interop.service().restart();

    pair.alice.await("disconnect");
    pair.bob.await(Disconnected.class);
    Reconnected back = pair.bob.await(Reconnected.class);
    assertEquals(Set.of("bridge"), back.restored().groups());
    assertEquals(Set.of("alice"), back.restored().observed());
    pair.awaitTabBack();
    // respoke.js observes nobody again, and a new service knows of no observer: features §7.
    pair.assertTogether();
  }

  @Test
  void a_tab_that_the_service_drops_comes_back() {
    Pair pair = meet(interop.service().url());

    interop.service().drop("alice");

    pair.alice.await("disconnect");
    pair.awaitPresence("unavailable");
    pair.awaitTabBack();
    pair.awaitPresence("available");
    pair.assertTogether();
    pair.assertTabStillObserves();
  }

  @Test
  void a_java_client_that_the_service_drops_comes_back() {
    Pair pair = meet(interop.service().url());
    String before = pair.bob.client().connectionId().orElseThrow();

    interop.service().drop("bob");

    pair.bob.await(Disconnected.class);
    pair.alice.await("endpoint-presence", "presence", "unavailable");
    Reconnected back = pair.bob.await(Reconnected.class);
    assertNotEquals(before, back.connectionId());
    pair.alice.await("endpoint-presence", "presence", "available");
    pair.alice.await("group-join", "endpointId", "bob");
    pair.assertTogether();
  }

  @Test
  void a_network_that_breaks_under_both_is_survived_by_both() throws Exception {
    TcpRelay network = interop.closing(new TcpRelay(interop.service().port()));
    Pair pair = meet("http://127.0.0.1:" + network.port());

    network.cut();

    pair.alice.await("disconnect");
    pair.bob.await(Disconnected.class);
    pair.bob.await(Reconnected.class);
    pair.awaitTabBack();
    pair.assertTogether();
    pair.assertTabStillObserves();
  }

  /** alice in a tab and bob in Java, both in one group and each observing the other. */
  private Pair meet(String url) {
    BrowserPage alice = interop.connectedPage("alice", "alice", url);
    JavaClient bob =
        interop
            .java("bob", options -> options.baseUrl(url).developmentMode(true).endpointId("bob"))
            .connect();
    JavaClient.get(bob.client().join("bridge"));
    alice.call("join", "id", "bridge");
    alice.await("join");
    bob.await(MemberJoined.class);
    JavaClient.get(bob.client().endpoint("alice").observePresence());
    alice.call("getEndpoint", "id", "bob");
    alice.await("endpoint-presence", "presence", "available");
    return new Pair(alice, bob);
  }

  private record Pair(BrowserPage alice, JavaClient bob) {
    void awaitTabBack() {
      alice.await("reconnect");
      // respoke.js says "reconnect" before its groups are joined again.
      alice.await("join");
    }

    void awaitPresence(String presence) {
      bob.await(PresenceChanged.class, event -> event.presence().text().equals(presence));
    }

    /** Private and group messages go both ways. */
    void assertTogether() {
      alice.call("sendMessage", "endpointId", "bob", "message", "still there?");
      assertEquals("still there?", bob.await(MessageReceived.class).message().text());
      JavaClient.get(bob.client().sendMessage("alice", "yes"));
      assertEquals("yes", alice.await("message", "from", "bob").text("message"));
      alice.call("publish", "id", "bridge", "message", "all aboard?");
      assertEquals("all aboard?", bob.await(GroupMessageReceived.class).message().text());
      JavaClient.get(bob.client().group("bridge").sendMessage("aye"));
      assertEquals("aye", alice.await("group-message").text("message"));
    }

    void assertTabStillObserves() {
      JavaClient.get(bob.client().setPresence("away"));
      // The present connection is looked at, not what the tab makes of all: respoke.js forgets the
      // connections of only one endpoint when it is disconnected, because it refuses the listeners
      // of the others as duplicates.
      String connection = bob.client().connectionId().orElseThrow();
      alice.await(
          "endpoint-presence",
          event ->
              event.data().getJsonArray("connections").stream()
                  .map(JsonValue::asJsonObject)
                  .anyMatch(
                      one ->
                          one.getString("connectionId").equals(connection)
                              && one.getString("presence").equals("away")));
    }
  }
}
