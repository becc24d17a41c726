package io.respoke.core.session;

import io.respoke.ConnectionLostException;
import io.respoke.protocol.Frame;

/** The service has ended the connection with an error frame, {@code 7:::…}. */
final class ErrorFrameException extends ConnectionLostException {
  private static final long serialVersionUID = 1L;
  private static final String UNAUTHORIZED = "2";

  private final boolean unauthorized;

  ErrorFrameException(Frame.Error frame) {
    super("The service reported an error: " + frame.reasonText(), true, null);
    unauthorized = frame.reason().equals(UNAUTHORIZED);
  }

  /** Whether it does not like the credentials. */
  boolean unauthorized() {
    return unauthorized;
  }
}
