package io.respoke.service.routes;

import io.respoke.protocol.AsteriskSdp;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedSignalException;
import io.respoke.protocol.Signal;
import io.respoke.protocol.SignalCodec;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.Ids;
import jakarta.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signals in the forms that their recipients take, and those the service itself says. */
final class SignalBodies {
  private static final Set<String> FAILURES =
      Set.of("busy", "service unavailable", "incomplete address");

  private SignalBodies() {}

  /**
   * Asterisk's offer or answer with its description as text, which is all that others read; other
   * signals as they are.
   *
   * @throws Refused if it cannot be converted
   */
  static JsonObject withText(JsonObject signal, String type, @Nullable CallSession session) {
    JsonObject parsed = Json.object(signal, "parsedSDP");
    if (parsed == null || signal.containsKey("sessionDescription")) {
      return signal;
    }
    String offer = session == null ? null : session.offer();
    try {
      String sdp =
          type.equals("answer") && offer != null
              ? AsteriskSdp.answer(parsed, offer)
              : AsteriskSdp.offer(parsed);
      return Json.object(signal)
          .remove("parsedSDP")
          .add("sessionDescription", Json.object().add("sdp", sdp).add("type", type))
          .build();
    } catch (MalformedSignalException e) {
      throw new Refused(400, "signal: " + e.getMessage());
    }
  }

  /** The description of a signal as text, or {@code null}. */
  static @Nullable String sdp(JsonObject signal) {
    JsonObject description = Json.object(signal, "sessionDescription");
    return description == null ? null : Json.text(description, "sdp");
  }

  /**
   * What a client gets that throws at {@code status} and {@code error}: a failure ends the
   * call, and progress is left out.
   *
   * @return the signal to send, or {@code null} for none
   */
  static @Nullable JsonObject withoutStatus(JsonObject signal, String type) {
    if (type.equals("error")) {
      String detail = Json.text(signal, "detail");
      return bye(signal, detail == null ? "error" : detail);
    }
    String status = Json.text(signal, "status");
    return ends(type, status) && status != null ? bye(signal, status) : null;
  }

  private static JsonObject bye(JsonObject signal, String reason) {
    return Json.object(signal).add("signalType", "bye").add("reason", reason).build();
  }

  /** Whether a signal ends its session though it is no bye. */
  static boolean ends(String type, @Nullable String status) {
    return type.equals("error")
        || (type.equals("status") && status != null && FAILURES.contains(status));
  }

  static JsonObject bye(CallSession session, String reason, @Nullable String recipient) {
    return SignalCodec.encode(
        new Signal.Bye(session.id(), session.target(), Ids.upper(), reason, recipient));
  }

  static JsonObject connected(CallSession session, @Nullable String winner) {
    return SignalCodec.encode(
        new Signal.Connected(session.id(), session.target(), Ids.upper(), winner));
  }

  static JsonObject rejected(CallSession session, @Nullable String recipient) {
    return SignalCodec.encode(
        new Signal.Modify(
            session.id(), session.target(), Ids.upper(), Signal.Modify.REJECT, recipient));
  }
}
