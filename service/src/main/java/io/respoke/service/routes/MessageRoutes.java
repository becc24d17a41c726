package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.ServerEvent;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Figures;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Private messages (protocol-wire §4.5, §5.2). */
final class MessageRoutes {
  private final Access access;
  private final Figures figures;

  MessageRoutes(Access access, Figures figures) {
    this.access = access;
    this.figures = figures;
  }

  void addTo(Router router) {
    router.add("post", "messages", this::send);
  }

  private Answer send(Request request) {
    Access.authenticated(request);
    String to = request.text("to");
    JsonValue message = request.parameter("message");
    if (to == null || message == null) {
      List<String> missing = new ArrayList<>();
      if (to == null) {
        missing.add("to");
      }
      if (message == null) {
        missing.add("message");
      }
      throw new Refused(Answer.missing(missing));
    }
    AppSpace space = access.space(request);
    Sender sender = Sender.of(request, "endpointId");
    String toConnection = request.text("toConnection");
    Collection<Connection> recipients = recipients(space, to, toConnection);
    EventHeader header = sender.header("message", request).withTo(to, toConnection);
    new Fan(message, body -> Events.encode(new ServerEvent.Message(header, body)))
        .to(recipients, null);
    if (request.flag("ccSelf") && !sender.endpointId().equals(to)) {
      EventHeader copy = header.withTo(sender.endpointId(), null).withToOriginal(to);
      new Fan(message, body -> Events.encode(new ServerEvent.Message(copy, body)))
          .to(space.connections().of(sender.endpointId()), sender.connection());
    }
    figures.count(Figures.Counter.MESSAGES);
    PushFeed.message(request, space, header, to, message);
    AppFeed.message(space, sender, to, message, Occasion.of(request));
    return Answer.sent();
  }

  /** All connections of an endpoint, or the one that is named. Nobody there is no failure. */
  static Collection<Connection> recipients(
      AppSpace space, String to, @Nullable String toConnection) {
    if (toConnection == null) {
      return space.connections().of(to);
    }
    Connection one = space.connections().byId(toConnection);
    if (one == null || !one.endpointId().equals(to)) {
      throw new Refused(404, "Connection not found.");
    }
    return List.of(one);
  }
}
