package io.respoke;

import java.time.Duration;

/** The service did not answer in time. Whether it did what was asked is not known. */
public class RequestTimeoutException extends RespokeException {
  private static final long serialVersionUID = 1L;
  private final Duration timeout;

  /** No answer to {@code request} within {@code timeout}. */
  public RequestTimeoutException(String request, Duration timeout) {
    super("No answer to " + request + " within " + timeout.toMillis() + " ms");
    this.timeout = timeout;
  }

  /** How long was waited. */
  public Duration timeout() {
    return timeout;
  }
}
