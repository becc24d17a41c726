package io.respoke;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Media could not be opened, described, sent or received. */
public class MediaException extends RespokeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** There is no media backend for this platform, or a system library is missing. */
    UNAVAILABLE,
    /** What was asked for cannot be done by this backend. */
    UNSUPPORTED,
    /** A description is malformed, empty, or of the wrong type for the state. */
    BAD_DESCRIPTION,
    /** A candidate is malformed or names a media section that is not there. */
    BAD_CANDIDATE,
    /** The address or credentials of a STUN or TURN server cannot be used. */
    BAD_ICE_SERVER,
    /** An argument of a media operation is out of its range. */
    BAD_ARGUMENT,
    /** A message is larger than {@link DirectConnection#MAX_MESSAGE_BYTES}. */
    TOO_LARGE,
    /** More is waiting to be sent than fits. */
    BACK_PRESSURE,
    /** The operation does not fit the state: the session is not open yet. */
    WRONG_STATE,
    /** The process that did the media ended or stopped answering. */
    BACKEND_LOST,
    /** No path between the two sides was found, or it was lost. */
    ICE_FAILED,
    /** The session is closed. */
    CLOSED,
    /** Something else; the message says what. */
    OTHER
  }

  private final Reason reason;

  /** A failure. */
  public MediaException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** A failure without a cause. */
  public MediaException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** What went wrong. */
  public Reason reason() {
    return reason;
  }
}
