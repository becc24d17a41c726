package io.respoke;

import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;

/** A message that was received, private or in a group. Immutable. */
public interface Message {
  /** The content as text: a string's content, else its JSON. */
  String text();

  /** The content. */
  JsonValue json();

  /**
   * The content bound to a Java type by JSON-B. Text that holds JSON is bound as that JSON, because
   * the mobile clients send objects as text.
   *
   * @throws jakarta.json.bind.JsonbException if it cannot be bound
   */
  <T> T as(Class<T> type);

  /** As {@link #as(Class)}, for generic types. */
  Object as(Type type);

  /** The sender's endpoint id. {@code __SYSTEM__} for an app's server that names no endpoint. */
  String from();

  /** The sender's endpoint; created when unknown. */
  Endpoint sender();

  /**
   * The other side of the conversation: the sender, or, for {@linkplain #isOwnCopy() own copies},
   * the recipient. Empty for messages in a group.
   */
  Optional<Endpoint> endpoint();

  /** The sending connection's id; empty when the service did not say. */
  Optional<String> connectionId();

  /** The group it was published to; empty for private messages. */
  Optional<Group> group();

  /** When the service took it; when it arrived here if the service did not say. */
  Instant timestamp();

  /** Whether another connection of this client's own endpoint sent it ({@code ccSelf}). */
  boolean isOwnCopy();

  /** Whom an own copy was sent to. */
  Optional<String> originalRecipient();

  /** Whether it was fetched from the group's history after a reconnect, not received live. */
  boolean isBackfilled();

  /** The request that caused it, as the service's log knows it. */
  Optional<String> requestId();
}
