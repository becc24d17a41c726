package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import io.respoke.service.RateLimit;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversations of protocol-wire §10, frame by frame over real sockets. */
class ConversationScriptsTest extends Conformance {
  @Override
  ServiceOptions.Builder startOptions() {
    return options().rateLimit(RateLimit.DEFAULT);
  }

  private void play(String name) {
    String roleId =
        Json.parseArray(http("GET", "/v1/roles", null, "App-Secret", SECRET).body())
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(role -> role.getString("name").equals("customer"))
            .findFirst()
            .orElseThrow()
            .getString("id");
    try (Script script = new Script(service, clock)) {
      script.set("roleId", roleId);
      script.play(name);
    }
    assertEquals(0, openAfter(), "sockets are left");
  }

  private int openAfter() {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (service.snapshot().connections() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return service.snapshot().connections();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1-browser", "10.1-android", "10.1-ios", "10.1-asterisk"})
  @DisplayName("10.1 connects in development mode")
  void connects(String name) {
    play(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.2-ios", "10.2-android", "10.2-asterisk"})
  @DisplayName("10.2 connects with a brokered token, or a secret")
  void connectsBrokered(String name) {
    play(name);
  }

  @Test
  @DisplayName("10.3 sends a message with a copy to self")
  void sendsMessages() {
    play("10.3");
  }

  @Test
  @DisplayName("10.4 observes presence")
  void observesPresence() {
    play("10.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.5-browser", "10.5-android", "10.5-ios", "10.5-asterisk"})
  @DisplayName("10.5 joins, publishes, lists members, leaves")
  void usesGroups(String name) {
    play(name);
  }

  @Test
  @DisplayName("10.6 ends a connection by force, and takes its endpoint back")
  void reconnects() {
    play("10.6");
  }

  @Test
  @DisplayName("10.7 lets respoke.js log out in order")
  void logsOut() {
    play("10.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.8-browser", "10.8-android", "10.8-ios"})
  @DisplayName("10.8 registers chan_respoke and relays a call to it")
  void servesAsterisk(String name) {
    play(name);
  }

  @Test
  @DisplayName("10.9 limits the rate, and takes the retry")
  void limitsTheRate() {
    play("10.9");
  }
}
