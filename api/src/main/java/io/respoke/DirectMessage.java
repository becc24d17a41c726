package io.respoke;

import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * What came over a direct connection: text, which respoke.js and the mobile SDKs wrap as {@code
 * {"message": …}}, or bytes.
 */
public interface DirectMessage {
  /** The raw text frame; empty for bytes. */
  Optional<String> raw();

  /** A copy of the bytes; empty for text. */
  Optional<byte[]> bytes();

  /**
   * The message as JSON: the value of {@code message} where the other side wrapped it, the whole
   * object otherwise, the text as a string where it is no JSON. Empty for bytes.
   */
  Optional<JsonValue> json();

  /** {@link #json()} as text: a string's value, or the JSON text. Empty string for bytes. */
  String text();

  /**
   * {@link #json()} bound with JSON-B.
   *
   * @throws IllegalArgumentException if it cannot be bound, or is bytes
   */
  <T> T as(Class<T> type);
}
