package io.respoke.service.state;

import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of an app become push notifications. Presence never does.
 *
 * @param messages for messages to an endpoint
 * @param calls for offers
 * @param groups for messages to a group that has no rules of its own
 * @param overrides for groups that have
 */
public record PushRules(
    PushConfig messages, PushConfig calls, PushConfig groups, Map<String, PushConfig> overrides) {
  /** No notifications. */
  public static final PushRules OFF =
      new PushRules(PushConfig.OFF, PushConfig.OFF, PushConfig.OFF, Map.of());

  /** Why there is no notification. */
  public enum Silence {
    /** The sender did not ask for one. */
    NOT_ASKED_FOR,
    /** Messages of this kind have none. */
    DISABLED,
    /** The endpoint is connected. */
    CONNECTED,
    /** The message has no such member, or it is no text. */
    NO_TEXT,
    /** The text does not name the endpoint. */
    NOT_NAMED
  }

  /** What becomes of a message for one endpoint. */
  public sealed interface Decision {
    /**
     * It is to be notified.
     *
     * @param text what is shown
     */
    record Notify(String text) implements Decision {}

    /**
     * It is not.
     *
     * @param why the first rule that says so
     */
    record Silent(Silence why) implements Decision {}
  }

  /** Copies the overrides. */
  public PushRules {
    overrides = Map.copyOf(overrides);
  }

  /** The rules of a group. */
  public PushConfig ofGroup(String group) {
    return overrides.getOrDefault(group, groups);
  }

  /**
   * Reads {@code message}, {@code call}, {@code group} and {@code groups}, each left out or not.
   */
  public static PushRules of(JsonObject json) {
    Map<String, PushConfig> overrides = new LinkedHashMap<>();
    JsonObject given = Json.object(json, "groups");
    if (given != null) {
      given.forEach(
          (group, value) -> {
            if (value instanceof JsonObject config) {
              overrides.put(group, PushConfig.of(config));
            }
          });
    }
    return new PushRules(
        config(json, "message"), config(json, "call"), config(json, "group"), overrides);
  }

  /** As they are told and shown. */
  public JsonObject toJson() {
    JsonObjectBuilder own = Json.object();
    overrides.forEach((group, config) -> own.add(group, config.toJson()));
    return Json.object()
        .add("message", messages.toJson())
        .add("call", calls.toJson())
        .add("group", groups.toJson())
        .add("groups", own)
        .build();
  }

  private static PushConfig config(JsonObject json, String name) {
    JsonObject given = Json.object(json, name);
    return given == null ? PushConfig.OFF : PushConfig.of(given);
  }

  /**
   * Decides about a message for one endpoint.
   *
   * @param config the rules of its kind
   * @param asked whether its sender wants notifications
   * @param body the message
   * @param connected whether the endpoint has a connection
   */
  public static Decision decide(
      PushConfig config, boolean asked, JsonValue body, String endpointId, boolean connected) {
    if (!asked) {
      return new Decision.Silent(Silence.NOT_ASKED_FOR);
    }
    if (!config.enable()) {
      return new Decision.Silent(Silence.DISABLED);
    }
    if (config.requireNoActiveConnection() && connected) {
      return new Decision.Silent(Silence.CONNECTED);
    }
    String text = text(body, config.msgProperty());
    if (text == null) {
      return new Decision.Silent(Silence.NO_TEXT);
    }
    if (config.requireOwnEndpointInMessage() && !text.contains(endpointId)) {
      return new Decision.Silent(Silence.NOT_NAMED);
    }
    return new Decision.Notify(text);
  }

  private static @Nullable String text(JsonValue body, String property) {
    if (property.isEmpty()) {
      return body instanceof JsonString text ? text.getString() : Json.write(body);
    }
    JsonValue object = body;
    if (body instanceof JsonString text) {
      try {
        object = Json.parse(text.getString());
      } catch (MalformedJsonException e) {
        return null;
      }
    }
    return object instanceof JsonObject members
            && members.get(property) instanceof JsonString shown
            && !shown.getString().isEmpty()
        ? shown.getString()
        : null;
  }
}
