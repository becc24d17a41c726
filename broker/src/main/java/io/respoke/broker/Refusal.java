package io.respoke.broker;

/** Why a request gets no token: in words for the caller, and in words for the application. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final String LATER = "There are no tokens at the moment.";

  private final int status;
  private final String error;

  /**
   * A refusal.
   *
   * @param error what the caller is told
   * @param reason what the application is told
   */
  Refusal(int status, String error, String reason) {
    super(reason);
    this.status = status;
    this.error = error;
  }

  /** One whose reason the caller may know. */
  Refusal(int status, String error) {
    this(status, error, error);
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
