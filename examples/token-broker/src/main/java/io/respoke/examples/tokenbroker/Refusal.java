package io.respoke.examples.tokenbroker;

/** Why a request is not granted, as the asker may know it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  Refusal(int status, String error) {
    super(error);
    this.status = status;
  }

  int status() {
    return status;
  }
}
