package io.respoke;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that goes wrong at run time. Messages say what failed, with which values,
 * and what to do; they hold no token or secret.
 *
 * <p>The subtypes separate what a caller can do: {@link RequestRejectedException} (the service
 * refused), {@link RequestTimeoutException} and {@link ConnectionLostException} (we gave up),
 * {@link ConnectFailedException} (no connection could be made), {@link AuthenticationException}
 * (new credentials are needed), {@link OverflowException} (too much at once).
 */
public class RespokeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public RespokeException(String message) {
    super(message);
  }

  /** With a message and a cause. */
  public RespokeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
