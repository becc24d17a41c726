package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/messages} and of a group publish (protocol-wire §4.4, §4.5).
 *
 * @param to the recipient endpoint, or the group
 * @param toConnection one connection of the recipient, or {@code null} for all
 * @param message any JSON value
 * @param ccSelf whether the sender's other connections get a copy; {@code null} to leave it out
 * @param push whether the message may be pushed to a device that is offline
 * @param persist whether a group keeps it in its history; group publishes only
 * @param endpointId whom to send as; for an app's server
 */
public record OutgoingMessage(
    String to,
    @Nullable String toConnection,
    JsonValue message,
    @Nullable Boolean ccSelf,
    boolean push,
    @Nullable Boolean persist,
    @Nullable String endpointId) {

  /** The JSON form; absent components are left out. */
  public JsonObject toJson() {
    JsonObjectBuilder out = Json.object().add("to", to);
    if (toConnection != null) {
      out.add("toConnection", toConnection);
    }
    out.add("message", message);
    if (ccSelf != null) {
      out.add("ccSelf", ccSelf);
    }
    out.add("push", push);
    if (persist != null) {
      out.add("persist", persist);
    }
    if (endpointId != null) {
      out.add("endpointId", endpointId);
    }
    return out.build();
  }
}
