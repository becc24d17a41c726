package io.respoke.core.call;

import io.respoke.CallStatus;
import io.respoke.protocol.Signal;
import org.jspecify.annotations.Nullable;

/** Words the signals of one call (protocol-calls §1), each with an id of its own. */
final class CallSignals {
  private final CallIdentity identity;

  CallSignals(CallIdentity identity) {
    this.identity = identity;
  }

  /** The call's first offer, which alone says who calls and why. */
  Signal.Offer firstOffer(String sdp, @Nullable String connection) {
    return offer(sdp, connection, true);
  }

  /** An offer of other media. */
  Signal.Offer offer(String sdp, @Nullable String connection) {
    return offer(sdp, connection, false);
  }

  private Signal.Offer offer(String sdp, @Nullable String connection, boolean first) {
    return new Signal.Offer(
        identity.sessionId(),
        identity.target(),
        identity.signalIds().get(),
        sdp,
        null,
        first ? identity.metadata() : null,
        first ? identity.callerId() : null,
        null,
        connection);
  }

  Signal.Answer answer(String sdp, @Nullable String connection) {
    return new Signal.Answer(
        identity.sessionId(), identity.target(), identity.signalIds().get(), sdp, connection);
  }

  /** Which connection has won the call. */
  Signal.Connected connected(@Nullable String connection) {
    return new Signal.Connected(
        identity.sessionId(), identity.target(), identity.signalIds().get(), connection);
  }

  Signal.Status status(CallStatus status) {
    return new Signal.Status(
        identity.sessionId(), identity.target(), identity.signalIds().get(), CallWords.of(status));
  }

  /** A wish for other media, or the answer to one. */
  Signal.Modify modify(String action, @Nullable String connection) {
    return new Signal.Modify(
        identity.sessionId(), identity.target(), identity.signalIds().get(), action, connection);
  }

  Signal.IceCandidates candidates(CandidateOutbox.Batch batch, @Nullable String connection) {
    return new Signal.IceCandidates(
        identity.sessionId(),
        identity.target(),
        identity.signalIds().get(),
        batch.candidates(),
        batch.all(),
        connection);
  }

  Signal.Bye bye(@Nullable String text, @Nullable String connection) {
    return new Signal.Bye(
        identity.sessionId(), identity.target(), identity.signalIds().get(), text, connection);
  }
}
