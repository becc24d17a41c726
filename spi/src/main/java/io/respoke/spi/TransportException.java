package io.respoke.spi;

import org.jspecify.annotations.Nullable;

/** What went wrong with a transport. Messages hold no URL query, because tokens travel there. */
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure that the engine reacts to. */
  public enum Category {
    /** The host's name is not known. */
    UNKNOWN_HOST,
    /** Nobody listens on the port. */
    REFUSED,
    /** The connection was not open within {@link TransportRequest#connectTimeout}. */
    CONNECT_TIMEOUT,
    /** The TLS handshake failed. */
    TLS,
    /** The peer did not answer the upgrade with 101; the status is given. */
    UPGRADE_REJECTED,
    /** The connection broke or was aborted. */
    LOST,
    /** A message was not written within {@link TransportRequest#sendTimeout}. */
    SEND_TIMEOUT,
    /** Too many messages wait to be sent. */
    QUEUE_FULL,
    /** A message from the peer is larger than {@link TransportRequest#maxMessageSize}. */
    TOO_LARGE,
    /** Anything else. */
    OTHER
  }

  private final Category category;
  private final int status;

  /** A failure without an HTTP status. */
  public TransportException(Category category, String message, @Nullable Throwable cause) {
    this(category, 0, message, cause);
  }

  /** A failure with the HTTP status of the refused upgrade. */
  public TransportException(
      Category category, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
    this.status = status;
  }

  /** The kind of failure. */
  public Category category() {
    return category;
  }

  /** The HTTP status for {@link Category#UPGRADE_REJECTED}, else 0. */
  public int status() {
    return status;
  }
}
