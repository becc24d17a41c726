package io.respoke.service.state;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * When messages of one kind become push notifications, and how those look (protocol-wire §7.2).
 *
 * @param enable whether there are any
 * @param badge whether they count
 * @param sound the sound; empty for none
 * @param category the category; empty for none
 * @param msgProperty the member of the message that is shown; empty for the whole message
 * @param sendPushEvent whether the app's server is asked first
 * @param requireNoActiveConnection only for endpoints that are not connected
 * @param requireOwnEndpointInMessage only when the text names the endpoint
 */
public record PushConfig(
    boolean enable,
    boolean badge,
    String sound,
    String category,
    String msgProperty,
    boolean sendPushEvent,
    boolean requireNoActiveConnection,
    boolean requireOwnEndpointInMessage) {
  /** No notifications. */
  public static final PushConfig OFF =
      new PushConfig(false, false, "", "", "", false, false, false);

  /** Reads what is given; what is not is off or empty. */
  public static PushConfig of(JsonObject json) {
    JsonObject rules = Json.object(json, "rules");
    if (rules == null) {
      rules = JsonValue.EMPTY_JSON_OBJECT;
    }
    return new PushConfig(
        Json.bool(json, "enable", false),
        Json.bool(json, "badge", false),
        text(json, "sound"),
        text(json, "category"),
        text(json, "msgProperty"),
        Json.bool(json, "sendPushEvent", false),
        Json.bool(rules, "requireNoActiveConnection", false),
        Json.bool(rules, "requireOwnEndpointInMessage", false));
  }

  private static String text(JsonObject json, String name) {
    String text = Json.text(json, name);
    return text == null ? "" : text;
  }

  /** As it is told and shown. */
  public JsonObject toJson() {
    return Json.object()
        .add("enable", enable)
        .add("badge", badge)
        .add("sound", sound)
        .add("category", category)
        .add("msgProperty", msgProperty)
        .add("sendPushEvent", sendPushEvent)
        .add(
            "rules",
            Json.object()
                .add("requireNoActiveConnection", requireNoActiveConnection)
                .add("requireOwnEndpointInMessage", requireOwnEndpointInMessage))
        .build();
  }
}
