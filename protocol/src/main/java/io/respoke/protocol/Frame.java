package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO 0.9 frame: the content of one WebSocket text message.
 *
 * <p>Grammar (protocol-wire §2.4): {@code type ":" [id ["+"]] ":" [endpoint] [":" data]}. Respoke
 * leaves the endpoint (Socket.IO's namespace, nothing to do with a Respoke endpoint) empty and uses
 * types 0, 1, 2, 5, 6, 7 and 8; 3 and 4 are decoded for completeness.
 */
public sealed interface Frame {
  /** Asks for an ack: {@code 7} or, when the ack is to carry data, {@code 7+}. Zero is valid. */
  record Id(long number, boolean withData) {
    /** Checks the number's range. */
    public Id {
      if (number < 0) {
        throw new IllegalArgumentException("ack id must not be negative: " + number);
      }
    }
  }

  /** The namespace; the empty string in Respoke. */
  String endpoint();

  /** {@code 0::}, the peer ends the session. */
  record Disconnect(String endpoint) implements Frame {}

  /** {@code 1::}, the service has opened the session. {@code data} is a query string or empty. */
  record Connect(String endpoint, String data) implements Frame {}

  /** {@code 2::}. */
  record Heartbeat(String endpoint) implements Frame {}

  /** {@code 3:…}, plain text; not used by Respoke. */
  record Message(@Nullable Id id, String endpoint, String data) implements Frame {
    /** Without the data. */
    @Override
    public String toString() {
      return "Message[id=" + id + "]";
    }
  }

  /** {@code 4:…}, one JSON value; not used by Respoke. */
  record JsonMessage(@Nullable Id id, String endpoint, JsonValue data) implements Frame {
    /** Without the data. */
    @Override
    public String toString() {
      return "JsonMessage[id=" + id + "]";
    }
  }

  /** {@code 5:…}, a named event: a request when it has an id, a push from the service when not. */
  record Event(@Nullable Id id, String endpoint, String name, JsonArray args) implements Frame {
    /** Checks for nulls. */
    public Event {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(args, "args");
    }

    /** Without the arguments: a request's hold credentials. */
    @Override
    public String toString() {
      return "Event[id=" + id + ", name=" + name + "]";
    }
  }

  /** {@code 6:::id+args}. {@code args} is empty when the ack carries no data. */
  record Ack(String endpoint, long id, JsonArray args) implements Frame {
    /** Checks the id's range. */
    public Ack {
      if (id < 0) {
        throw new IllegalArgumentException("ack id must not be negative: " + id);
      }
    }

    /** Without the arguments: an answer may hold a token. */
    @Override
    public String toString() {
      return "Ack[id=" + id + "]";
    }
  }

  /**
   * {@code 7:::reason+advice}. Reasons: {@code 0} transport not supported, {@code 1} client not
   * handshaken, {@code 2} unauthorized; advice {@code 0}: reconnect. Both may be empty.
   */
  @SuppressWarnings("JavaLangClash") // the name the protocol gives it
  record Error(String endpoint, String reason, String advice) implements Frame {
    /** The reason in words. */
    public String reasonText() {
      return switch (reason) {
        case "0" -> "transport not supported";
        case "1" -> "client not handshaken";
        case "2" -> "unauthorized";
        default -> reason.isEmpty() ? "no reason given" : reason;
      };
    }
  }

  /** {@code 8::}, nothing. */
  record Noop(String endpoint) implements Frame {}

  /** The session-opening frame, {@code 1::}. */
  Frame CONNECT = new Connect("", "");

  /** The session-ending frame, {@code 0::}. */
  Frame DISCONNECT = new Disconnect("");

  /** The heartbeat frame, {@code 2::}. */
  Frame HEARTBEAT = new Heartbeat("");
}
