package io.respoke.examples.presencemonitor;

import io.respoke.Presence;
import io.respoke.PresenceResolver;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * Somebody who asks for quiet on one device means all of them. The library's own order would let
 * the device that is {@code available} win.
 */
final class QuietWins implements PresenceResolver {
  private static final List<String> ORDER = List.of("dnd", "chat", "available", "away", "xa");

  @Override
  public JsonValue resolve(List<JsonValue> presences) {
    return ORDER.stream()
        .map(word -> (JsonValue) Json.createValue(word))
        .filter(presences::contains)
        .findFirst()
        .orElseGet(
            () -> presences.isEmpty() ? Json.createValue(Presence.UNAVAILABLE) : presences.get(0));
  }
}
