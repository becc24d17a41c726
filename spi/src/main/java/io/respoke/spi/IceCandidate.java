package io.respoke.spi;

/**
 * An ICE candidate.
 *
 * @param candidate the candidate line, from {@code candidate:} on
 * @param sdpMid the media section's id
 * @param sdpMLineIndex the media section's index, from 0
 */
public record IceCandidate(String candidate, String sdpMid, int sdpMLineIndex) {}
