package io.respoke.tyrus;

/** The answer to the upgrade was not 101. */
final class UpgradeRejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  UpgradeRejected(int status) {
    super("HTTP " + status);
    this.status = status;
  }

  int status() {
    return status;
  }
}
