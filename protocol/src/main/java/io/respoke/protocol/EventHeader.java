package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The header of a pushed event (protocol-wire §5.1). Every component may be absent.
 *
 * @param type same as the event's name
 * @param from the sender's endpoint
 * @param fromConnection the sender's connection
 * @param fromType {@code web}, {@code did}, {@code sip}, {@code conference}…; signals only
 * @param to the recipient endpoint
 * @param toConnection the recipient connection, when one was addressed
 * @param toType as sent; signals only
 * @param toOriginal the original recipient; only on the copies that the sender's own other
 *     connections get
 * @param channel the group, or {@code presence:<endpoint>}
 * @param timestamp when the service took it, in milliseconds since 1970
 * @param requestId the request that caused it
 */
public record EventHeader(
    @Nullable String type,
    @Nullable String from,
    @Nullable String fromConnection,
    @Nullable String fromType,
    @Nullable String to,
    @Nullable String toConnection,
    @Nullable String toType,
    @Nullable String toOriginal,
    @Nullable String channel,
    @Nullable Long timestamp,
    @Nullable String requestId) {

  /**
   * A header with everything absent but the sender, for building with the {@code with…} methods.
   */
  public static EventHeader from(String type, String from, String fromConnection) {
    return new EventHeader(
        type, from, fromConnection, null, null, null, null, null, null, null, null);
  }

  /** Reads a header; odd values are absent. */
  public static EventHeader of(JsonObject header) {
    return new EventHeader(
        Json.text(header, "type"),
        Json.text(header, "from"),
        Json.text(header, "fromConnection"),
        Json.text(header, "fromType"),
        Json.text(header, "to"),
        Json.text(header, "toConnection"),
        Json.text(header, "toType"),
        Json.text(header, "toOriginal"),
        Json.text(header, "channel"),
        Json.whole(header, "timestamp"),
        Json.text(header, "requestId"));
  }

  /** A copy with the recipient set. */
  public EventHeader withTo(@Nullable String to, @Nullable String toConnection) {
    return new EventHeader(
        type,
        from,
        fromConnection,
        fromType,
        to,
        toConnection,
        toType,
        toOriginal,
        channel,
        timestamp,
        requestId);
  }

  /** A copy with the types of both sides set. */
  public EventHeader withTypes(@Nullable String fromType, @Nullable String toType) {
    return new EventHeader(
        type,
        from,
        fromConnection,
        fromType,
        to,
        toConnection,
        toType,
        toOriginal,
        channel,
        timestamp,
        requestId);
  }

  /** A copy for the sender's other connections. */
  public EventHeader withToOriginal(@Nullable String toOriginal) {
    return new EventHeader(
        type,
        from,
        fromConnection,
        fromType,
        to,
        toConnection,
        toType,
        toOriginal,
        channel,
        timestamp,
        requestId);
  }

  /** A copy with the channel set. */
  public EventHeader withChannel(@Nullable String channel) {
    return new EventHeader(
        type,
        from,
        fromConnection,
        fromType,
        to,
        toConnection,
        toType,
        toOriginal,
        channel,
        timestamp,
        requestId);
  }

  /** A copy with time and correlation set. */
  public EventHeader at(long timestamp, String requestId) {
    return new EventHeader(
        type,
        from,
        fromConnection,
        fromType,
        to,
        toConnection,
        toType,
        toOriginal,
        channel,
        timestamp,
        requestId);
  }

  /** The JSON form. Absent components are left out: a null crashes the iOS SDK. */
  public JsonObject toJson() {
    JsonObjectBuilder out = Json.object();
    add(out, "type", type);
    add(out, "from", from);
    add(out, "fromConnection", fromConnection);
    add(out, "fromType", fromType);
    add(out, "to", to);
    add(out, "toConnection", toConnection);
    add(out, "toType", toType);
    add(out, "toOriginal", toOriginal);
    add(out, "channel", channel);
    if (timestamp != null) {
      out.add("timestamp", timestamp);
    }
    add(out, "requestId", requestId);
    return out.build();
  }

  private static void add(JsonObjectBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.add(name, value);
    }
  }
}
