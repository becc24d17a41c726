package io.respoke.core.call;

import io.respoke.DirectMessage;
import io.respoke.core.json.JsonBinding;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of a direct connection (protocol-calls §4). */
final class DefaultDirectMessage implements DirectMessage {
  private final JsonBinding binding;
  private final @Nullable String raw;
  private final byte @Nullable [] bytes;
  private final @Nullable JsonValue json;

  private DefaultDirectMessage(
      JsonBinding binding,
      @Nullable String raw,
      byte @Nullable [] bytes,
      @Nullable JsonValue json) {
    this.binding = binding;
    this.raw = raw;
    this.bytes = bytes;
    this.json = json;
  }

  static DefaultDirectMessage of(JsonBinding binding, String raw) {
    return new DefaultDirectMessage(binding, raw, null, json(raw));
  }

  static DefaultDirectMessage of(JsonBinding binding, byte[] bytes) {
    return new DefaultDirectMessage(binding, null, bytes, null);
  }

  private static JsonValue json(String raw) {
    JsonValue value;
    try {
      value = Json.parse(raw);
    } catch (MalformedJsonException e) {
      return Json.string(raw); // plain text, which respoke.js gives to the application as it is
    }
    return value instanceof JsonObject object && object.containsKey("message")
        ? object.get("message")
        : value;
  }

  @Override
  public Optional<String> raw() {
    return Optional.ofNullable(raw);
  }

  @Override
  public Optional<byte[]> bytes() {
    return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
  }

  @Override
  public Optional<JsonValue> json() {
    return Optional.ofNullable(json);
  }

  @Override
  public String text() {
    return json == null ? "" : JsonBinding.text(json);
  }

  @Override
  public <T> T as(Class<T> type) {
    if (json == null) {
      throw new IllegalArgumentException("bytes cannot be bound to " + type.getName());
    }
    return type.cast(binding.fromJson(json, type));
  }

  @Override
  public String toString() {
    return raw == null ? "DirectMessage[bytes]" : "DirectMessage[" + raw.length() + " chars]";
  }
}
