package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server column of protocol-wire §9.5: presence and reconnection. */
class PresenceRowsTest extends Conformance {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"unavailable\"",
        "\"available\"",
        "\"Gone Fishing\"",
        "{\"mood\":{\"a\":[1,2]}}",
        "[1]",
        "0",
        "false"
      })
  @DisplayName("R-71 stores and sends presence as it was posted, whatever it is")
  void presenceIsVerbatim(String type) {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    observe(alice, "bob");
    alice.event("presence");
    presence(bob, type);
    assertEquals(Json.parse(type), alice.event("presence").get("type"));
    JsonObject state =
        observe(connect("carol", RawClient.IOS), "bob")
            .getJsonObject(0)
            .getJsonObject("connectionStates")
            .getJsonObject(bob.connectionId());
    assertEquals(Json.parse(type), state.get("type"));
  }

  @Test
  @DisplayName("R-71 takes a connection that posted no presence for unavailable")
  void presenceStartsUnavailable() {
    RawClient bob = browser("bob");
    JsonObject states =
        observe(browser("alice"), "bob").getJsonObject(0).getJsonObject("connectionStates");
    assertEquals("unavailable", states.getJsonObject(bob.connectionId()).getString("type"));
  }

  @Test
  @DisplayName("R-72 restores the observers of an endpoint that was lost and came back in time")
  void observersSurviveALoss() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    observe(alice, "bob");
    alice.abort();
    awaitConnections(1);
    service.hooks().stopHeartbeats();
    clock.advance(Duration.ofMinutes(9));
    presence(bob, "\"away\"");
    RawClient again = browser("alice");
    assertEquals("away", again.event("presence").getString("type"));
    presence(bob, "\"dnd\"");
    assertEquals("dnd", again.event("presence").getString("type"));
  }

  @Test
  @DisplayName("R-72 forgets the observers after 10 minutes, and at once after a clean logout")
  void observersAreForgotten() {
    RawClient bob = browser("bob");
    RawClient alice = browser("alice");
    observe(alice, "bob");
    alice.abort();
    awaitConnections(1);
    service.hooks().stopHeartbeats();
    clock.advance(Duration.ofMinutes(11));
    RawClient late = browser("alice");
    presence(bob, "\"away\"");
    assertEquals(List.of(), late.leftovers());
    observe(late, "bob");
    late.event("presence");
    ok(late, "delete", "/v1/connections/alice/", null);
    RawClient fresh = browser("alice");
    presence(bob, "\"dnd\"");
    assertEquals(List.of(), fresh.leftovers());
  }

  private void awaitConnections(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (service.snapshot().connections() != count) {
      assertTrue(System.nanoTime() < deadline, () -> service.snapshot().toString());
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("R-77 sends one presence event per connection, not per endpoint")
  void presenceIsPerConnection() {
    RawClient alice = browser("alice");
    observe(alice, "bob");
    RawClient desk = browser("bob");
    RawClient phone = connect("bob", RawClient.ANDROID);
    presence(desk, "\"available\"");
    presence(phone, "\"away\"");
    for (RawClient one : List.of(desk, phone)) {
      JsonObject header = header(alice.event("presence"));
      assertEquals(one.connectionId(), header.getString("fromConnection"));
      assertEquals("presence:bob", header.getString("channel"));
    }
    phone.abort();
    JsonObject gone = alice.event("presence");
    assertEquals("unavailable", gone.getString("type"));
    assertEquals(phone.connectionId(), header(gone).getString("fromConnection"));
    desk.abort();
    assertEquals(desk.connectionId(), header(alice.event("presence")).getString("fromConnection"));
  }

  @Test
  @DisplayName("R-79 never ends an older connection of an endpoint that logs in again")
  void loginsAddUp() {
    RawClient first = browser("alice");
    RawClient second = connect("alice", RawClient.ANDROID);
    RawClient third = browser("alice");
    RawClient bob = browser("bob");
    ok(bob, "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"x\"}");
    for (RawClient one : List.of(first, second, third)) {
      assertEquals("x", one.event("message").getString("body"));
      assertTrue(one.isOpen());
    }
    assertFalse(first.connectionId().equals(third.connectionId()));
  }
}
