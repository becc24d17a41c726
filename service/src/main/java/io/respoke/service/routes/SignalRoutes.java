package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.ServerEvent;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Relays the signals of calls (protocol-wire §4.6, §5.6). */
final class SignalRoutes {
  private static final String WEB = "web";

  private final Access access;

  SignalRoutes(Access access) {
    this.access = access;
  }

  void addTo(Router router) {
    router.add("post", "signaling", this::relay);
  }

  private Answer relay(Request request) {
    AppSpace space = access.space(request);
    Sender sender = Sender.of(request, "from");
    String toConnection = request.text("toConnection");
    String to = to(request, space, toConnection);
    String toType = or(request.text("toType"), WEB);
    if (!toType.equals(WEB)) {
      throw new Refused(400, "Nothing here can be reached by the type " + toType + ".");
    }
    JsonObject signal = signal(request);
    String type = Json.text(signal, "signalType");
    if (type == null) {
      throw new Refused(400, "signal must have a signalType.");
    }
    // Only an app's server may say that it is something else than a web client.
    String fromType =
        request.caller() instanceof Caller.Member ? WEB : or(request.text("fromType"), WEB);
    EventHeader header =
        sender.header("signal", request).withTo(to, toConnection).withTypes(fromType, toType);
    Delivery delivery = new Delivery(type, signal);
    delivery.to(recipients(space, to, toConnection, type), null, header);
    if (request.flag("ccSelf") && !sender.endpointId().equals(to)) {
      delivery.to(
          space.connections().of(sender.endpointId()),
          sender.connection(),
          header.withTo(sender.endpointId(), null).withToOriginal(to));
    }
    return Answer.success();
  }

  private static String to(Request request, AppSpace space, @Nullable String toConnection) {
    String to = request.text("to");
    if (to == null && toConnection != null) {
      Connection one = space.connections().byId(toConnection);
      to = one == null ? null : one.endpointId();
    }
    if (to == null) {
      throw new Refused(Answer.missing(List.of("to")));
    }
    return to;
  }

  /** The signal as an object, which is what Android and Asterisk need to receive. */
  private static JsonObject signal(Request request) {
    JsonValue given = request.parameter("signal");
    if (given == null) {
      throw new Refused(Answer.missing(List.of("signal")));
    }
    if (given instanceof JsonString text) {
      try {
        given = Json.parse(text.getString());
      } catch (MalformedJsonException e) {
        throw new Refused(400, "signal must be a JSON object.");
      }
    }
    if (!(given instanceof JsonObject signal)) {
      throw new Refused(400, "signal must be a JSON object.");
    }
    return signal.containsKey("target")
        ? signal
        : Json.object(signal).add("target", "call").build();
  }

  /**
   * Everybody who rings must see who was {@code connected}, so that goes to all connections
   * whatever it is addressed to. A {@code bye} for a connection that has gone is late, not
   * wrong.
   */
  private static Collection<Connection> recipients(
      AppSpace space, String to, @Nullable String toConnection, String type) {
    if (toConnection == null || type.equals("connected")) {
      return space.connections().of(to);
    }
    Connection one = space.connections().byId(toConnection);
    if (one == null && type.equals("bye")) {
      return List.of();
    }
    return MessageRoutes.recipients(space, to, toConnection);
  }

  private static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }

  /**
   * Gives a signal to connections, each in the form it can take: {@code status} and {@code error}
   * only to those who announce it, because respoke.js throws on them.
   */
  private record Delivery(String type, JsonObject signal) {
    void to(Collection<Connection> recipients, @Nullable Connection except, EventHeader header) {
      String frame = null;
      for (Connection recipient : recipients) {
        if (recipient == except || (!recipient.traits().status() && type.equals("status"))) {
          continue;
        }
        if (!recipient.traits().status() && type.equals("error")) {
          recipient.send(Events.encode(new ServerEvent.Signal(header, bye())));
          continue;
        }
        if (frame == null) {
          frame = Events.encode(new ServerEvent.Signal(header, signal));
        }
        recipient.send(frame);
      }
    }

    private JsonObject bye() {
      String detail = Json.text(signal, "detail");
      return Json.object(signal)
          .add("signalType", "bye")
          .add("reason", detail == null ? "error" : detail)
          .build();
    }
  }
}
