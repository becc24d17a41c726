package io.respoke.spi;

/**
 * What a media session is to carry.
 *
 * @param audio whether it has audio
 * @param video whether it has video
 * @param data whether it has the data channel {@code respokeDataChannel}
 * @param direction which way audio and video go, seen from here
 */
public record MediaConstraints(boolean audio, boolean video, boolean data, Direction direction) {
  /** Which way media goes. */
  public enum Direction {
    /** Both ways. */
    SEND_RECEIVE,
    /** From here only. */
    SEND_ONLY,
    /** To here only. */
    RECEIVE_ONLY
  }
}
