package io.respoke.media;

import io.respoke.HangupReason;
import io.respoke.MediaException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The call ended while a step of an {@link Ivr} was under way, or before it. */
public class CallEndedException extends MediaException {
  private static final long serialVersionUID = 1L;

  private final @Nullable HangupReason hangupReason;

  /** For the reason that is known, or {@code null}. */
  public CallEndedException(
      @Nullable HangupReason hangupReason, String message, @Nullable Throwable cause) {
    super(Reason.CLOSED, message, cause);
    this.hangupReason = hangupReason;
  }

  /**
   * Why the call has ended; empty when its audio ended first: removed from the call, or lost with
   * what carried it.
   */
  public Optional<HangupReason> hangupReason() {
    return Optional.ofNullable(hangupReason);
  }
}
