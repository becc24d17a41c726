package io.respoke;

import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Somebody to talk to: a named identity in the app, with any number of connections. One object per
 * id and client, kept for the client's life, across reconnects.
 */
public interface Endpoint {
  /** The id, as it was asked for; opaque and case-sensitive. */
  String id();

  /** The client it belongs to. */
  Client client();

  /**
   * The resolved presence: {@code unavailable} until {@link #observePresence()} has answered, and
   * while the client is disconnected.
   */
  Presence presence();

  /** Its known connections, in the order they became known. A snapshot. */
  List<Connection> connections();

  /** One known connection. */
  Optional<Connection> connection(String connectionId);

  /**
   * Sends a message to all its connections, with a copy to this endpoint's own other connections.
   *
   * @param message a string, a {@link jakarta.json.JsonValue}, or anything JSON-B can bind
   * @return completed when the service has taken the message; that says nothing about delivery
   */
  CompletionStage<Void> sendMessage(Object message);

  /** As {@link #sendMessage(Object)}, with options. */
  CompletionStage<Void> sendMessage(Object message, MessageOptions options);

  /**
   * Starts observing its presence: changes come as {@link io.respoke.event.PresenceChanged} until
   * {@link Client#disconnect()}, reconnects included. Observing twice is one registration.
   *
   * @return completed with the presence at this time
   */
  CompletionStage<Presence> observePresence();

  /** Listens to events of this endpoint only: messages from it, its presence. */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);
}
