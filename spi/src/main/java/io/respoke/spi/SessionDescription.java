package io.respoke.spi;

import java.util.Objects;

/**
 * An offer or an answer.
 *
 * @param type which
 * @param sdp the description
 */
public record SessionDescription(Type type, String sdp) {
  /** Which description it is. */
  public enum Type {
    /** The first. */
    OFFER,
    /** The reply. */
    ANSWER
  }

  /** Checks for null. */
  public SessionDescription {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sdp, "sdp");
  }
}
