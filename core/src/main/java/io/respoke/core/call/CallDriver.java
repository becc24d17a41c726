package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.ConnectionLostException;
import io.respoke.HangupReason;
import io.respoke.MediaException;
import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.core.runtime.Cancellable;
import io.respoke.core.runtime.Failures;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Paths;
import io.respoke.protocol.Signal;
import io.respoke.protocol.SignalTooLargeException;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a {@link CallMachine} decides: the only place of a call that touches media,
 * timers and the service. The machine is asked on the client's serial context only; methods say
 * when they may be called elsewhere.
 */
final class CallDriver implements MediaSessionListener {
  /** Who takes leave of the other side and of the client. On the serial context. */
  interface Leaving {
    /**
     * Sends a bye, now or when it can be sent.
     *
     * @param from where the session was
     * @return completed when it was answered, or cannot be sent now
     * @throws SignalTooLargeException if it takes more than the service does
     */
    CompletableFuture<?> bye(OutgoingSignal bye, CallState from);

    /** It is over. Once. */
    void over();
  }

  private static final System.Logger LOG = System.getLogger(CallDriver.class.getName());

  private final CallHost host;
  private final CallIdentity identity;
  private final CallMachine machine;
  private final CallMedia media;
  private final CallOutlet outlet;
  private final Leaving leaving;
  private final @Nullable CallReport report;
  private final Map<CallTimer, Cancellable> timers = new EnumMap<>(CallTimer.class);
  private final ArrayDeque<CallEffect> todo = new ArrayDeque<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private CompletableFuture<?> bye = CompletableFuture.completedFuture(null);
  private boolean performing;
  private @Nullable String localOffer;
  private @Nullable Modification modification;
  private boolean modificationApplied;
  private boolean counted;
  private @Nullable Long connectedAt;

  // read from any thread
  private volatile CallState state = CallState.IDLE;
  private volatile Optional<String> peerConnection;
  private volatile Optional<HangupReason> hangupReason = Optional.empty();

  /** A change of media under way: who waits for it, and the plans after and before it. */
  private record Modification(CompletableFuture<Void> done, MediaPlan after, MediaPlan before) {}

  /**
   * A call that does nothing yet.
   *
   * @param outlet makes the one who is told
   * @param leaving how it takes its leave
   */
  CallDriver(
      CallHost host,
      CallIdentity identity,
      CallTimes times,
      Function<CallDriver, CallOutlet> outlet,
      Leaving leaving) {
    this.host = host;
    this.identity = identity;
    this.leaving = leaving;
    machine = new CallMachine(identity, times);
    media = new CallMedia(host, identity.sessionId(), this);
    boolean reports = host.options().enableCallDebugReport() && !identity.data();
    report =
        reports
            ? new CallReport(identity, wallMillis(), System.getProperty("os.name", "unknown"))
            : null;
    peerConnection = Optional.ofNullable(machine.peerConnection());
    this.outlet = outlet.apply(this);
  }

  // --- for the application, on any thread

  CallHost host() {
    return host;
  }

  CallIdentity identity() {
    return identity;
  }

  CallOutlet outlet() {
    return outlet;
  }

  CallState state() {
    return state;
  }

  Optional<String> peerConnection() {
    return peerConnection;
  }

  Optional<HangupReason> hangupReason() {
    return hangupReason;
  }

  /** Completed when media can flow; failed with why it never will. */
  CompletableFuture<Void> whenConnected() {
    return connected;
  }

  void start(MediaPlan plan, boolean preview) {
    input(
        () -> {
          media.plan(plan);
          return machine.start(preview);
        });
  }

  /** The plan depends on what is offered, which only the serial context knows. */
  void answer(Supplier<MediaPlan> plan, boolean preview) {
    input(
        () -> {
          if (machine.state() == CallState.RINGING) {
            media.plan(plan.get());
          } else if (media.plan() == null) {
            media.discard(plan.get()); // it has ended just before
          }
          return machine.answer(preview);
        });
  }

  void approve() {
    input(machine::approve);
  }

  CompletableFuture<Void> reject(@Nullable String text) {
    input(() -> machine.reject(text));
    return whenOver();
  }

  CompletableFuture<Void> hangup(@Nullable String text) {
    input(() -> machine.hangup(text));
    return whenOver();
  }

  void clientClosed() {
    input(machine::clientClosed);
  }

  /** As {@link #clientClosed}, done when this returns. On the serial context. */
  void clientClosedNow() {
    perform(machine.clientClosed());
  }

  /** The client has another connection than before. */
  void reconnected() {
    input(machine::reconnected);
  }

  CompletableFuture<Void> status(CallStatus status) {
    return whileLive(
        done -> {
          perform(machine.status(status));
          done.complete(null);
        });
  }

  /** Asks the other side to change media. */
  CompletableFuture<Void> modify(UnaryOperator<MediaPlan> change) {
    return whileLive(
        done -> {
          MediaPlan plan = media.plan();
          if (plan == null) {
            done.completeExceptionally(
                new MediaException(
                    MediaException.Reason.WRONG_STATE, "The call is " + state + ": answer first"));
          } else if (modification != null) {
            done.completeExceptionally(
                new MediaException(
                    MediaException.Reason.WRONG_STATE, "Media is being changed already"));
          } else {
            modification = new Modification(done, change.apply(plan), plan);
            perform(
                machine.modify(
                    host.engine().runtime().scheduler().now(),
                    host.engine().runtime().random().getAsDouble()));
          }
        });
  }

  /** An operation of the media session. */
  <T> CompletableFuture<T> operate(Function<MediaSession, CompletionStage<T>> operation) {
    if (state == CallState.TERMINATED) {
      return CompletableFuture.failedFuture(closed());
    }
    return media.operate(operation);
  }

  long bufferedAmount() {
    return media.bufferedAmount();
  }

  private CompletableFuture<Void> whileLive(Consumer<CompletableFuture<Void>> step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    host.engine()
        .serial()
        .execute(
            () -> {
              if (machine.state() == CallState.TERMINATED) {
                done.completeExceptionally(closed());
              } else {
                step.accept(done);
              }
            });
    return done;
  }

  /** Completed when the end was told and everything is released; never fails. */
  private CompletableFuture<Void> whenOver() {
    return over.thenCompose(done -> bye.handle((answer, failure) -> null));
  }

  private void input(Supplier<List<CallEffect>> input) {
    host.engine().serial().execute(() -> perform(input.get()));
  }

  private static MediaException closed() {
    return new MediaException(MediaException.Reason.CLOSED, "The call has ended");
  }

  // --- the other side's signals, on the serial context

  /** What this side has offered, if it has. */
  @Nullable String localOffer() {
    return localOffer;
  }

  /**
   * A signal of this session.
   *
   * @param sdp the description in it, if it has one
   */
  void received(Signal signal, @Nullable String sdp, CallMachine.Sender sender) {
    if (report != null) {
      report.received(signal);
    }
    boolean ours =
        signal instanceof Signal.Connected won && host.isOwnConnection(won.connectionId());
    perform(machine.received(signal, sdp, sender, ours, host.engine().runtime().scheduler().now()));
  }

  // --- media, on the serial context

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    perform(
        machine.candidate(
            new Candidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex())));
  }

  @Override
  public void onGatheringComplete() {
    perform(machine.gatheringComplete());
  }

  @Override
  public void onConnected() {
    if (!identity.data()) {
      perform(machine.mediaConnected());
    }
  }

  @Override
  public void onInterrupted() {
    perform(machine.mediaInterrupted());
  }

  @Override
  public void onRemoteMedia(MediaKind kind) {
    perform(machine.remoteMedia(kind));
  }

  @Override
  public void onRemoteMediaEnded(MediaKind kind) {}

  @Override
  public void onTone(String tone) {
    if (state != CallState.TERMINATED) {
      outlet.tone(tone);
    }
  }

  @Override
  public void onChannelOpen() {
    if (identity.data()) {
      perform(machine.mediaConnected());
    }
  }

  @Override
  public void onText(String text) {
    if (state != CallState.TERMINATED) {
      outlet.text(text);
    }
  }

  @Override
  public void onBytes(byte[] bytes) {
    if (state != CallState.TERMINATED) {
      outlet.bytes(bytes);
    }
  }

  @Override
  public void onChannelClosed() {
    perform(machine.channelClosed());
  }

  @Override
  public void onDeviceFailed(Throwable failure) {
    outlet.problem(failure);
  }

  @Override
  public void onFailed(Throwable failure) {
    perform(machine.mediaFailed(failure));
  }

  @Override
  public void onClosed() {
    perform(machine.mediaFailed(closed()));
  }

  // --- effects

  private void perform(List<CallEffect> effects) {
    todo.addAll(effects);
    if (performing) {
      return; // they come after those under way
    }
    performing = true;
    try {
      for (CallEffect next = todo.poll(); next != null; next = todo.poll()) {
        perform(next);
      }
    } finally {
      performing = false;
    }
  }

  private void perform(CallEffect effect) {
    peerConnection = Optional.ofNullable(machine.peerConnection());
    if (effect instanceof CallEffect.ChangeState e) {
      state = e.newState();
      count(e);
      outlet.stateChanged(e.oldState(), e.newState(), e.cause());
    } else if (effect instanceof CallEffect.Send e) {
      send(e);
    } else if (effect instanceof CallEffect.StartTimer e) {
      start(e);
    } else if (effect instanceof CallEffect.StopTimer e) {
      cancel(timers.remove(e.timer()));
    } else if (effect instanceof CallEffect.End e) {
      end(e);
    } else if (!tell(effect)) {
      media(effect);
    }
  }

  private void count(CallEffect.ChangeState change) {
    if (change.oldState() == CallState.IDLE && !identity.data()) {
      counted = true;
      host.events().telemetry().callStarted(!identity.caller());
    }
    if (change.newState() == CallState.CONNECTED && connectedAt == null) {
      connectedAt = host.engine().runtime().scheduler().now();
    }
  }

  /** Effects that only tell. */
  private boolean tell(CallEffect effect) {
    if (effect instanceof CallEffect.Ring) {
      outlet.ring();
    } else if (effect instanceof CallEffect.LocalMedia) {
      outlet.localMedia();
    } else if (effect instanceof CallEffect.Preview) {
      outlet.preview();
    } else if (effect instanceof CallEffect.Approved) {
      outlet.approved();
    } else if (effect instanceof CallEffect.Answered) {
      outlet.answered();
    } else if (effect instanceof CallEffect.Progressed e) {
      outlet.progressed(e.status());
    } else if (effect instanceof CallEffect.RemoteMedia e) {
      outlet.remoteMedia(e.kind(), e.first());
    } else if (effect instanceof CallEffect.Connected) {
      outlet.mediaConnected();
      connected.complete(null);
    } else if (effect instanceof CallEffect.Interrupted) {
      outlet.interrupted();
    } else if (effect instanceof CallEffect.CandidatesDropped e) {
      outlet.problem(
          new MediaException(
              MediaException.Reason.BAD_CANDIDATE,
              e.count() + " candidates of the other side were dropped: it has too many"));
    } else {
      return false;
    }
    return true;
  }

  /** Effects on the media session. */
  private void media(CallEffect effect) {
    if (effect instanceof CallEffect.OpenMedia) {
      media.open(
          Objects.requireNonNull(media.plan()),
          (session, failure) ->
              perform(failure == null ? machine.mediaOpened() : machine.mediaFailed(failure)));
    } else if (effect instanceof CallEffect.MakeOffer e) {
      media.makeOffer((sdp, failure) -> described(e.negotiation(), sdp, failure));
    } else if (effect instanceof CallEffect.MakeAnswer e) {
      join(OfferedMedia.of(e.offer()));
      media.makeAnswer(
          e.offer(),
          () -> perform(machine.offerApplied(e.negotiation())),
          (sdp, failure) -> described(e.negotiation(), sdp, failure));
    } else if (effect instanceof CallEffect.ApplyAnswer e) {
      media.applyAnswer(
          e.answer(),
          (done, failure) ->
              perform(
                  failure == null
                      ? machine.answerApplied(e.negotiation())
                      : machine.negotiationFailed(e.negotiation(), failure)));
    } else if (effect instanceof CallEffect.ApplyCandidates e) {
      media.applyCandidates(e.candidates(), outlet::problem);
    } else if (effect instanceof CallEffect.ChangeMedia) {
      modificationApplied = true;
      media.change(Objects.requireNonNull(modification).after());
    } else if (effect instanceof CallEffect.Rollback) {
      media.rollback();
    } else if (effect instanceof CallEffect.ModifyDone) {
      Modification done = Objects.requireNonNull(modification);
      modification = null;
      modificationApplied = false;
      done.done().complete(null);
    } else if (effect instanceof CallEffect.ModifyFailed e) {
      modifyFailed(e.failure());
    }
  }

  /** The other side may have added media to the call. */
  private void join(OfferedMedia offered) {
    MediaPlan plan = Objects.requireNonNull(media.plan());
    MediaPlan joined = plan.joinedBy(offered);
    if (!joined.equals(plan)) {
      media.change(joined);
    }
  }

  private void described(int negotiation, @Nullable String sdp, @Nullable Throwable failure) {
    perform(
        sdp != null
            ? machine.described(negotiation, sdp)
            : machine.negotiationFailed(
                negotiation, Objects.requireNonNullElseGet(failure, CallDriver::closed)));
  }

  private void modifyFailed(Throwable failure) {
    Modification failed = modification;
    modification = null;
    if (failed != null) {
      if (modificationApplied) {
        media.change(failed.before());
      } else {
        media.discard(failed.after(), failed.before());
      }
      modificationApplied = false;
      failed.done().completeExceptionally(failure);
    }
  }

  private void send(CallEffect.Send send) {
    Signal signal = send.signal();
    if (signal instanceof Signal.Offer offer) {
      localOffer = offer.sdp();
    }
    if (report != null) {
      report.sent(signal);
    }
    OutgoingSignal outgoing =
        new OutgoingSignal(
            identity.remoteId(), identity.remoteType(), send.toConnection(), send.ccSelf(), signal);
    CompletableFuture<?> answer;
    try {
      if (signal instanceof Signal.Bye) {
        answer = leaving.bye(outgoing, state);
        bye = answer;
      } else {
        answer = host.signal(outgoing.toJson());
      }
    } catch (SignalTooLargeException e) {
      perform(machine.notAcked(signal, e, true, false));
      return;
    }
    answer.whenComplete(
        (done, failure) ->
            perform(failure == null ? machine.acked(signal) : notAcked(signal, failure)));
  }

  private List<CallEffect> notAcked(Signal signal, Throwable failure) {
    Throwable cause = Failures.unwrap(failure);
    boolean unsent =
        cause instanceof OverflowException
            || (cause instanceof ConnectionLostException lost && !lost.sent());
    boolean refused = unsent || cause instanceof RequestRejectedException;
    boolean unknown =
        cause instanceof RequestRejectedException e
            && e.reason() == RequestRejectedException.Reason.NOT_FOUND;
    return machine.notAcked(signal, cause, refused, unknown);
  }

  private void start(CallEffect.StartTimer start) {
    cancel(
        timers.put(
            start.timer(),
            host.engine()
                .runtime()
                .scheduler()
                .schedule(start.delay(), () -> input(() -> machine.timeout(start.timer())))));
  }

  private static void cancel(@Nullable Cancellable timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void end(CallEffect.End end) {
    hangupReason = Optional.of(end.reason());
    media.close();
    Throwable why = end.cause();
    MediaException failure =
        new MediaException(
            MediaException.Reason.CLOSED,
            "The call has ended: "
                + end.reason()
                + (end.text() == null ? "" : " (" + end.text() + ')'),
            why);
    if (counted) {
      Long since = connectedAt;
      long connected = since == null ? 0 : host.engine().runtime().scheduler().now() - since;
      host.events()
          .telemetry()
          .callEnded(!identity.caller(), end.reason(), Duration.ofMillis(connected));
    }
    leaving.over(); // whoever is told does not find it among the client's calls any more
    modifyFailed(failure);
    connected.completeExceptionally(failure);
    outlet.ended(end.reason(), end.text(), why);
    over.complete(null);
    post(end);
  }

  /** Posts the report of this call, if one is wanted and there is a connection to do so. */
  private void post(CallEffect.End end) {
    if (report == null || !host.client().isConnected()) {
      return;
    }
    JsonObject body =
        report.toJson(
            new CallReport.Party(
                host.client().endpointId().orElse(null), host.client().connectionId().orElse(null)),
            new CallReport.Party(identity.remoteId(), machine.peerConnection()),
            wallMillis(),
            end.text() == null ? end.reason().name() : end.text());
    host.request("post", Paths.CALL_DEBUGS, body)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                LOG.log(
                    System.Logger.Level.DEBUG,
                    "The report of call " + identity.sessionId() + " was not taken",
                    failure);
              }
            });
  }

  private long wallMillis() {
    return host.engine().runtime().scheduler().wallClock().toEpochMilli();
  }
}
