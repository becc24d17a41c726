package io.respoke.media;

import java.util.concurrent.CompletionStage;

/**
 * Media done by a media server of the application's own; the library does the signalling. One
 * object is for one call or direct connection. Calls are serial, on the client's callback executor;
 * descriptions are SDP, with all of that server's candidates inside.
 *
 * <p>A stage that fails, or a method that throws, ends the call with {@code NEGOTIATION_FAILED}.
 */
public interface ExternalMedia {
  /** Makes an offer; for outgoing calls, and when the call is modified from here. */
  CompletionStage<String> createOffer();

  /** Takes the other side's offer and makes the answer; for incoming calls. */
  CompletionStage<String> createAnswer(String offer);

  /** Takes the other side's answer. */
  CompletionStage<Void> applyAnswer(String answer);

  /**
   * Takes one of the other side's candidates; they come after its description.
   *
   * @param candidate the line, from {@code candidate:} on
   * @param sdpMid the media section's id; may be empty
   * @param sdpMLineIndex the media section's index, from 0
   */
  default void addCandidate(String candidate, String sdpMid, int sdpMLineIndex) {}

  /** The call has ended. Called once. */
  default void close() {}
}
