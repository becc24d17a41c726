package io.respoke.core.call;

import io.respoke.AddressType;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.CallTarget;
import io.respoke.CallerId;
import io.respoke.Client;
import io.respoke.Endpoint;
import io.respoke.HangupReason;
import io.respoke.MediaException;
import io.respoke.Subscription;
import io.respoke.Tones;
import io.respoke.core.runtime.Cancellable;
import io.respoke.event.CallAnswered;
import io.respoke.event.CallApproved;
import io.respoke.event.CallConnected;
import io.respoke.event.CallEnded;
import io.respoke.event.CallProgressed;
import io.respoke.event.CallStateChanged;
import io.respoke.event.IncomingCall;
import io.respoke.event.LocalMediaReady;
import io.respoke.event.MediaConnected;
import io.respoke.event.MediaInterrupted;
import io.respoke.event.MediaStatsMeasured;
import io.respoke.event.MuteChanged;
import io.respoke.event.RemoteMediaReceived;
import io.respoke.event.RespokeEvent;
import io.respoke.event.ToneSendingCancelled;
import io.respoke.event.ToneSendingComplete;
import io.respoke.event.ToneSent;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call as applications see it. */
final class DefaultCall implements Call, CallOutlet {
  private final CallHost host;
  private final CallIdentity identity;
  private final CallDriver driver;
  private final SessionEvents events;
  private final Set<String> muted = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable CompletableFuture<Void>> tones = new AtomicReference<>();
  private volatile OfferedMedia offered = OfferedMedia.NONE;
  private volatile @Nullable Consumer<Call> preview;

  DefaultCall(CallDriver driver) {
    this.driver = driver;
    host = driver.host();
    identity = driver.identity();
    events =
        new SessionEvents(
            host, "call", identity.sessionId(), identity.isWeb() ? identity.remoteId() : null);
  }

  void start(CallOptions options, boolean audio, boolean video) {
    preview = options.preview().orElse(null);
    options.listeners().forEach(listener -> listener.register(this));
    driver.start(MediaPlan.of(options, audio, video), preview != null);
  }

  /** What the other side has described. */
  void offered(OfferedMedia media) {
    offered = media;
  }

  @Override
  public String id() {
    return identity.sessionId();
  }

  @Override
  public Client client() {
    return host.client();
  }

  @Override
  public boolean isOutgoing() {
    return identity.caller();
  }

  @Override
  public AddressType remoteType() {
    return CallWords.addressType(identity.remoteType());
  }

  @Override
  public String remoteId() {
    return identity.remoteId();
  }

  @Override
  public AddressType calledType() {
    return CallWords.addressType(identity.calledType());
  }

  @Override
  public String calledId() {
    return identity.calledId();
  }

  @Override
  public Optional<Endpoint> endpoint() {
    return identity.isWeb() ? Optional.of(host.endpoint(identity.remoteId())) : Optional.empty();
  }

  @Override
  public Optional<String> connectionId() {
    return driver.peerConnection();
  }

  @Override
  public CallTarget target() {
    return CallWords.target(identity.target());
  }

  @Override
  public Optional<JsonValue> metadata() {
    return Optional.ofNullable(identity.metadata());
  }

  @Override
  public Optional<CallerId> callerId() {
    return Optional.ofNullable(identity.callerId())
        .map(id -> new CallerId(Optional.ofNullable(id.name()), Optional.ofNullable(id.number())));
  }

  @Override
  public CallState state() {
    return driver.state();
  }

  @Override
  public boolean isOffered(MediaKind kind) {
    return offered.sends(kind);
  }

  @Override
  public Optional<HangupReason> hangupReason() {
    return driver.hangupReason();
  }

  /**
   * Whether events may still come. Media answers on its own threads: only on the serial context is
   * what this says true until the event is queued, before the one that the call has ended.
   */
  private boolean isLive() {
    return state() != CallState.TERMINATED;
  }

  // --- life

  @Override
  public CompletionStage<Call> answer(CallOptions options) {
    if (identity.caller()) {
      return failed(MediaException.Reason.WRONG_STATE, "An outgoing call is not answered here");
    }
    preview = options.preview().orElse(null);
    options.listeners().forEach(listener -> listener.register(this));
    driver.answer(() -> MediaPlan.of(options, offered.audio(), offered.video()), preview != null);
    return connected();
  }

  @Override
  public void approve() {
    driver.approve();
  }

  @Override
  public CompletionStage<Void> sendStatus(CallStatus status) {
    return host.expose(driver.status(Objects.requireNonNull(status, "status")));
  }

  @Override
  public CompletionStage<Call> connected() {
    return host.expose(driver.whenConnected().thenApply(done -> this));
  }

  @Override
  public CompletionStage<Void> reject(@Nullable String reason) {
    return host.expose(driver.reject(reason));
  }

  @Override
  public CompletionStage<Void> hangup(@Nullable String reason) {
    return host.expose(driver.hangup(reason));
  }

  // --- media

  @Override
  public CompletionStage<Void> mute(MediaKind kind, MediaFlow flow) {
    return setMuted(kind, flow, true);
  }

  @Override
  public CompletionStage<Void> unmute(MediaKind kind, MediaFlow flow) {
    return setMuted(kind, flow, false);
  }

  private CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean wanted) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(flow, "flow");
    if (!isLive()) {
      return host.expose(CompletableFuture.completedFuture(null));
    }
    return host.expose(
        driver
            .operate(session -> session.setMuted(kind, flow, wanted))
            .thenRunAsync(
                () -> {
                  String key = kind + " " + flow;
                  if ((wanted ? muted.add(key) : muted.remove(key)) && isLive()) {
                    events.fire(new MuteChanged(client(), this, kind, flow, wanted));
                  }
                },
                host.engine().serial()));
  }

  @Override
  public boolean isMuted(MediaKind kind, MediaFlow flow) {
    return muted.contains(kind + " " + flow);
  }

  @Override
  public CompletionStage<Void> sendTones(Tones series) {
    Objects.requireNonNull(series, "tones");
    CompletableFuture<Void> played = new CompletableFuture<>();
    if (!tones.compareAndSet(null, played)) {
      return failed(MediaException.Reason.WRONG_STATE, "Tones are being sent already");
    }
    driver
        .operate(session -> session.sendTones(series))
        .whenComplete(
            (queued, failure) -> {
              if (failure != null && tones.compareAndSet(played, null)) {
                played.completeExceptionally(failure);
              }
            });
    return host.expose(played);
  }

  @Override
  public CompletionStage<Void> cancelTones() {
    return host.expose(
        driver
            .operate(MediaSession::cancelTones)
            .thenAcceptAsync(
                left -> {
                  CompletableFuture<Void> cancelled = tones.getAndSet(null);
                  if (cancelled != null) {
                    cancelled.completeExceptionally(
                        new MediaException(
                            MediaException.Reason.CLOSED, "Sending tones was cancelled"));
                    if (isLive()) {
                      events.fire(new ToneSendingCancelled(client(), this, left));
                    }
                  }
                },
                host.engine().serial()));
  }

  @Override
  public CompletionStage<Void> addAudio(AudioSource microphone, AudioSink speaker) {
    MediaDevices devices =
        new MediaDevices(
            Optional.of(microphone), Optional.of(speaker), Optional.empty(), Optional.empty());
    return host.expose(driver.modify(plan -> plan.with(MediaKind.AUDIO, ClosedOnce.of(devices))));
  }

  @Override
  public CompletionStage<Void> addVideo(VideoSource camera, VideoSink display) {
    MediaDevices devices =
        new MediaDevices(
            Optional.empty(), Optional.empty(), Optional.of(camera), Optional.of(display));
    return host.expose(driver.modify(plan -> plan.with(MediaKind.VIDEO, ClosedOnce.of(devices))));
  }

  @Override
  public CompletionStage<Void> removeAudio() {
    return host.expose(driver.modify(plan -> plan.without(MediaKind.AUDIO)));
  }

  @Override
  public CompletionStage<Void> removeVideo() {
    return host.expose(driver.modify(plan -> plan.without(MediaKind.VIDEO)));
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return host.expose(driver.operate(MediaSession::statistics));
  }

  @Override
  public Subscription statistics(Duration interval) {
    if (interval.toMillis() < 100) {
      throw new IllegalArgumentException("interval must be 100 ms or more: " + interval);
    }
    return new Measuring(interval);
  }

  @Override
  public <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return events.listen(type, listener);
  }

  private <T> CompletionStage<T> failed(MediaException.Reason reason, String message) {
    return host.expose(CompletableFuture.failedFuture(new MediaException(reason, message)));
  }

  // --- what happens

  @Override
  public void stateChanged(CallState oldState, CallState newState, @Nullable Throwable cause) {
    events.fire(
        new CallStateChanged(client(), this, oldState, newState, Optional.ofNullable(cause)));
  }

  @Override
  public void ring() {
    events.fire(new IncomingCall(client(), this));
  }

  @Override
  public void localMedia() {
    events.fire(new LocalMediaReady(client(), this));
  }

  @Override
  public void preview() {
    Consumer<Call> shown = preview;
    if (shown != null) {
      events.call("preview", shown, this);
    }
  }

  @Override
  public void approved() {
    events.fire(new CallApproved(client(), this));
  }

  @Override
  public void answered() {
    events.fire(new CallAnswered(client(), this));
  }

  @Override
  public void progressed(CallStatus status) {
    events.fire(new CallProgressed(client(), this, status));
  }

  @Override
  public void remoteMedia(MediaKind kind, boolean first) {
    if (first) {
      events.fire(new CallConnected(client(), this));
    }
    events.fire(new RemoteMediaReceived(client(), this, kind));
  }

  @Override
  public void mediaConnected() {
    events.fire(new MediaConnected(client(), this));
  }

  @Override
  public void interrupted() {
    events.fire(new MediaInterrupted(client(), this));
  }

  @Override
  public void tone(String tone) {
    if (!tone.isEmpty()) {
      events.fire(new ToneSent(client(), this, tone));
      return;
    }
    CompletableFuture<Void> played = tones.getAndSet(null);
    if (played != null) {
      events.fire(new ToneSendingComplete(client(), this));
      played.complete(null);
    }
  }

  /** A media call has no data channel. */
  @Override
  public void text(String text) {}

  @Override
  public void bytes(byte[] bytes) {}

  @Override
  public void problem(Throwable problem) {
    events.problem(problem);
  }

  @Override
  public void ended(HangupReason reason, @Nullable String text, @Nullable Throwable cause) {
    CompletableFuture<Void> unplayed = tones.getAndSet(null);
    if (unplayed != null) {
      unplayed.completeExceptionally(
          new MediaException(MediaException.Reason.CLOSED, "The call has ended"));
    }
    events.fire(
        new CallEnded(
            client(), this, reason, Optional.ofNullable(text), Optional.ofNullable(cause)));
    events.end();
  }

  @Override
  public String toString() {
    return "Call[" + id() + ", " + remoteId() + ", " + state() + "]";
  }

  /** Measures until closed or the call's end. */
  private final class Measuring implements Subscription {
    private final Duration interval;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile @Nullable Cancellable next;

    Measuring(Duration interval) {
      this.interval = interval;
      again();
    }

    private void again() {
      next = host.engine().runtime().scheduler().schedule(interval, this::measure);
      if (!open.get()) {
        close();
      }
    }

    private void measure() {
      if (!open.get() || !isLive()) {
        return;
      }
      driver
          .operate(MediaSession::statistics)
          .whenCompleteAsync(
              (stats, failure) -> {
                if (!open.get() || !isLive()) {
                  return;
                }
                if (failure == null) {
                  events.offer(new MediaStatsMeasured(client(), DefaultCall.this, stats));
                }
                again();
              },
              host.engine().serial());
    }

    @Override
    public void close() {
      open.set(false);
      Cancellable waiting = next;
      if (waiting != null) {
        waiting.cancel();
      }
    }
  }
}
