package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A role as the service stores and sends it (protocol-wire §8.1), read leniently: the hosted
 * service wrote objects and arrays as JSON text and booleans as numbers in some answers (§8.2).
 *
 * @param json the role, normalised
 */
public record Role(JsonObject json) {
  /** What a role can allow on a group. */
  public enum GroupPermission {
    /** Join. */
    SUBSCRIBE("subscribe"),
    /** Leave. */
    UNSUBSCRIBE("unsubscribe"),
    /** Join a group that does not exist yet. */
    CREATE("create"),
    /** Delete. */
    DESTROY("destroy"),
    /** Publish. */
    PUBLISH("publish"),
    /** See the members. */
    GET_SUBSCRIBERS("getsubscribers");

    private final String key;

    GroupPermission(String key) {
      this.key = key;
    }

    /** The name on the wire. */
    public String key() {
      return key;
    }
  }

  /** What a role can allow with a conference. */
  public enum ConferencePermission {
    /** Call it. */
    JOIN("join"),
    /** End it for all. */
    DESTROY("destroy"),
    /** Remove others. */
    REMOVE_PARTICIPANTS("removeparticipants"),
    /** Take the calls to it; this project's own. */
    HOST("host");

    private final String key;

    ConferencePermission(String key) {
      this.key = key;
    }

    /** The name on the wire. */
    public String key() {
      return key;
    }
  }

  /** Normalises what the hosted service garbled. */
  public Role {
    JsonObjectBuilder out = Json.object();
    for (Map.Entry<String, JsonValue> member : json.entrySet()) {
      out.add(member.getKey(), normal(member.getKey(), member.getValue()));
    }
    json = out.build();
  }

  private static JsonValue normal(String name, JsonValue value) {
    switch (name) {
      case "mediaRelay" -> {
        String text = Json.text(value);
        return "true".equals(text) || "1".equals(text) ? JsonValue.TRUE : JsonValue.FALSE;
      }
      case "groups", "events", "conferences" -> {
        return parsed(value) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
      }
      case "pstnOut", "callerIds" -> {
        return parsed(value) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
      }
      default -> {
        return value;
      }
    }
  }

  private static JsonValue parsed(JsonValue value) {
    if (value instanceof JsonString text) {
      try {
        return Json.parse(text.getString());
      } catch (MalformedJsonException e) {
        return value;
      }
    }
    return value;
  }

  /** The role's id, or {@code null} before it is stored. */
  public @Nullable String id() {
    return Json.text(json, "id");
  }

  /** The role's name, or {@code null}. */
  public @Nullable String name() {
    return Json.text(json, "name");
  }

  /** Whether TURN credentials may be had. */
  public boolean mediaRelay() {
    return Json.bool(json, "mediaRelay", false);
  }

  /** Whether the app's groups may be listed. */
  public boolean listsGroups() {
    JsonObject groups = Json.object(json, "groups");
    return groups != null && Json.bool(groups, "list", false);
  }

  /**
   * Whether the role allows something on a group. Patterns are an exact id, a prefix followed by
   * {@code *}, or {@code *}; the longest match wins and only that rule applies; a missing key
   * denies.
   */
  public boolean allows(GroupPermission permission, String group) {
    return allows("groups", group, permission.key());
  }

  /** Whether the role allows something with a conference; patterns as for groups. */
  public boolean allows(ConferencePermission permission, String conference) {
    return allows("conferences", conference, permission.key());
  }

  /** Whether a telephone number may be called; {@code *} in the list stands for any. */
  public boolean mayCall(String number) {
    JsonArray numbers = Json.array(json, "pstnOut");
    return numbers != null
        && numbers.stream()
            .map(Json::text)
            .anyMatch(allowed -> "*".equals(allowed) || number.equals(allowed));
  }

  private boolean allows(String kind, String name, String key) {
    JsonObject rules = Json.object(json, kind);
    if (rules == null) {
      return false;
    }
    Optional<String> best =
        rules.keySet().stream()
            .filter(pattern -> rules.get(pattern) instanceof JsonObject)
            .filter(pattern -> matches(pattern, name))
            .max((a, b) -> Integer.compare(weight(a), weight(b)));
    return best.isPresent() && Json.bool(rules.getJsonObject(best.get()), key, false);
  }

  private static boolean matches(String pattern, String group) {
    return pattern.endsWith("*")
        ? group.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(group);
  }

  /** An exact id outweighs the prefix of the same length. */
  private static int weight(String pattern) {
    return pattern.endsWith("*") ? 2 * (pattern.length() - 1) : 2 * pattern.length() + 1;
  }
}
