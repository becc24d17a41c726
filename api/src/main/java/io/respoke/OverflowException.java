package io.respoke;

/** A bounded queue is full or a message is too large; nothing was sent. */
public class OverflowException extends RespokeException {
  private static final long serialVersionUID = 1L;
  private final long limit;

  /** What is too much, and the limit. */
  public OverflowException(String message, long limit) {
    super(message);
    this.limit = limit;
  }

  /** The limit that was reached: requests, or bytes of UTF-8. */
  public long limit() {
    return limit;
  }
}
