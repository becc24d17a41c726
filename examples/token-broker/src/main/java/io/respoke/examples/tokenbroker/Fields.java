package io.respoke.examples.tokenbroker;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a request says, be it a form or a JSON object: old pages post forms, libraries JSON. */
final class Fields {
  private static final int LIMIT = 8 * 1024;

  private final Map<String, String> values = new HashMap<>();

  private Fields() {}

  /** Reads a request's body, of bounded size. */
  static Fields of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LIMIT + 1);
    if (body.length > LIMIT) {
      throw new Refusal(413, "The body is larger than " + LIMIT + " bytes.");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    type = type == null ? "" : type.toLowerCase(Locale.ROOT);
    Fields fields = new Fields();
    if (type.startsWith("application/json")) {
      fields.readJson(text);
    } else if (type.startsWith("application/x-www-form-urlencoded") || text.isBlank()) {
      fields.readForm(text);
    } else {
      throw new Refusal(415, "Send a form or JSON.");
    }
    return fields;
  }

  private void readJson(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      reader
          .readObject()
          .forEach(
              (name, value) -> {
                if (value instanceof JsonString string) {
                  values.put(name, string.getString());
                }
              });
    } catch (JsonException e) {
      throw new Refusal(400, "The body is no JSON object.");
    }
  }

  private void readForm(String text) {
    try {
      for (String pair : text.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          values.put(decoded(parts[0]), decoded(parts[1]));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The body is no form.");
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  String required(String name) {
    return get(name).orElseThrow(() -> new Refusal(400, name + " is missing."));
  }
}
