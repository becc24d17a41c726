package io.respoke.examples.pushpolicyserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.examples.pushpolicyserver.PushPolicy.Decision;
import io.respoke.examples.pushpolicyserver.PushPolicy.QuietHours;
import io.respoke.webhook.WebhookEvent.Envelope;
import io.respoke.webhook.WebhookEvent.PushRequested;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushPolicyTest {
  private static final Instant NIGHT = Instant.parse("2026-01-01T23:00:00Z");
  private static final Instant DAY = Instant.parse("2026-01-01T12:00:00Z");

  private static PushRequested event(JsonObject header, String text) {
    JsonObject original = Json.createObjectBuilder().add("header", header).build();
    Envelope envelope =
        new Envelope(
            "pushEvent",
            Optional.of("1"),
            "app",
            Optional.of("bob"),
            Optional.empty(),
            DAY,
            JsonValue.EMPTY_JSON_OBJECT);
    return new PushRequested(
        envelope, "push_1", "bob", Optional.of(text), original, JsonValue.EMPTY_JSON_OBJECT);
  }

  private static JsonObject header(String type, String from) {
    return Json.createObjectBuilder().add("type", type).add("from", from).build();
  }

  @ParameterizedTest
  @CsvSource({
    "22:00-07:00, 21:59, false",
    "22:00-07:00, 22:00, true",
    "22:00-07:00, 00:00, true",
    "22:00-07:00, 06:59, true",
    "22:00-07:00, 07:00, false",
    "12:00-14:00, 11:59, false",
    "12:00-14:00, 12:00, true",
    "12:00-14:00, 14:00, false"
  })
  void quietHoursMayGoOverMidnight(String hours, String time, boolean quiet) {
    QuietHours read = QuietHours.of(hours, ZoneId.of("UTC"));
    assertEquals(quiet, read.at(Instant.parse("2026-01-01T" + time + ":00Z")));
  }

  @Test
  void hoursThatCannotBeReadAreNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> QuietHours.of("at night", ZoneId.of("UTC")));
    assertTrue(refused.getMessage().contains("at night"), refused::getMessage);
  }

  @Test
  void theTextSaysWhoWroteAndWhere() {
    PushPolicy always = Settings.policy(Map.of());
    assertEquals(
        new Decision.Notify("alice: hi"),
        always.decide(event(header("message", "alice"), "hi"), NIGHT));
    JsonObject group =
        Json.createObjectBuilder(header("pubsub", "alice")).add("channel", "lobby").build();
    assertEquals(
        new Decision.Notify("alice in lobby: hi"), always.decide(event(group, "hi"), NIGHT));
    assertEquals(
        new Decision.Notify("somebody: hi"),
        always.decide(event(JsonValue.EMPTY_JSON_OBJECT, "hi"), NIGHT));
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    PushPolicy always = Settings.policy(Map.of());
    Decision cut = always.decide(event(header("message", "a"), "😀".repeat(200)), DAY);
    assertEquals(new Decision.Notify("a: " + "😀".repeat(116) + "…"), cut);
  }

  @Test
  void whoIsMutedIsNeverNotifiedOf() {
    PushPolicy policy = Settings.policy(Map.of("MUTED", "mallory,trudy"));
    for (String type : new String[] {"message", "signal", "pubsub"}) {
      assertEquals(
          new Decision.Silent("trudy is muted"),
          policy.decide(event(header(type, "trudy"), "hi"), DAY));
    }
  }

  @Test
  void inQuietHoursOnlyCallsDisturb() {
    PushPolicy policy =
        new PushPolicy(
            Optional.of(QuietHours.of("22:00-07:00", ZoneId.of("UTC"))), Set.of("trudy"));
    assertEquals(
        new Decision.Silent("these are quiet hours"),
        policy.decide(event(header("message", "alice"), "hi"), NIGHT));
    assertEquals(
        new Decision.Notify("alice is calling"),
        policy.decide(event(header("signal", "alice"), "{}"), NIGHT));
    assertEquals(
        new Decision.Notify("alice: hi"),
        policy.decide(event(header("message", "alice"), "hi"), DAY));
  }
}
