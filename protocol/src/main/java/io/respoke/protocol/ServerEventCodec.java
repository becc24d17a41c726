package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pushed events as frames, and back. */
public final class ServerEventCodec {
  private static final EventHeader NO_HEADER =
      new EventHeader(null, null, null, null, null, null, null, null, null, null, null);

  private ServerEventCodec() {}

  /**
   * Reads the events of a frame: one for each payload, as the mobile SDKs do (features §5.2). Never
   * fails; what is not understood becomes {@link ServerEvent.Unknown}. An event without any payload
   * gives one unknown event.
   */
  public static List<ServerEvent> decode(Frame.Event frame) {
    JsonArray args = frame.args();
    if (args.size() == 1) {
      return List.of(decode(frame.name(), args.get(0), args));
    }
    if (args.isEmpty()) {
      return List.of(new ServerEvent.Unknown(frame.name(), args, "no payload"));
    }
    List<ServerEvent> events = new ArrayList<>(args.size());
    for (JsonValue payload : args) {
      events.add(decode(frame.name(), payload, Json.array().add(payload).build()));
    }
    return List.copyOf(events);
  }

  private static ServerEvent decode(String name, JsonValue payload, JsonArray args) {
    if (!(payload instanceof JsonObject object)) {
      return new ServerEvent.Unknown(name, args, "payload is no object");
    }
    JsonObject given = Json.object(object, "header");
    EventHeader header = given == null ? NO_HEADER : EventHeader.of(given);
    return switch (name) {
      case "message" -> message(header, object, args);
      case "pubsub" -> pubsub(header, object, args);
      case "presence" -> presence(header, object, args);
      case "join", "leave" -> membership(name, header, object, args);
      case "signal" -> signal(header, object, args);
      default -> new ServerEvent.Unknown(name, args, "no such event");
    };
  }

  private static ServerEvent message(EventHeader header, JsonObject payload, JsonArray args) {
    JsonValue body = first(payload, "body", "message");
    if (body == null || header.from() == null) {
      return unknown("message", args, "header.from or body is missing");
    }
    return new ServerEvent.Message(header, body);
  }

  private static ServerEvent pubsub(EventHeader header, JsonObject payload, JsonArray args) {
    JsonValue message = first(payload, "message", "body");
    String channel = header.channel();
    if (message == null || channel == null) {
      return unknown("pubsub", args, "header.channel or message is missing");
    }
    return new ServerEvent.Pubsub(header, channel, message);
  }

  private static ServerEvent presence(EventHeader header, JsonObject payload, JsonArray args) {
    JsonValue type = payload.get("type");
    String from = header.from();
    String fromConnection = header.fromConnection();
    if (type == null || from == null || fromConnection == null) {
      return unknown("presence", args, "header.from, header.fromConnection or type is missing");
    }
    return new ServerEvent.Presence(
        header, from, fromConnection, type, payload.get("status"), payload.get("show"));
  }

  private static ServerEvent membership(
      String name, EventHeader header, JsonObject payload, JsonArray args) {
    String channel = header.channel();
    String endpointId = Json.text(payload, "endpointId");
    String connectionId = Json.text(payload, "connectionId");
    if (channel == null || endpointId == null || connectionId == null) {
      return unknown(name, args, "header.channel, endpointId or connectionId is missing");
    }
    return name.equals("join")
        ? new ServerEvent.Join(header, channel, endpointId, connectionId)
        : new ServerEvent.Leave(header, channel, endpointId, connectionId);
  }

  private static ServerEvent signal(EventHeader header, JsonObject payload, JsonArray args) {
    JsonValue body = payload.get("body");
    if (body instanceof JsonString text) {
      try {
        body = Json.parse(text.getString());
      } catch (MalformedJsonException e) {
        return unknown("signal", args, "body is no JSON object");
      }
    }
    return body instanceof JsonObject object
        ? new ServerEvent.Signal(header, object)
        : unknown("signal", args, "body is no JSON object");
  }

  private static @Nullable JsonValue first(JsonObject payload, String name, String alternative) {
    JsonValue value = payload.get(name);
    return value == null || (value == JsonValue.NULL && payload.containsKey(alternative))
        ? payload.get(alternative)
        : value;
  }

  private static ServerEvent unknown(String name, JsonArray args, String problem) {
    return new ServerEvent.Unknown(name, args, problem);
  }

  /** The event as a frame without an id and with one payload. */
  public static Frame.Event encode(ServerEvent event) {
    if (event instanceof ServerEvent.Unknown unknown) {
      return new Frame.Event(null, "", unknown.name(), unknown.args());
    }
    return new Frame.Event(null, "", event.name(), Json.array().add(payload(event)).build());
  }

  private static JsonObject payload(ServerEvent event) {
    JsonObjectBuilder out = Json.object();
    if (event instanceof ServerEvent.Message e) {
      out.add("header", e.header().toJson()).add("body", e.body());
    } else if (event instanceof ServerEvent.Pubsub e) {
      out.add("header", e.header().withChannel(e.channel()).toJson()).add("message", e.message());
    } else if (event instanceof ServerEvent.Presence e) {
      out.add("header", e.header().toJson()).add("type", e.type());
      if (e.status() != null) {
        out.add("status", e.status());
      }
      if (e.show() != null) {
        out.add("show", e.show());
      }
    } else if (event instanceof ServerEvent.Join e) {
      membership(out, e.header().withChannel(e.channel()), e.endpointId(), e.connectionId());
    } else if (event instanceof ServerEvent.Leave e) {
      membership(out, e.header().withChannel(e.channel()), e.endpointId(), e.connectionId());
    } else if (event instanceof ServerEvent.Signal e) {
      out.add("header", e.header().toJson()).add("body", e.body());
    }
    return out.build();
  }

  private static void membership(
      JsonObjectBuilder out, EventHeader header, String endpointId, String connectionId) {
    out.add("header", header.toJson())
        .add("endpointId", endpointId)
        .add("connectionId", connectionId);
  }
}
