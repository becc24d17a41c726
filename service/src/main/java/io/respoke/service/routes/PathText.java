package io.respoke.service.routes;

import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads paths, queries and forms the lenient way that the mobile SDKs need. */
public final class PathText {
  private PathText() {}

  /**
   * Percent-decodes once. Text with an escape that is not valid is returned as it is: Android and
   * iOS do not encode at all (protocol-wire R-33), and a plus is a plus.
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return text;
        }
        out.write(high * 16 + low);
        i += 3;
      } else {
        int end = text.indexOf('%', i);
        String plain = text.substring(i, end < 0 ? text.length() : end);
        out.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
        i += plain.length();
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  /**
   * Reads {@code a=b&c=d}, as a query and as the unencoded forms of the mobile SDKs (protocol-wire
   * §1.1). A name that is given several times becomes a list; pairs without a name are skipped.
   */
  public static JsonObject parameters(String text) {
    if (text.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    Map<String, JsonValue> found = new LinkedHashMap<>();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('&', from);
      String pair = text.substring(from, end < 0 ? text.length() : end);
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        JsonString value = Json.string(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        found.merge(name, value, PathText::both);
      }
      if (end < 0) {
        break;
      }
      from = end + 1;
    }
    var out = Json.object();
    found.forEach(out::add);
    return out.build();
  }

  private static JsonValue both(JsonValue old, JsonValue added) {
    var list = old instanceof JsonArray ? Json.array() : Json.array().add(old);
    if (old instanceof JsonArray array) {
      array.forEach(list::add);
    }
    return list.add(added).build();
  }
}
