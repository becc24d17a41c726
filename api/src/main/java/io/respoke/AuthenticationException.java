package io.respoke;

import org.jspecify.annotations.Nullable;

/**
 * The credentials are no good and trying again with the same source is of no use: reconnecting
 * stops. A {@link TokenProvider} throws it to stop the retries.
 */
public class AuthenticationException extends RespokeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public AuthenticationException(String message) {
    super(message);
  }

  /** With a message and a cause. */
  public AuthenticationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
