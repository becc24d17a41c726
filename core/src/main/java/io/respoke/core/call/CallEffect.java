package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.HangupReason;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.Signal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link CallMachine} wants done, in the order it wants it done. */
sealed interface CallEffect {
  /** The state applications see has changed. */
  record ChangeState(CallState oldState, CallState newState, @Nullable Throwable cause)
      implements CallEffect {}

  /** Tell the application that it is called. */
  record Ring() implements CallEffect {}

  /** Fetch ICE servers and open a media session. */
  record OpenMedia() implements CallEffect {}

  /** Local media is there: tell. */
  record LocalMedia() implements CallEffect {}

  /** Show the application its local media; it approves later. */
  record Preview() implements CallEffect {}

  /** The application approved: tell. */
  record Approved() implements CallEffect {}

  /**
   * Make an offer.
   *
   * @param negotiation comes back with the result
   */
  record MakeOffer(int negotiation) implements CallEffect {}

  /** Apply the other side's offer, then make an answer; as {@link MakeOffer}. */
  record MakeAnswer(int negotiation, String offer) implements CallEffect {}

  /** Apply the other side's answer; as {@link MakeOffer}. */
  record ApplyAnswer(int negotiation, String answer) implements CallEffect {}

  /** Apply the other side's candidates. */
  record ApplyCandidates(List<Candidate> candidates) implements CallEffect {
    public ApplyCandidates {
      candidates = List.copyOf(candidates);
    }
  }

  /** Candidates were dropped, because there are too many. */
  record CandidatesDropped(int count) implements CallEffect {}

  /** Give the media session what it is to carry from now on. */
  record ChangeMedia() implements CallEffect {}

  /** Take an unanswered offer back. */
  record Rollback() implements CallEffect {}

  /**
   * Send a signal.
   *
   * @param toConnection one connection of the other side, or {@code null} for all
   * @param ccSelf whether own other connections get a copy
   */
  record Send(Signal signal, @Nullable String toConnection, boolean ccSelf) implements CallEffect {}

  /** Start a timer; one of the same kind that runs is replaced. */
  record StartTimer(CallTimer timer, Duration delay) implements CallEffect {}

  /** Stop a timer. */
  record StopTimer(CallTimer timer) implements CallEffect {}

  /** Somebody answered: tell. */
  record Answered() implements CallEffect {}

  /** The other side told how far it is. */
  record Progressed(CallStatus status) implements CallEffect {}

  /** The other side sends this kind of media; {@code first} when it is the first of any kind. */
  record RemoteMedia(MediaKind kind, boolean first) implements CallEffect {}

  /** Media can flow: tell, and complete what waits for it. */
  record Connected() implements CallEffect {}

  /** Nothing comes at this moment: tell. */
  record Interrupted() implements CallEffect {}

  /** A change of media asked for by the application is done. */
  record ModifyDone() implements CallEffect {}

  /** It could not be done; the media session is to be as before. */
  record ModifyFailed(Throwable failure) implements CallEffect {}

  /** It is over: release everything, tell. The last effect of a call. */
  record End(HangupReason reason, @Nullable String text, @Nullable Throwable cause)
      implements CallEffect {}
}
