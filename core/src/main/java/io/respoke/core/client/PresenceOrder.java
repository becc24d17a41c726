package io.respoke.core.client;

import io.respoke.PresenceResolver;
import io.respoke.protocol.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * The platform's order of presences: the first of the six known words that any connection has,
 * other values last and as they are (protocol-wire §6.1).
 */
final class PresenceOrder implements PresenceResolver {
  private static final List<String> ORDER =
      List.of("chat", "available", "away", "dnd", "xa", "unavailable");
  static final JsonValue UNAVAILABLE = Json.string("unavailable");

  @Override
  public JsonValue resolve(List<JsonValue> presences) {
    JsonValue best = UNAVAILABLE;
    int bestRank = Integer.MAX_VALUE;
    for (JsonValue presence : presences) {
      int rank = rank(presence);
      if (rank < bestRank) {
        best = presence;
        bestRank = rank;
      }
    }
    return best;
  }

  private static int rank(JsonValue presence) {
    int known =
        presence instanceof JsonString text
            ? ORDER.indexOf(text.getString().toLowerCase(Locale.ROOT))
            : -1;
    return known < 0 ? ORDER.size() : known;
  }
}
