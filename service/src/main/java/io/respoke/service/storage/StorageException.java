package io.respoke.service.storage;

import org.jspecify.annotations.Nullable;

/** Something could not be stored or read. The message holds no secret and may be shown. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Too much waits already; trying again later helps. Nothing was kept. */
    BEHIND,
    /** The database does not answer; trying again later may help. Nothing was kept. */
    UNAVAILABLE,
    /** The database was lost while it committed: it may or may not have been kept. */
    UNKNOWN,
    /** The database refuses it, and will again. Nothing was kept. */
    REFUSED,
    /** What is stored cannot be used: it is damaged, in use, or of a newer version. */
    UNUSABLE,
    /** The storage is closed. Nothing was kept. */
    CLOSED
  }

  private final Reason reason;

  /** With the reason, in words as well, and the cause. */
  public StorageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
