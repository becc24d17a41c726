package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Wire;
import io.respoke.service.state.Connection;
import org.jspecify.annotations.Nullable;

/**
 * As whom something is sent.
 *
 * @param endpointId the endpoint
 * @param connection its connection, or {@code null} when it is not the caller's own
 */
record Sender(String endpointId, @Nullable Connection connection) {
  /**
   * An endpoint sends as itself; what it claims must agree. An app's server sends as the endpoint
   * it names in the first of these members that is there, else as its own connection, else as
   * {@value Wire#SYSTEM_ENDPOINT}.
   */
  static Sender of(Request request, String... members) {
    Access.authenticated(request);
    Connection own = request.connection();
    String claimed = null;
    for (String member : members) {
      claimed = claimed == null ? request.text(member) : claimed;
    }
    if (request.caller() instanceof Caller.Member caller) {
      String endpointId = caller.session().endpointId();
      if (claimed != null) {
        Access.own(request, claimed);
      }
      return new Sender(endpointId, own);
    }
    if (claimed == null) {
      return own == null
          ? new Sender(Wire.SYSTEM_ENDPOINT, null)
          : new Sender(own.endpointId(), own);
    }
    return new Sender(claimed, own != null && own.endpointId().equals(claimed) ? own : null);
  }

  /** The start of an event's header. */
  EventHeader header(String type, Request request) {
    String from = connection == null ? Events.NO_CONNECTION : connection.id();
    return EventHeader.from(type, endpointId, from).at(request.now(), request.requestId());
  }
}
