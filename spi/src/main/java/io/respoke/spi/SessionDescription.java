package io.respoke.spi;

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
}
