package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the JSON library: parsing, ASCII-only writing, and lenient reading of members.
 *
 * <p>Factories are created once, because the static methods of {@link jakarta.json.Json} look up
 * the provider on every call (24–40 µs measured, against about 1 µs here).
 */
public final class Json {
  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** The greatest nesting depth of a body, and of all that {@link #parse} takes. */
  public static final int MAX_DEPTH = 500;

  /**
   * The greatest nesting depth of a frame and of all that {@link #write(JsonValue)} takes. A frame
   * wraps a body up to five levels deep, so whatever one peer may send, another can be given.
   */
  static final int MAX_FRAME_DEPTH = MAX_DEPTH + 20;

  private Json() {}

  /** A new object builder. */
  public static JsonObjectBuilder object() {
    return BUILDERS.createObjectBuilder();
  }

  /** A new object builder that starts with the members of {@code base}. */
  public static JsonObjectBuilder object(JsonObject base) {
    return BUILDERS.createObjectBuilder(base);
  }

  /** A new array builder. */
  public static JsonArrayBuilder array() {
    return BUILDERS.createArrayBuilder();
  }

  /** An array of strings. */
  public static JsonArray strings(Iterable<String> values) {
    JsonArrayBuilder array = array();
    values.forEach(array::add);
    return array.build();
  }

  /** A JSON string. */
  public static JsonString string(String value) {
    return PROVIDER.createValue(value);
  }

  /** A JSON number. */
  public static JsonNumber number(long value) {
    return PROVIDER.createValue(value);
  }

  /**
   * Parses one JSON value of any kind.
   *
   * @throws MalformedJsonException if the text is not exactly one JSON value, or nests deeper than
   *     {@link #MAX_DEPTH}
   */
  public static JsonValue parse(String text) {
    return parse(text, MAX_DEPTH);
  }

  static JsonValue parse(String text, int maxDepth) {
    return JsonText.read(PROVIDER, BUILDERS, text, maxDepth);
  }

  /** As {@link #parse(String)}, for text that must be an object. */
  public static JsonObject parseObject(String text) {
    JsonValue value = parse(text);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedJsonException("not a JSON object", text);
  }

  /** As {@link #parse(String)}, for text that must be an array. */
  public static JsonArray parseArray(String text) {
    JsonValue value = parse(text);
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new MalformedJsonException("not a JSON array", text);
  }

  /** How deep a value nests: 0 for a scalar, 1 for an array of scalars. */
  static int depth(JsonValue value) {
    int deepest = -1;
    if (value instanceof JsonObject object) {
      deepest = 0;
      for (JsonValue member : object.values()) {
        deepest = Math.max(deepest, depth(member));
      }
    } else if (value instanceof JsonArray array) {
      deepest = 0;
      for (JsonValue element : array) {
        deepest = Math.max(deepest, depth(element));
      }
    }
    return deepest + 1;
  }

  /**
   * Writes a value with every non-ASCII character escaped. Line separators (U+2028, U+2029, U+0085)
   * inside an ack break the regular expressions of respoke.js and of the iOS SDK (protocol-wire
   * R-11), and plain ASCII needs no thought about encodings anywhere.
   *
   * @throws IllegalArgumentException if the value nests so deep that no peer would read it
   */
  public static String write(JsonValue value) {
    StringBuilder out = new StringBuilder(128);
    write(value, out);
    return out.toString();
  }

  /** As {@link #write(JsonValue)}, appending to {@code out}. */
  public static void write(JsonValue value, StringBuilder out) {
    write(value, out, 1);
  }

  private static void write(JsonValue value, StringBuilder out, int depth) {
    if (depth > MAX_FRAME_DEPTH + 1) {
      throw new IllegalArgumentException("JSON nests deeper than " + MAX_FRAME_DEPTH);
    }
    switch (value.getValueType()) {
      case OBJECT -> {
        out.append('{');
        char separator = 0;
        for (Map.Entry<String, JsonValue> member : value.asJsonObject().entrySet()) {
          if (separator != 0) {
            out.append(separator);
          }
          separator = ',';
          quote(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out, depth + 1);
        }
        out.append('}');
      }
      case ARRAY -> {
        out.append('[');
        JsonArray array = value.asJsonArray();
        for (int i = 0; i < array.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(array.get(i), out, depth + 1);
        }
        out.append(']');
      }
      case STRING -> quote(((JsonString) value).getString(), out);
      case NUMBER, TRUE, FALSE, NULL -> out.append(value);
    }
  }

  static void quote(String text, StringBuilder out) {
    int clean = 0;
    while (clean < text.length() && isPlain(text.charAt(clean))) {
      clean++;
    }
    out.append('"');
    if (clean == text.length()) {
      out.append(text).append('"');
      return;
    }
    int from = 0;
    for (int i = clean; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPlain(c)) {
        out.append(text, from, i).append('\\');
        escape(c, out);
        from = i + 1;
      }
    }
    out.append(text, from, text.length()).append('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default ->
          out.append('u')
              .append(HEX[c >> 12])
              .append(HEX[(c >> 8) & 15])
              .append(HEX[(c >> 4) & 15])
              .append(HEX[c & 15]);
    }
  }

  /**
   * A member as text: strings as they are, numbers and booleans as written; {@code null} when the
   * member is absent, JSON null, an object or an array.
   */
  public static @Nullable String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value == null ? null : text(value);
  }

  /** As {@link #text(JsonObject, String)}, for a value. */
  public static @Nullable String text(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      case NULL, OBJECT, ARRAY -> null;
    };
  }

  /** A member that is an object, else {@code null}. */
  public static @Nullable JsonObject object(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject member ? member : null;
  }

  /** A member that is an array, else {@code null}. */
  public static @Nullable JsonArray array(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray member ? member : null;
  }

  /**
   * A member as a boolean: {@code true}, {@code "true"}, {@code 1} and {@code "1"} are true, their
   * opposites false, anything else {@code fallback}. The hosted service wrote booleans as numbers
   * in some answers (features §5.4).
   */
  public static boolean bool(JsonObject object, String name, boolean fallback) {
    String text = text(object, name);
    if (text == null) {
      return fallback;
    }
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> fallback;
    };
  }

  /**
   * A member as a whole number: a number or numeric text, fractions cut off (iOS sends {@code
   * 1447000000000.123}, Android sends limits as text); {@code null} when absent, not numeric, or
   * beyond the range of {@code long}.
   */
  public static @Nullable Long whole(JsonObject object, String name) {
    String text = text(object, name);
    if (text == null || text.isEmpty() || text.length() > 40) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // Guard before arithmetic: 1e999999999 is short to write and endless to expand.
      if (number.precision() - (long) number.scale() > 19) {
        return null;
      }
      if (number.scale() > 1000) {
        return 0L;
      }
      return number.toBigInteger().longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
