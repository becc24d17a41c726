package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.ServerEventCodec;
import io.respoke.service.state.Connection;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Builds the frames of events (protocol-wire §5). */
final class Events {
  /** What stands for the connection of a sender that has none. */
  static final String NO_CONNECTION = "system";

  private Events() {}

  static String encode(ServerEvent event) {
    return FrameCodec.encode(ServerEventCodec.encode(event));
  }

  static String join(Connection who, String group, Occasion at) {
    return encode(new ServerEvent.Join(header("join", who, at), group, who.endpointId(), who.id()));
  }

  static String leave(Connection who, String group, Occasion at) {
    return encode(
        new ServerEvent.Leave(header("leave", who, at), group, who.endpointId(), who.id()));
  }

  /** The presence of a connection as it is now. */
  static String presence(Connection who, Occasion at) {
    JsonObject posted = who.presence();
    return presence(
        who,
        who.presenceType(),
        posted == null ? null : posted.get("status"),
        posted == null ? null : posted.get("show"),
        at);
  }

  static String presence(
      Connection who,
      JsonValue type,
      @Nullable JsonValue status,
      @Nullable JsonValue show,
      Occasion at) {
    return encode(
        new ServerEvent.Presence(
            header("presence", who, at).withChannel("presence:" + who.endpointId()),
            who.endpointId(),
            who.id(),
            type,
            status == JsonValue.NULL ? null : status,
            show == JsonValue.NULL ? null : show));
  }

  private static EventHeader header(String type, Connection from, Occasion at) {
    return EventHeader.from(type, from.endpointId(), from.id()).at(at.now(), at.requestId());
  }
}
