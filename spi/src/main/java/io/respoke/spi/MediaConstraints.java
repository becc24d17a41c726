package io.respoke.spi;

import java.util.Objects;

/**
 * What a media session is to carry, as this side wants it. For an answer it is what this side
 * allows; a kind the other side does not offer is not carried.
 *
 * @param audio which way audio goes
 * @param video which way video goes
 * @param data whether it has the data channel {@code respokeDataChannel}: ordered and reliable,
 *     opened by whoever offers
 */
public record MediaConstraints(Direction audio, Direction video, boolean data) {
  /** Which way media goes, seen from here. */
  public enum Direction {
    /** Not at all. */
    NONE,
    /** Both ways. */
    SEND_RECEIVE,
    /** From here only. */
    SEND_ONLY,
    /** To here only. */
    RECEIVE_ONLY;

    /** Whether this side sends. */
    public boolean sends() {
      return this == SEND_RECEIVE || this == SEND_ONLY;
    }

    /** Whether this side receives. */
    public boolean receives() {
      return this == SEND_RECEIVE || this == RECEIVE_ONLY;
    }
  }

  /** Checks for null. */
  public MediaConstraints {
    Objects.requireNonNull(audio, "audio");
    Objects.requireNonNull(video, "video");
  }

  /** Data only. */
  public static MediaConstraints dataOnly() {
    return new MediaConstraints(Direction.NONE, Direction.NONE, true);
  }
}
