package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals as JSON objects, and back: the inner part of {@code POST /v1/signaling}. */
public final class SignalCodec {
  private static final String VERSION = "1.0";

  private SignalCodec() {}

  /**
   * Reads a signal, for instance the body of a {@link ServerEvent.Signal}. Members that are not
   * needed may be missing or odd; a type that is not known becomes {@link Signal.Unknown}.
   *
   * @throws MalformedSignalException if the type or the session is missing, or what the type cannot
   *     do without; nothing else is thrown
   */
  public static Signal decode(JsonObject body) {
    String type = required(body, "signalType");
    String session = required(body, "sessionId");
    String target = text(body, "target");
    if (target == null) {
      target = Signal.CALL;
    }
    String id = text(body, "signalId");
    String connection = text(body, "connectionId");
    return switch (type) {
      case "offer" -> offer(body, session, target, id, connection);
      case "answer" ->
          new Signal.Answer(
              session, target, id, sdp(body), described(body, "parsedSDP"), connection);
      case "connected" -> new Signal.Connected(session, target, id, connection);
      case "iceCandidates" -> candidates(body, session, target, id, connection);
      case "modify" -> new Signal.Modify(session, target, id, text(body, "action"), connection);
      case "bye" ->
          new Signal.Bye(session, target, id, text(body, "reason"), redirection(body), connection);
      case "status" -> new Signal.Status(session, target, id, required(body, "status"));
      case "error" -> new Signal.CallError(session, target, id, text(body, "detail"));
      case "ack" -> new Signal.Ack(session, target, id, text(body, "ackedSignalType"));
      default -> new Signal.Unknown(session, target, id, type, body);
    };
  }

  private static Signal offer(
      JsonObject body,
      String session,
      String target,
      @Nullable String id,
      @Nullable String connection) {
    JsonValue metadata = body.get("metadata");
    JsonObject caller = Json.object(body, "callerId");
    return new Signal.Offer(
        session,
        target,
        id,
        sdp(body),
        described(body, "parsedSDP"),
        metadata == JsonValue.NULL ? null : metadata,
        caller == null ? null : new CallerId(text(caller, "name"), text(caller, "number")),
        text(body, "conferenceId"),
        connection);
  }

  private static Signal candidates(
      JsonObject body,
      String session,
      String target,
      @Nullable String id,
      @Nullable String connection) {
    JsonArray fresh = Json.array(body, "iceCandidates");
    JsonArray all = Json.array(body, "finalCandidates");
    if (fresh == null && all == null) {
      throw malformed("signal without iceCandidates", body);
    }
    return new Signal.IceCandidates(
        session,
        target,
        id,
        fresh == null ? List.of() : Candidate.list(fresh),
        all == null ? null : Candidate.list(all),
        connection);
  }

  private static Signal.@Nullable Redirection redirection(JsonObject body) {
    JsonObject given = Json.object(body, "redirectionInfo");
    String endpoint = given == null ? null : text(given, "endpointId");
    return given == null || endpoint == null
        ? null
        : new Signal.Redirection(endpoint, text(given, "endpointType"), text(given, "appId"));
  }

  private static @Nullable String sdp(JsonObject body) {
    JsonObject description = Json.object(body, "sessionDescription");
    return description == null ? null : text(description, "sdp");
  }

  /** The parsed description; that there is either it or the text is checked here. */
  private static @Nullable JsonObject described(JsonObject body, String name) {
    JsonObject parsed = Json.object(body, name);
    if (parsed == null && sdp(body) == null) {
      throw malformed("signal without a session description", body);
    }
    return parsed;
  }

  static void described(@Nullable String sdp, @Nullable JsonObject parsedSdp) {
    if (sdp == null && parsedSdp == null) {
      throw new IllegalArgumentException("a session description is needed, as text or parsed");
    }
  }

  private static String required(JsonObject body, String name) {
    String value = text(body, name);
    if (value == null) {
      throw malformed("signal without " + name, body);
    }
    return value;
  }

  /** Empty text is as good as none. */
  private static @Nullable String text(JsonObject body, String name) {
    String value = Json.text(body, name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static MalformedSignalException malformed(String problem, JsonObject body) {
    String text;
    try {
      text = Json.write(body);
    } catch (IllegalArgumentException e) {
      text = "nested too deep";
    }
    return new MalformedSignalException(problem, text);
  }

  /**
   * Writes a signal as respoke.js does: the same members in the same order, absent ones left out.
   */
  public static JsonObject encode(Signal signal) {
    if (signal instanceof Signal.Unknown unknown) {
      return unknown.raw();
    }
    JsonObjectBuilder out =
        Json.object()
            .add("signalType", signal.signalType())
            .add("sessionId", signal.sessionId())
            .add("target", signal.target());
    add(out, "signalId", signal.signalId());
    if (signal instanceof Signal.Offer offer) {
      describe(out, "offer", offer.sdp(), offer.parsedSdp());
      add(out, offer.callerId());
      add(out, "connectionId", offer.connectionId());
      add(out, "conferenceId", offer.conferenceId());
      if (offer.metadata() != null) {
        out.add("metadata", offer.metadata());
      }
    } else if (signal instanceof Signal.Answer answer) {
      describe(out, "answer", answer.sdp(), answer.parsedSdp());
      add(out, "connectionId", answer.connectionId());
    } else if (signal instanceof Signal.Connected connected) {
      add(out, "connectionId", connected.connectionId());
    } else if (signal instanceof Signal.IceCandidates ice) {
      out.add("iceCandidates", Candidate.toJson(ice.candidates()));
      add(out, "connectionId", ice.connectionId());
      if (ice.finalCandidates() != null) {
        out.add("finalCandidates", Candidate.toJson(ice.finalCandidates()));
      }
    } else if (signal instanceof Signal.Modify modify) {
      add(out, "connectionId", modify.connectionId());
      add(out, "action", modify.action());
    } else if (signal instanceof Signal.Bye bye) {
      add(out, "reason", bye.reason());
      add(out, "connectionId", bye.connectionId());
      add(out, bye.redirection());
    } else if (signal instanceof Signal.Status status) {
      out.add("status", status.status());
    } else if (signal instanceof Signal.CallError error) {
      add(out, "detail", error.detail());
    } else if (signal instanceof Signal.Ack ack) {
      add(out, "ackedSignalType", ack.ackedSignalType());
    }
    return out.add("version", VERSION).build();
  }

  private static void describe(
      JsonObjectBuilder out, String type, @Nullable String sdp, @Nullable JsonObject parsedSdp) {
    if (sdp != null) {
      out.add("sessionDescription", Json.object().add("sdp", sdp).add("type", type));
    }
    if (parsedSdp != null) {
      out.add("parsedSDP", parsedSdp);
    }
  }

  private static void add(JsonObjectBuilder out, @Nullable CallerId callerId) {
    if (callerId != null) {
      JsonObjectBuilder caller = Json.object();
      add(caller, "name", callerId.name());
      add(caller, "number", callerId.number());
      out.add("callerId", caller);
    }
  }

  private static void add(JsonObjectBuilder out, Signal.@Nullable Redirection redirection) {
    if (redirection != null) {
      JsonObjectBuilder info = Json.object().add("endpointId", redirection.endpointId());
      add(info, "endpointType", redirection.endpointType());
      add(info, "appId", redirection.appId());
      out.add("redirectionInfo", info);
    }
  }

  private static void add(JsonObjectBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.add(name, value);
    }
  }
}
