package io.respoke.spi;

import java.util.Objects;

/**
 * An ICE candidate.
 *
 * @param candidate the candidate line, from {@code candidate:} on
 * @param sdpMid the media section's id
 * @param sdpMLineIndex the media section's index, from 0
 */
public record IceCandidate(String candidate, String sdpMid, int sdpMLineIndex) {
  /** Checks for null. */
  public IceCandidate {
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(sdpMid, "sdpMid");
  }
}
