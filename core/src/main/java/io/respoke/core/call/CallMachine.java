package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.HangupReason;
import io.respoke.MediaException;
import io.respoke.core.call.CallEffect.Answered;
import io.respoke.core.call.CallEffect.ApplyAnswer;
import io.respoke.core.call.CallEffect.ApplyCandidates;
import io.respoke.core.call.CallEffect.Approved;
import io.respoke.core.call.CallEffect.CandidatesDropped;
import io.respoke.core.call.CallEffect.ChangeMedia;
import io.respoke.core.call.CallEffect.ChangeState;
import io.respoke.core.call.CallEffect.Connected;
import io.respoke.core.call.CallEffect.End;
import io.respoke.core.call.CallEffect.Interrupted;
import io.respoke.core.call.CallEffect.LocalMedia;
import io.respoke.core.call.CallEffect.MakeAnswer;
import io.respoke.core.call.CallEffect.MakeOffer;
import io.respoke.core.call.CallEffect.ModifyDone;
import io.respoke.core.call.CallEffect.ModifyFailed;
import io.respoke.core.call.CallEffect.OpenMedia;
import io.respoke.core.call.CallEffect.Preview;
import io.respoke.core.call.CallEffect.Progressed;
import io.respoke.core.call.CallEffect.RemoteMedia;
import io.respoke.core.call.CallEffect.Ring;
import io.respoke.core.call.CallEffect.Rollback;
import io.respoke.core.call.CallEffect.Send;
import io.respoke.core.call.CallEffect.StartTimer;
import io.respoke.core.call.CallEffect.StopTimer;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens in one call or direct connection, in either role (protocol-calls §8.1).
 * Pure: each input returns the effects to carry out, in order; time and randomness are inputs.
 *
 * <p>Promises: {@link End} comes once and is the last effect; after it nothing comes any more. A
 * bye is sent before it whenever the other side may still believe in the call. No timer is left
 * running. Results of a negotiation that was given up are ignored: each has a number.
 */
final class CallMachine {
  /**
   * Who sent a signal.
   *
   * @param endpoint the endpoint, number or address; {@code null} when the service did not say
   * @param connection its connection; {@code null} when the service did not say
   * @param self whether it is another connection of this client's own endpoint
   */
  record Sender(@Nullable String endpoint, @Nullable String connection, boolean self) {}

  private final CallIdentity identity;
  private final CallTimes times;
  private final CallSignals signals;
  private final CandidateOutbox outbox = new CandidateOutbox();
  private final RemoteCandidates remote = new RemoteCandidates();
  private final Set<CallTimer> running = EnumSet.noneOf(CallTimer.class);
  private List<CallEffect> effects = new ArrayList<>();

  private CallPhase phase = CallPhase.IDLE;
  private @Nullable String peerConnection;
  private @Nullable String peerEndpoint;
  private @Nullable String offer;
  private boolean preview;
  private boolean byeDue;
  private boolean mediaUp;
  private boolean interrupted;
  private boolean remoteMediaSeen;
  private int negotiation;
  private boolean modifiedHere;
  private boolean answerTaken;
  private long noModifyBefore = Long.MIN_VALUE;

  CallMachine(CallIdentity identity, CallTimes times) {
    this.identity = identity;
    this.times = times;
    signals = new CallSignals(identity);
    peerConnection = identity.toConnection();
    peerEndpoint = identity.isWeb() ? identity.remoteId() : null;
  }

  CallState state() {
    return phase.state();
  }

  CallPhase phase() {
    return phase;
  }

  /** The other side's connection, once it is known. */
  @Nullable String peerConnection() {
    return peerConnection;
  }

  // --- the application

  /** The caller begins. */
  List<CallEffect> start(boolean preview) {
    if (phase == CallPhase.IDLE && identity.caller()) {
      this.preview = preview;
      open();
    }
    return take();
  }

  /** The callee takes the call. */
  List<CallEffect> answer(boolean preview) {
    if (phase == CallPhase.RINGING) {
      this.preview = preview;
      stop(CallTimer.RING);
      effects.add(new Answered());
      open();
    }
    return take();
  }

  /** The application likes its local media. */
  List<CallEffect> approve() {
    if (phase == CallPhase.APPROVING) {
      effects.add(new Approved());
      describe();
    }
    return take();
  }

  /** The application refuses or hangs up. */
  List<CallEffect> reject(@Nullable String text) {
    boolean taken = identity.caller() || phase != CallPhase.RINGING;
    end(taken ? HangupReason.LOCAL_HANGUP : HangupReason.REJECTED, text, null);
    return take();
  }

  /** The application hangs up. */
  List<CallEffect> hangup(@Nullable String text) {
    end(HangupReason.LOCAL_HANGUP, text, null);
    return take();
  }

  /**
   * The client is disconnected for good. What rings here may still be taken by another connection
   * of this endpoint, so nobody is told of that.
   */
  List<CallEffect> clientClosed() {
    if (phase == CallPhase.RINGING) {
      byeDue = false;
    }
    end(HangupReason.CLIENT_CLOSED, null, null);
    return take();
  }

  /**
   * The application wants other media.
   *
   * @param random from 0 to 1
   */
  List<CallEffect> modify(long now, double random) {
    if (identity.data()) {
      modifyFailed(
          MediaException.Reason.UNSUPPORTED,
          "A direct connection has no media: start a call beside it");
    } else if (phase != CallPhase.CONNECTED) {
      modifyFailed(
          MediaException.Reason.WRONG_STATE,
          "Media can be changed while CONNECTED, not while " + phase.state());
    } else if (now < noModifyBefore) {
      modifyFailed(
          MediaException.Reason.WRONG_STATE,
          "The other side's own change was just rejected: try again in "
              + (noModifyBefore - now)
              + " ms");
    } else if (identity.caller()) {
      ask();
    } else {
      enter(CallPhase.MODIFY_WAITING);
      start(CallTimer.MODIFY_PAUSE, Duration.ofMillis(500 + (long) (random * 500)));
    }
    return take();
  }

  /** Tells the caller how far this side is. */
  List<CallEffect> status(CallStatus status) {
    boolean unanswered = phase == CallPhase.RINGING || phase.state() == CallState.PREPARING;
    if (!identity.caller() && unanswered) {
      send(signals.status(status));
    }
    return take();
  }

  // --- media of this side

  /** Media is open. */
  List<CallEffect> mediaOpened() {
    if (phase == CallPhase.OPENING) {
      effects.add(new LocalMedia());
      if (preview) {
        stop(CallTimer.PREPARE);
        enter(CallPhase.APPROVING);
        effects.add(new Preview());
      } else {
        describe();
      }
    }
    return take();
  }

  /** Media could not be opened, or has ended. */
  List<CallEffect> mediaFailed(Throwable failure) {
    boolean path =
        failure instanceof MediaException e && e.reason() == MediaException.Reason.ICE_FAILED;
    end(path ? HangupReason.ICE_FAILED : HangupReason.MEDIA_FAILED, null, failure);
    return take();
  }

  /** The description asked for is made. */
  List<CallEffect> described(int negotiation, String sdp) {
    if (negotiation != this.negotiation) {
      return take();
    }
    switch (phase) {
      case DESCRIBING -> {
        stop(CallTimer.PREPARE);
        enter(CallPhase.OFFERING);
        byeDue = true;
        send(signals.firstOffer(sdp, peerConnection));
        start(CallTimer.RING, times.ring());
      }
      case ANSWERING -> {
        stop(CallTimer.PREPARE);
        send(signals.answer(sdp, peerConnection));
        connecting();
      }
      case MODIFY_DESCRIBING -> {
        enter(CallPhase.MODIFY_OFFERING);
        send(signals.offer(sdp, peerConnection));
        start(CallTimer.MODIFY, times.modify());
      }
      case MODIFY_ANSWERING -> {
        stop(CallTimer.MODIFY);
        send(signals.answer(sdp, peerConnection));
        enter(CallPhase.CONNECTED);
      }
      default -> {}
    }
    return take();
  }

  /** The other side's offer is applied, its answer being made. */
  List<CallEffect> offerApplied(int negotiation) {
    if (negotiation == this.negotiation && phase != CallPhase.TERMINATED) {
      applyCandidates(remote.described());
    }
    return take();
  }

  /** The other side's answer is applied. */
  List<CallEffect> answerApplied(int negotiation) {
    if (negotiation != this.negotiation || phase == CallPhase.TERMINATED) {
      return take();
    }
    applyCandidates(remote.described());
    if (phase == CallPhase.MODIFY_OFFERING) {
      stop(CallTimer.MODIFY);
      modifiedHere = false;
      enter(CallPhase.CONNECTED);
      effects.add(new ModifyDone());
    }
    return take();
  }

  /** A description could not be made or applied. */
  List<CallEffect> negotiationFailed(int negotiation, Throwable failure) {
    if (negotiation != this.negotiation || phase == CallPhase.TERMINATED) {
      return take();
    }
    if (phase.isEstablished()) {
      giveUpModifying(failure);
    } else {
      end(HangupReason.NEGOTIATION_FAILED, null, failure);
    }
    return take();
  }

  /** A local candidate was found. */
  List<CallEffect> candidate(Candidate candidate) {
    if (phase != CallPhase.TERMINATED) {
      sendCandidates(outbox.add(candidate));
    }
    return take();
  }

  /** No more local candidates will come. */
  List<CallEffect> gatheringComplete() {
    if (phase != CallPhase.TERMINATED) {
      sendCandidates(outbox.complete());
    }
    return take();
  }

  /** A path is there, or the data channel is open; for the first time or again. */
  List<CallEffect> mediaConnected() {
    mediaUp = true;
    if (phase == CallPhase.CONNECTING) {
      established();
    } else if (phase.isEstablished() && interrupted) {
      interrupted = false;
      stop(CallTimer.INTERRUPTION);
      effects.add(new Connected());
    }
    return take();
  }

  /** Nothing comes. */
  List<CallEffect> mediaInterrupted() {
    if (phase.isEstablished() && !interrupted) {
      interrupted = true;
      effects.add(new Interrupted());
      start(CallTimer.INTERRUPTION, times.interruption());
    }
    return take();
  }

  /** The other side sends this kind. */
  List<CallEffect> remoteMedia(MediaKind kind) {
    if (phase != CallPhase.TERMINATED) {
      effects.add(new RemoteMedia(kind, !remoteMediaSeen));
      remoteMediaSeen = true;
    }
    return take();
  }

  /** The other side closed the data channel. */
  List<CallEffect> channelClosed() {
    if (phase.isEstablished() || phase == CallPhase.CONNECTING) {
      end(HangupReason.REMOTE_HANGUP, null, null);
    }
    return take();
  }

  // --- the service's answers

  /** The service took a signal. */
  List<CallEffect> acked(Signal signal) {
    if (phase == CallPhase.TERMINATED) {
      return take();
    }
    if (signal instanceof Signal.IceCandidates) {
      sendCandidates(outbox.sent());
    } else if (signal instanceof Signal.Offer || signal instanceof Signal.Answer) {
      sendCandidates(outbox.ready());
    }
    return take();
  }

  /**
   * The service did not take a signal.
   *
   * @param refused whether it said so, or was not asked; otherwise it may have taken it
   * @param unknown whether it said that there is nobody at this address, or no such session
   */
  List<CallEffect> notAcked(Signal signal, Throwable failure, boolean refused, boolean unknown) {
    if (phase == CallPhase.TERMINATED) {
      return take();
    }
    if (signal instanceof Signal.IceCandidates) {
      sendCandidates(outbox.sent());
    } else if (phase.isEstablished()) {
      if (signal instanceof Signal.Status && unknown) {
        // It ended while this client was away.
        byeDue = false;
        end(HangupReason.REMOTE_HANGUP, null, failure);
      } else if (modifiedHere
          && (signal instanceof Signal.Offer || signal instanceof Signal.Modify)) {
        giveUpModifying(failure);
      }
    } else if (signal instanceof Signal.Offer) {
      byeDue = !refused;
      end(unknown ? HangupReason.UNAVAILABLE : HangupReason.SIGNALING_FAILED, null, failure);
    } else if (signal instanceof Signal.Answer) {
      end(HangupReason.SIGNALING_FAILED, null, failure);
    }
    return take();
  }

  // --- the other side's signals

  /**
   * A signal of this session.
   *
   * @param sdp the description in it, if it has one that can be used
   * @param ours whether it names this client's own connection
   */
  List<CallEffect> received(
      Signal signal, @Nullable String sdp, Sender sender, boolean ours, long now) {
    if (signal instanceof Signal.Offer offered) {
      return sdp == null ? take() : offered(offered, sdp, sender);
    } else if (signal instanceof Signal.Answer answer) {
      return answered(answer, sdp, sender);
    } else if (signal instanceof Signal.Connected won) {
      return connected(won, ours, sender);
    } else if (signal instanceof Signal.IceCandidates found) {
      return candidates(found, sender);
    } else if (signal instanceof Signal.Modify modify) {
      return modify(modify, sender, now);
    } else if (signal instanceof Signal.Bye bye) {
      return bye(bye, sender);
    } else if (signal instanceof Signal.Status status) {
      return status(status, sender);
    } else if (signal instanceof Signal.CallError error) {
      return error(error, sender);
    }
    return take();
  }

  /** Somebody calls. */
  List<CallEffect> offered(Signal.Offer signal, String sdp, Sender sender) {
    if (phase == CallPhase.IDLE && !identity.caller()) {
      peerConnection = sender.connection();
      peerEndpoint = sender.endpoint();
      offer = sdp;
      byeDue = true;
      enter(CallPhase.RINGING);
      start(CallTimer.RING, times.ring());
      effects.add(new Ring());
    } else if (phase == CallPhase.MODIFY_AGREED && isPeer(sender)) {
      start(CallTimer.MODIFY, times.modify());
      enter(CallPhase.MODIFY_ANSWERING);
      effects.add(new MakeAnswer(++negotiation, sdp));
    }
    return take();
  }

  /** Somebody answers; {@code sdp} is {@code null} when the answer has no usable description. */
  List<CallEffect> answered(Signal.Answer signal, @Nullable String sdp, Sender sender) {
    if (!isParty(sender) || sender.self()) {
      return take();
    }
    if (phase == CallPhase.OFFERING) {
      stop(CallTimer.RING);
      peerConnection = sender.connection();
      peerEndpoint = sender.endpoint();
      answerTaken = true;
      sendConnected(peerConnection);
      effects.add(new Answered());
      if (sdp == null) {
        end(
            HangupReason.NEGOTIATION_FAILED,
            null,
            new MediaException(
                MediaException.Reason.BAD_DESCRIPTION, "The answer has no description"));
        return take();
      }
      enter(CallPhase.CONNECTING);
      start(CallTimer.CONNECT, times.connect());
      effects.add(new ApplyAnswer(negotiation, sdp));
    } else if (phase == CallPhase.MODIFY_OFFERING && isPeer(sender) && sdp != null) {
      sendConnected(peerConnection);
      effects.add(new ApplyAnswer(negotiation, sdp));
    } else if (answerTaken && phase != CallPhase.TERMINATED && !isPeer(sender)) {
      sendConnected(sender.connection()); // it lost, and may not have been told
    }
    return take();
  }

  /**
   * The caller tells who won.
   *
   * @param ours whether it names this client's connection
   */
  List<CallEffect> connected(Signal.Connected signal, boolean ours, Sender sender) {
    if (!identity.caller() && isParty(sender) && !sender.self() && !ours) {
      byeDue = false;
      end(HangupReason.ANSWERED_ELSEWHERE, null, null);
    }
    return take();
  }

  /** The other side has candidates. */
  List<CallEffect> candidates(Signal.IceCandidates signal, Sender sender) {
    boolean theirs = isParty(sender) && !sender.self() && (!answerTaken || isPeer(sender));
    if (phase != CallPhase.TERMINATED && theirs) {
      applyCandidates(remote.received(signal.candidates(), signal.finalCandidates()));
      int dropped = remote.takeDropped();
      if (dropped > 0) {
        effects.add(new CandidatesDropped(dropped));
      }
    }
    return take();
  }

  /** Somebody hangs up. */
  List<CallEffect> bye(Signal.Bye signal, Sender sender) {
    if (phase == CallPhase.TERMINATED) {
      return take();
    }
    if (sender.self()) {
      // Another connection of this endpoint rejected for all; once taken here, that is too late.
      if (phase == CallPhase.RINGING) {
        byeDue = false;
        end(HangupReason.REJECTED_ELSEWHERE, signal.reason(), null);
      }
      return take();
    }
    boolean valid = isParty(sender) && (!identity.caller() || !answerTaken || isPeer(sender));
    if (valid) {
      byeDue = false;
      Signal.Redirection redirection = signal.redirection();
      if (redirection != null) {
        end(HangupReason.REDIRECTED, redirection.endpointId(), null);
      } else {
        end(CallWords.reason(signal.reason()), signal.reason(), null);
      }
    }
    return take();
  }

  /** The other side asks for other media, or answers such a wish. */
  List<CallEffect> modify(Signal.Modify signal, Sender sender, long now) {
    if (phase == CallPhase.TERMINATED || !isPeer(sender)) {
      return take();
    }
    String action = signal.action();
    if (action == null) {
      // respoke.js 1.56.0 does not say. Who is asked agrees, as good as always; if it has not, it
      // takes no offer, and the timer ends the wait.
      action = phase == CallPhase.MODIFY_ASKING ? Signal.Modify.ACCEPT : Signal.Modify.INITIATE;
    }
    switch (action) {
      case Signal.Modify.INITIATE -> modifyWanted(now);
      case Signal.Modify.ACCEPT -> {
        if (phase == CallPhase.MODIFY_ASKING) {
          effects.add(new ChangeMedia());
          enter(CallPhase.MODIFY_DESCRIBING);
          start(CallTimer.MODIFY, times.modify());
          effects.add(new MakeOffer(++negotiation));
        }
      }
      case Signal.Modify.REJECT -> {
        if (phase == CallPhase.MODIFY_ASKING) {
          giveUpModifying(
              new MediaException(
                  MediaException.Reason.UNSUPPORTED, "The other side refused to change media"));
        }
      }
      default -> {}
    }
    return take();
  }

  private void modifyWanted(long now) {
    switch (phase) {
      case CONNECTED, MODIFY_WAITING -> {
        if (identity.data()) {
          send(signals.modify(Signal.Modify.REJECT, peerConnection));
          return;
        }
        if (phase == CallPhase.MODIFY_WAITING) {
          stop(CallTimer.MODIFY_PAUSE);
          modifyFailed(
              MediaException.Reason.WRONG_STATE,
              "The other side changes media at this moment: try again");
        }
        enter(CallPhase.MODIFY_AGREED);
        send(signals.modify(Signal.Modify.ACCEPT, peerConnection));
        start(CallTimer.MODIFY, times.modifyOffer());
      }
      case MODIFY_ASKING -> {
        send(signals.modify(Signal.Modify.REJECT, peerConnection));
        noModifyBefore = now + times.modifyAgain().toMillis();
        giveUpModifying(
            new MediaException(
                MediaException.Reason.WRONG_STATE,
                "Both sides asked to change media at once: try again in a minute"));
      }
      default -> {
        send(signals.modify(Signal.Modify.REJECT, peerConnection));
        noModifyBefore = now + times.modifyAgain().toMillis();
      }
    }
  }

  /**
   * The callee tells how far it is; or, in a call that is established, the other side tells that it
   * has another connection now.
   */
  List<CallEffect> status(Signal.Status signal, Sender sender) {
    if (phase.isEstablished() && isParty(sender) && !sender.self()) {
      peerConnection = sender.connection();
      return take();
    }
    CallStatus status = CallWords.status(signal.status());
    if (phase != CallPhase.OFFERING || status == null || !isParty(sender)) {
      return take();
    }
    effects.add(new Progressed(status));
    switch (status) {
      case BUSY -> end(HangupReason.BUSY, signal.status(), null);
      case UNAVAILABLE -> end(HangupReason.UNAVAILABLE, signal.status(), null);
      case INCOMPLETE_ADDRESS -> end(HangupReason.INCOMPLETE_ADDRESS, signal.status(), null);
      default -> {}
    }
    return take();
  }

  /** The other side cannot go on. */
  List<CallEffect> error(Signal.CallError signal, Sender sender) {
    if (phase != CallPhase.TERMINATED && !phase.isEstablished() && isParty(sender)) {
      end(HangupReason.SIGNALING_FAILED, signal.detail(), null);
    }
    return take();
  }

  /**
   * This client has another connection than before, and so may the other side: what was known of
   * the connections counts no more. The other side, and a service that follows calls, are told.
   */
  List<CallEffect> reconnected() {
    if (phase.isEstablished()) {
      peerConnection = null;
      send(signals.status(CallStatus.IN_PROGRESS));
    }
    return take();
  }

  // --- time

  /** A timer is over. */
  List<CallEffect> timeout(CallTimer timer) {
    if (!running.remove(timer) || phase == CallPhase.TERMINATED) {
      return take();
    }
    switch (timer) {
      case RING -> end(HangupReason.NO_ANSWER, "no answer", null);
      case PREPARE ->
          end(
              HangupReason.MEDIA_FAILED,
              null,
              new MediaException(
                  MediaException.Reason.BACKEND_LOST,
                  "Media was not ready after " + times.prepare()));
      case CONNECT ->
          end(
              HangupReason.ICE_FAILED,
              null,
              new MediaException(
                  MediaException.Reason.ICE_FAILED,
                  "No path to the other side was found in "
                      + times.connect()
                      + ". Check that both have a network in common, or a TURN server"));
      case INTERRUPTION ->
          end(
              HangupReason.ICE_FAILED,
              null,
              new MediaException(
                  MediaException.Reason.ICE_FAILED,
                  "Nothing came from the other side for " + times.interruption()));
      case CANDIDATES -> sendCandidates(outbox.complete());
      case MODIFY_PAUSE -> ask();
      case MODIFY -> {
        if (phase == CallPhase.MODIFY_AGREED || phase == CallPhase.MODIFY_ANSWERING) {
          negotiation++;
          enter(CallPhase.CONNECTED);
        } else {
          giveUpModifying(
              new MediaException(
                  MediaException.Reason.UNSUPPORTED,
                  "The other side did not take part in changing media within " + times.modify()));
        }
      }
    }
    return take();
  }

  // --- steps

  private void open() {
    enter(CallPhase.OPENING);
    start(CallTimer.PREPARE, times.prepare());
    effects.add(new OpenMedia());
  }

  private void describe() {
    start(CallTimer.PREPARE, times.prepare());
    if (identity.caller()) {
      enter(CallPhase.DESCRIBING);
      effects.add(new MakeOffer(++negotiation));
    } else {
      enter(CallPhase.ANSWERING);
      effects.add(new MakeAnswer(++negotiation, Objects.requireNonNull(offer)));
    }
  }

  private void connecting() {
    enter(CallPhase.CONNECTING);
    if (mediaUp) {
      established();
    } else {
      start(CallTimer.CONNECT, times.connect());
    }
  }

  private void established() {
    stop(CallTimer.CONNECT);
    enter(CallPhase.CONNECTED);
    effects.add(new Connected());
  }

  private void ask() {
    enter(CallPhase.MODIFY_ASKING);
    modifiedHere = true;
    send(signals.modify(Signal.Modify.INITIATE, peerConnection));
    start(CallTimer.MODIFY, times.modify());
  }

  private void giveUpModifying(Throwable failure) {
    stop(CallTimer.MODIFY);
    negotiation++;
    boolean described = phase == CallPhase.MODIFY_DESCRIBING || phase == CallPhase.MODIFY_OFFERING;
    enter(CallPhase.CONNECTED);
    if (described) {
      effects.add(new Rollback());
    }
    if (modifiedHere) {
      modifiedHere = false;
      effects.add(new ModifyFailed(failure));
    }
  }

  private void modifyFailed(MediaException.Reason reason, String message) {
    effects.add(new ModifyFailed(new MediaException(reason, message)));
  }

  private void end(HangupReason reason, @Nullable String text, @Nullable Throwable cause) {
    if (phase == CallPhase.TERMINATED) {
      return;
    }
    List.copyOf(running).forEach(this::stop);
    if (byeDue) {
      byeDue = false;
      String said = text == null ? CallWords.of(reason) : text;
      effects.add(new Send(signals.bye(said, peerConnection), peerConnection, true));
    }
    enter(CallPhase.TERMINATED, cause);
    effects.add(new End(reason, text, cause));
  }

  // --- signals

  private void sendConnected(@Nullable String toConnection) {
    effects.add(new Send(signals.connected(peerConnection), toConnection, false));
  }

  private void sendCandidates(CandidateOutbox.@Nullable Batch batch) {
    if (batch != null) {
      stop(CallTimer.CANDIDATES);
      send(signals.candidates(batch, peerConnection));
    } else if (outbox.isWaiting() && !running.contains(CallTimer.CANDIDATES)) {
      start(CallTimer.CANDIDATES, times.candidates());
    }
  }

  private void applyCandidates(List<Candidate> candidates) {
    if (!candidates.isEmpty()) {
      effects.add(new ApplyCandidates(candidates));
    }
  }

  private void send(Signal signal) {
    effects.add(new Send(signal, peerConnection, false));
  }

  // --- who

  /** Whether a signal can be of this call at all: from the other side, or an own connection. */
  private boolean isParty(Sender sender) {
    return sender.self() || peerEndpoint == null || peerEndpoint.equals(sender.endpoint());
  }

  /** Whether a signal is from the connection this call is with. */
  private boolean isPeer(Sender sender) {
    return !sender.self()
        && isParty(sender)
        && (peerConnection == null
            || sender.connection() == null
            || peerConnection.equals(sender.connection()));
  }

  // --- bookkeeping

  private void enter(CallPhase next) {
    enter(next, null);
  }

  private void enter(CallPhase next, @Nullable Throwable cause) {
    CallState before = phase.state();
    phase = next;
    if (before != next.state()) {
      effects.add(new ChangeState(before, next.state(), cause));
    }
  }

  private void start(CallTimer timer, Duration delay) {
    running.add(timer);
    effects.add(new StartTimer(timer, delay));
  }

  private void stop(CallTimer timer) {
    if (running.remove(timer)) {
      effects.add(new StopTimer(timer));
    }
  }

  private List<CallEffect> take() {
    List<CallEffect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
