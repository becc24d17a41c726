package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.service.routes.SignalDelivery.Parcel;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.Connection;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One signal as it was posted (protocol-wire §4.6).
 *
 * @param request the request
 * @param space the app
 * @param sender as whom it is sent
 * @param connection the connection it came through, or {@code null}
 * @param header what all recipients see
 * @param to the address
 * @param toType the type of the address
 * @param toConnection the connection that is addressed, or {@code null}
 * @param signal the signal, with a target
 * @param type its type
 * @param sessionId its session, or {@code null}
 */
record SignalPost(
    Request request,
    AppSpace space,
    Sender sender,
    @Nullable Connection connection,
    EventHeader header,
    String to,
    String toType,
    @Nullable String toConnection,
    JsonObject signal,
    String type,
    @Nullable String sessionId) {
  private static final String WEB = "web";

  /** What respoke.js takes for the type of a sender; it loses calls from others. */
  private static final Set<String> TYPES = Set.of(WEB, "did", "sip", "conference");

  /**
   * Reads a request.
   *
   * @throws Refused if something is missing, or the caller may not send so
   */
  static SignalPost of(Request request, Access access) {
    AppSpace space = access.space(request);
    Sender sender = Sender.of(request, "from", "endpointId");
    String toConnection = request.text("toConnection");
    String to = to(request, space, toConnection);
    String toType = or(request.text("toType"), WEB);
    JsonObject signal = signal(request);
    String type = Json.text(signal, "signalType");
    if (type == null) {
      throw new Refused(400, "signal must have a signalType.");
    }
    Connection connection = request.connection();
    String sessionId = Json.text(signal, "sessionId");
    return new SignalPost(
        request,
        space,
        sender,
        connection,
        header(request, sender, connection)
            .withTo(to, toConnection)
            .withTypes(fromType(request), toType),
        to,
        toType,
        toConnection,
        signal,
        type,
        sessionId == null || sessionId.isEmpty() ? null : sessionId);
  }

  /** Whoever answers needs a connection to answer to, also when the sender has another name. */
  private static EventHeader header(
      Request request, Sender sender, @Nullable Connection connection) {
    return connection == null
        ? sender.header("signal", request)
        : EventHeader.from("signal", sender.endpointId(), connection.id())
            .at(request.now(), request.requestId());
  }

  /** Only an app's server may say that it is something else than a web client. */
  private static String fromType(Request request) {
    String given =
        request.caller() instanceof Caller.Member ? WEB : or(request.text("fromType"), WEB);
    return TYPES.contains(given) ? given : WEB;
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

  /** The id of the connection it came through, or {@code null}. */
  @Nullable String connectionId() {
    return connection == null ? null : connection.id();
  }

  /** The endpoint behind the address it is sent from. */
  String endpointId() {
    return connection == null ? sender.endpointId() : connection.endpointId();
  }

  /** A member of the signal as text, or {@code null}. */
  @Nullable String member(String name) {
    return Json.text(signal, name);
  }

  /** Whether a connection of the app is there. */
  boolean connected(String connectionId) {
    return space.connections().byId(connectionId) != null;
  }

  /** The signal in the forms its recipients take. */
  Parcel parcel(@Nullable CallSession session) {
    return new Parcel(type, sessionId, signal, SignalBodies.withText(signal, type, session));
  }

  private static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }
}
