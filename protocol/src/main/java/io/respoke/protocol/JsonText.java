package io.respoke.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Reads one JSON text, exactly as RFC 8259 writes it.
 *
 * <p>The values are the provider's; the reading is not, for three reasons: the provider's reader
 * takes {@code {} {}} and {@code 01} for JSON, throws whatever its number parsing throws, and needs
 * more than twice the time. A repeated member name is legal and its last value counts.
 */
final class JsonText {
  /** Longer numbers cost more than linear time to read, and no peer writes them. */
  static final int MAX_NUMBER_LENGTH = 1_000;

  private static final char[] NO_CHARACTERS = {};

  /** 18 digits always fit a {@code long}. */
  private static final int LONG_DIGITS = 18;

  private final JsonProvider values;
  private final JsonBuilderFactory builders;
  private final String text;
  private final int maxDepth;
  private int at;
  private char[] unescaped = NO_CHARACTERS;

  private JsonText(JsonProvider values, JsonBuilderFactory builders, String text, int maxDepth) {
    this.values = values;
    this.builders = builders;
    this.text = text;
    this.maxDepth = maxDepth;
  }

  static JsonValue read(
      JsonProvider values, JsonBuilderFactory builders, String text, int maxDepth) {
    JsonText reading = new JsonText(values, builders, text, maxDepth);
    JsonValue value = reading.value(0);
    reading.skipSpace();
    if (reading.at < text.length()) {
      throw reading.malformed("text after the JSON value");
    }
    return value;
  }

  private JsonValue value(int depth) {
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> values.createValue(string());
      case 't' -> word("true", JsonValue.TRUE);
      case 'f' -> word("false", JsonValue.FALSE);
      case 'n' -> word("null", JsonValue.NULL);
      default -> number();
    };
  }

  private JsonValue object(int depth) {
    enter(depth);
    skipSpace();
    if (peek() == '}') {
      at++;
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    JsonObjectBuilder object = builders.createObjectBuilder();
    while (true) {
      if (peek() != '"') {
        throw malformed("JSON without a member name");
      }
      String name = string();
      skipSpace();
      if (peek() != ':') {
        throw malformed("JSON without ':'");
      }
      at++;
      object.add(name, value(depth));
      if (last('}')) {
        return object.build();
      }
      skipSpace();
    }
  }

  private JsonValue array(int depth) {
    enter(depth);
    skipSpace();
    if (peek() == ']') {
      at++;
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    JsonArrayBuilder array = builders.createArrayBuilder();
    do {
      array.add(value(depth));
    } while (!last(']'));
    return array.build();
  }

  private void enter(int depth) {
    if (depth > maxDepth) {
      throw malformed("JSON nests deeper than " + maxDepth);
    }
    at++;
  }

  /** Takes a comma, or the closing bracket and answers true. */
  private boolean last(char close) {
    skipSpace();
    char c = peek();
    if (c != ',' && c != close) {
      throw malformed("JSON without ',' or '" + close + "'");
    }
    at++;
    return c == close;
  }

  private JsonValue word(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw malformed("JSON with an unknown word");
    }
    at += word.length();
    return value;
  }

  private String string() {
    int from = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return escapedString(from);
      }
      if (c < ' ') {
        throw malformed("JSON string with a control character");
      }
      at++;
    }
    throw malformed("JSON string without an end");
  }

  private String escapedString(int from) {
    int length = keep(from);
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return new String(unescaped, 0, length);
      }
      if (c == '\\') {
        c = escape();
      } else if (c < ' ') {
        throw malformed("JSON string with a control character");
      }
      if (length == unescaped.length) {
        unescaped = Arrays.copyOf(unescaped, 2 * length);
      }
      unescaped[length++] = c;
    }
    throw malformed("JSON string without an end");
  }

  /** Starts the buffer with the plain characters already seen. */
  private int keep(int from) {
    int length = at - from;
    if (unescaped.length < length + 1) {
      unescaped = new char[2 * length + 256];
    }
    text.getChars(from, at, unescaped, 0);
    return length;
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw malformed("JSON string with an unknown escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed("JSON string with a broken escape");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private JsonNumber number() {
    int from = at;
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative) {
      at++;
    }
    int whole = at;
    digits();
    int wholeDigits = at - whole;
    if (wholeDigits > 1 && text.charAt(whole) == '0') {
      throw malformed("JSON number with a leading zero");
    }
    boolean plain = true;
    if (at < text.length() && text.charAt(at) == '.') {
      plain = false;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      plain = false;
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    if (plain && wholeDigits <= LONG_DIGITS) {
      return values.createValue(Long.parseLong(text, from, at, 10));
    }
    if (at - from > MAX_NUMBER_LENGTH) {
      throw malformed("JSON number longer than " + MAX_NUMBER_LENGTH);
    }
    try {
      return values.createValue(new BigDecimal(text.substring(from, at)));
    } catch (ArithmeticException | NumberFormatException e) {
      throw malformed("JSON number beyond all range");
    }
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw malformed("not JSON");
    }
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  /** The next character; NUL, which is legal nowhere in JSON, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private MalformedJsonException malformed(String problem) {
    return new MalformedJsonException(problem + " (at " + at + ")", text);
  }
}
