package io.respoke.core.json;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members that go along with what an application sends, and never take the place of its own. */
public final class Companions {
  private Companions() {}

  /** Metadata with the members; only where there is none, or it is an object. */
  public static @Nullable JsonValue ofMetadata(
      @Nullable JsonValue metadata, Map<String, String> members) {
    if (metadata == null && !members.isEmpty()) {
      return with(Json.object().build(), members);
    }
    return metadata == null ? null : ofMessage(metadata, members);
  }

  /** A message with the members; only where it is an object. */
  public static JsonValue ofMessage(JsonValue message, Map<String, String> members) {
    return message instanceof JsonObject object && !members.isEmpty()
        ? with(object, members)
        : message;
  }

  private static JsonObject with(JsonObject object, Map<String, String> members) {
    JsonObjectBuilder all = Json.object(object);
    members.forEach(
        (name, value) -> {
          if (!object.containsKey(name)) {
            all.add(name, value);
          }
        });
    return all.build();
  }
}
