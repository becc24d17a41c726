package io.respoke.spi;

import java.util.concurrent.CompletionStage;

/**
 * One WebSocket: moves whole text messages, in order, both ways. It answers pings of the peer and
 * has no reconnect, heartbeat or retry of its own. Safe for use by any thread.
 */
public interface Transport {
  /**
   * Sends one text message, after all messages sent before it. Never blocks.
   *
   * @param text the message, of any length; half of a surrogate pair, which UTF-8 does not have,
   *     may arrive as another character
   * @return completed when the message has been handed to the operating system; failed with a
   *     {@link TransportException} of category {@code QUEUE_FULL} when {@link
   *     TransportRequest#outboundLimit} messages wait (the one being written is one of them),
   *     {@code LOST} when the transport is closed or breaks before, {@code SEND_TIMEOUT} when it
   *     took longer than {@link TransportRequest#sendTimeout}. After a send timeout the transport
   *     is broken and says so to its listener
   */
  CompletionStage<Void> send(String text);

  /**
   * Closes in order: messages sent before are delivered, then the closing handshake; messages of
   * the peer still come until it answers. Never blocks; the listener's terminal call comes within
   * {@link TransportRequest#sendTimeout} of the last message, even if the peer is silent. Before
   * {@link TransportListener#onOpen} it is the same as {@link #abort()}. Idempotent.
   *
   * @param code a WebSocket close code an application may use: 1000, or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);

  /** Drops the connection at once, or gives up opening it. Never blocks. Idempotent. */
  void abort();
}
