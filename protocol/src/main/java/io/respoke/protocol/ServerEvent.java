package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the service pushes (protocol-wire §5). */
public sealed interface ServerEvent {
  /** The event's name on the wire. */
  String name();

  /** A private message, or the sender's own copy of one ({@code header.toOriginal} is present). */
  record Message(EventHeader header, JsonValue body) implements ServerEvent {
    @Override
    public String name() {
      return "message";
    }
  }

  /** A message published to a group; the group is {@code header.channel}. */
  record Pubsub(EventHeader header, String channel, JsonValue message) implements ServerEvent {
    @Override
    public String name() {
      return "pubsub";
    }
  }

  /** One connection's presence; {@code type} is any JSON value. */
  record Presence(
      EventHeader header,
      String from,
      String fromConnection,
      JsonValue type,
      @Nullable JsonValue status,
      @Nullable JsonValue show)
      implements ServerEvent {
    @Override
    public String name() {
      return "presence";
    }
  }

  /** A connection joined a group. */
  record Join(EventHeader header, String channel, String endpointId, String connectionId)
      implements ServerEvent {
    @Override
    public String name() {
      return "join";
    }
  }

  /** A connection left a group. */
  record Leave(EventHeader header, String channel, String endpointId, String connectionId)
      implements ServerEvent {
    @Override
    public String name() {
      return "leave";
    }
  }

  /** A call signal; the body is always an object here, whatever form it had. */
  record Signal(EventHeader header, JsonObject body) implements ServerEvent {
    @Override
    public String name() {
      return "signal";
    }
  }

  /**
   * An event this version does not know, or a known one that lacks what it needs.
   *
   * @param args what came, whole
   * @param problem why it is unknown
   */
  record Unknown(String name, JsonArray args, String problem) implements ServerEvent {}
}
