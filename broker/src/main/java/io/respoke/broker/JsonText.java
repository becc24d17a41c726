package io.respoke.broker;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/** JSON objects of text members. The module's one door to JSON. */
final class JsonText {
  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonText() {}

  /** The text members of an object; others are left out, except one that must be text. */
  static Map<String, String> read(String text, String mustBeText) {
    Map<String, String> members = new HashMap<>();
    object(text)
        .forEach(
            (name, value) -> {
              if (value instanceof JsonString string) {
                members.put(name, string.getString());
              } else if (name.equals(mustBeText) && value != JsonValue.NULL) {
                throw new Refusal(400, mustBeText + " must be text.");
              }
            });
    return members;
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new Refusal(400, "The body is no JSON object.");
    }
  }

  static String write(Map<String, String> members) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    members.forEach(object::add);
    return object.build().toString();
  }
}
