package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link Frame}. */
public final class FrameCodec {
  private FrameCodec() {}

  /**
   * Reads one frame. Lenient where real peers are: {@code 2:::} is a heartbeat (Android), raw
   * non-ASCII text is fine (the hosted service did not escape), {@code args} may be missing.
   *
   * @throws MalformedFrameException if the text is not a frame; no other exception leaves here
   */
  public static Frame decode(String text) {
    int first = text.indexOf(':');
    int second = first < 0 ? -1 : text.indexOf(':', first + 1);
    if (first != 1 || second < 0) {
      throw new MalformedFrameException("not a Socket.IO 0.9 frame", text);
    }
    Frame.Id id = id(text, first + 1, second);
    int third = text.indexOf(':', second + 1);
    String endpoint = third < 0 ? text.substring(second + 1) : text.substring(second + 1, third);
    String data = third < 0 ? "" : text.substring(third + 1);
    try {
      return switch (text.charAt(0)) {
        case '0' -> new Frame.Disconnect(endpoint);
        case '1' -> new Frame.Connect(endpoint, data);
        case '2' -> new Frame.Heartbeat(endpoint);
        case '3' -> new Frame.Message(id, endpoint, data);
        case '4' -> new Frame.JsonMessage(id, endpoint, Json.parse(data, Json.MAX_FRAME_DEPTH));
        case '5' -> event(id, endpoint, data, text);
        case '6' -> ack(endpoint, data, text);
        case '7' -> error(endpoint, data);
        case '8' -> new Frame.Noop(endpoint);
        default -> throw new MalformedFrameException("unknown frame type", text);
      };
    } catch (MalformedJsonException e) {
      throw new MalformedFrameException("frame with broken JSON", text, e);
    }
  }

  private static Frame.@Nullable Id id(String text, int from, int to) {
    if (from == to) {
      return null;
    }
    boolean withData = text.charAt(to - 1) == '+';
    int end = withData ? to - 1 : to;
    return new Frame.Id(number(text, from, end), withData);
  }

  private static long number(String text, int from, int to) {
    // 18 digits always fit a long; real ids are small.
    if (from >= to || to - from > 18) {
      throw new MalformedFrameException("frame with a bad id", text);
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedFrameException("frame with a bad id", text);
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static Frame event(Frame.@Nullable Id id, String endpoint, String data, String text) {
    if (!(Json.parse(data, Json.MAX_FRAME_DEPTH) instanceof JsonObject object)) {
      throw new MalformedFrameException("event that is no JSON object", text);
    }
    JsonValue name = object.get("name");
    if (!(name instanceof JsonString nameText)) {
      throw new MalformedFrameException("event without a name", text);
    }
    JsonValue args = object.get("args");
    if (args != null && !(args instanceof JsonArray)) {
      throw new MalformedFrameException("event whose args are no array", text);
    }
    return new Frame.Event(
        id,
        endpoint,
        nameText.getString(),
        args instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY);
  }

  private static Frame ack(String endpoint, String data, String text) {
    int plus = data.indexOf('+');
    int end = plus < 0 ? data.length() : plus;
    long id = ackNumber(data, end, text);
    String args = plus < 0 ? "" : data.substring(plus + 1);
    if (args.isEmpty()) {
      return new Frame.Ack(endpoint, id, JsonValue.EMPTY_JSON_ARRAY);
    }
    if (Json.parse(args, Json.MAX_FRAME_DEPTH) instanceof JsonArray array) {
      return new Frame.Ack(endpoint, id, array);
    }
    throw new MalformedFrameException("ack whose args are no array", text);
  }

  private static long ackNumber(String data, int end, String text) {
    try {
      return number(data, 0, end);
    } catch (MalformedFrameException e) {
      throw new MalformedFrameException("ack with a bad id", text, e);
    }
  }

  private static Frame error(String endpoint, String data) {
    int plus = data.indexOf('+');
    return plus < 0
        ? new Frame.Error(endpoint, data, "")
        : new Frame.Error(endpoint, data.substring(0, plus), data.substring(plus + 1));
  }

  /** Writes one frame, in ASCII but for the data of type 3. */
  public static String encode(Frame frame) {
    StringBuilder out = new StringBuilder(256);
    if (frame instanceof Frame.Disconnect f) {
      head(out, '0', null, f.endpoint());
    } else if (frame instanceof Frame.Connect f) {
      head(out, '1', null, f.endpoint());
      if (!f.data().isEmpty()) {
        out.append(':').append(f.data());
      }
    } else if (frame instanceof Frame.Heartbeat f) {
      head(out, '2', null, f.endpoint());
    } else if (frame instanceof Frame.Message f) {
      head(out, '3', f.id(), f.endpoint());
      out.append(':').append(f.data());
    } else if (frame instanceof Frame.JsonMessage f) {
      head(out, '4', f.id(), f.endpoint());
      Json.write(f.data(), out.append(':'));
    } else if (frame instanceof Frame.Event f) {
      head(out, '5', f.id(), f.endpoint());
      out.append(":{\"name\":");
      Json.quote(f.name(), out);
      out.append(",\"args\":");
      Json.write(f.args(), out);
      out.append('}');
    } else if (frame instanceof Frame.Ack f) {
      head(out, '6', null, f.endpoint());
      out.append(':').append(f.id());
      if (!f.args().isEmpty()) {
        Json.write(f.args(), out.append('+'));
      }
    } else if (frame instanceof Frame.Error f) {
      head(out, '7', null, f.endpoint());
      out.append(':').append(f.reason());
      if (!f.advice().isEmpty()) {
        out.append('+').append(f.advice());
      }
    } else if (frame instanceof Frame.Noop f) {
      head(out, '8', null, f.endpoint());
    }
    return out.toString();
  }

  private static void head(StringBuilder out, char type, Frame.@Nullable Id id, String endpoint) {
    out.append(type).append(':');
    if (id != null) {
      out.append(id.number());
      if (id.withData()) {
        out.append('+');
      }
    }
    out.append(':').append(endpoint);
  }
}
