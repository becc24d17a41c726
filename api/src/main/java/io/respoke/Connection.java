package io.respoke;

import java.util.concurrent.CompletionStage;

/** One login of an endpoint. */
public interface Connection {
  /** The id the service gave it. */
  String id();

  /** Whose it is. */
  Endpoint endpoint();

  /** What it announced; {@code unavailable} when that is not known. */
  Presence presence();

  /**
   * Sends a message to this connection only, without a copy to own connections.
   *
   * @param message as in {@link Endpoint#sendMessage(Object)}
   */
  CompletionStage<Void> sendMessage(Object message);

  /** As {@link #sendMessage(Object)}, with options. */
  CompletionStage<Void> sendMessage(Object message, MessageOptions options);
}
