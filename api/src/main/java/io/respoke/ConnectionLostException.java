package io.respoke;

import org.jspecify.annotations.Nullable;

/**
 * There is no connection: it was lost while a request was under way (whether the service did what
 * was asked is then not known), or there was none to begin with.
 */
public class ConnectionLostException extends RespokeException {
  private static final long serialVersionUID = 1L;
  private final boolean sent;

  /**
   * A request without a connection.
   *
   * @param sent whether the request had been handed to the transport
   */
  public ConnectionLostException(String message, boolean sent, @Nullable Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  /** Whether the service may have seen the request. When false, repeating it is safe. */
  public boolean sent() {
    return sent;
  }
}
