package io.respoke;

import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * What an endpoint or a connection announced: any JSON value, by convention one of {@code chat},
 * {@code available}, {@code away}, {@code dnd}, {@code xa}, {@code unavailable}. Immutable.
 */
public interface Presence {
  /** The usual word for "here". */
  String AVAILABLE = "available";

  /** The usual word for "gone"; what an endpoint without connections has. */
  String UNAVAILABLE = "unavailable";

  /** The value. */
  JsonValue json();

  /** The value as text: a string's content, else its JSON. */
  String text();

  /**
   * The value bound to a Java type by JSON-B.
   *
   * @throws jakarta.json.bind.JsonbException if it cannot be bound
   */
  <T> T as(Class<T> type);

  /** As {@link #as(Class)}, for generic types. */
  Object as(Type type);

  /** The free-form status that came with it. */
  Optional<JsonValue> status();

  /** The {@code show} that came with it. */
  Optional<JsonValue> show();
}
