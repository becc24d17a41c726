package io.respoke;

import org.jspecify.annotations.Nullable;

/** A connection could not be made. */
public class ConnectFailedException extends RespokeException {
  private static final long serialVersionUID = 1L;

  /** How far an attempt came. */
  public enum Step {
    /** Asking the token provider. */
    TOKEN,
    /** Exchanging the token for a session. */
    SESSION,
    /** The Socket.IO handshake. */
    HANDSHAKE,
    /** Opening the WebSocket. */
    SOCKET,
    /** Registering the connection. */
    REGISTER
  }

  /** What stood in the way. */
  public enum Category {
    /** The host's name is not known. */
    UNKNOWN_HOST,
    /** Nobody listens on the port. */
    REFUSED,
    /** A deadline passed. */
    TIMEOUT,
    /** The TLS handshake failed. */
    TLS,
    /** The service answered with an error status. */
    REJECTED,
    /** The answer was not what the protocol asks for. */
    PROTOCOL,
    /** The connection broke. */
    LOST,
    /** The token provider failed. */
    TOKEN_PROVIDER,
    /** {@code disconnect()} or {@code close()} was called meanwhile. */
    CANCELLED,
    /** Anything else. */
    OTHER
  }

  private final Step step;
  private final Category category;
  private final int status;

  /**
   * A failed attempt.
   *
   * @param status the HTTP status for {@link Category#REJECTED}, else 0
   */
  public ConnectFailedException(
      Step step, Category category, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.step = step;
    this.category = category;
    this.status = status;
  }

  /** How far the attempt came. */
  public Step step() {
    return step;
  }

  /** What stood in the way. */
  public Category category() {
    return category;
  }

  /** The HTTP status for {@link Category#REJECTED}, else 0. */
  public int status() {
    return status;
  }
}
