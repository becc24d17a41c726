package io.respoke.core.call;

import io.respoke.MediaException;
import io.respoke.core.runtime.Failures;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaKind;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.Paths;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The media session of one call: opened when its turn comes, closed with the call however far
 * opening has come. Whatever it reports is brought to the client's serial context. Called there,
 * except for {@link #operate} and {@link #bufferedAmount}.
 */
final class CallMedia {
  private final CallHost host;
  private final String sessionId;
  private final Executor serial;
  private final MediaSessionListener listener;
  private @Nullable MediaPlan plan;
  private boolean opening;
  private boolean closed;
  private volatile @Nullable MediaSession session;

  /**
   * No session yet.
   *
   * @param listener told on the serial context
   */
  CallMedia(CallHost host, String sessionId, MediaSessionListener listener) {
    this.host = host;
    this.sessionId = sessionId;
    this.listener = listener;
    serial = host.engine().serial();
  }

  void plan(MediaPlan plan) {
    this.plan = plan;
  }

  @Nullable MediaPlan plan() {
    return plan;
  }

  /** Fetches ICE servers and opens the session; {@code then} is told on the serial context. */
  void open(MediaPlan wanted, BiConsumer<? super MediaSession, ? super @Nullable Throwable> then) {
    opening = true;
    boolean external = wanted.external().isPresent();
    CompletableFuture<List<IceServer>> servers =
        external ? CompletableFuture.completedFuture(List.of()) : iceServers(wanted);
    servers
        .thenCombine(
            host.media(external),
            (ice, backend) ->
                backend.open(
                    new MediaRequest(
                        sessionId,
                        wanted.constraints(),
                        wanted.devices(),
                        ice,
                        wanted.relayOnly(),
                        wanted.external()),
                    new OnSerial()))
        .thenCompose(Function.identity())
        .whenComplete(
            (opened, failure) ->
                serial.execute(
                    () -> {
                      opening = false;
                      if (closed) {
                        if (opened != null) {
                          opened.close();
                        } else {
                          discard(wanted);
                        }
                        return;
                      }
                      session = opened;
                      then.accept(opened, failure == null ? null : Failures.unwrap(failure));
                    }));
  }

  /** A service without TURN, or that does not answer, is no reason not to try without. */
  private CompletableFuture<List<IceServer>> iceServers(MediaPlan wanted) {
    return host.request("get", Paths.TURN, null)
        .handle(
            (answer, failure) -> {
              List<IceServer> found =
                  failure == null
                      ? IceServers.of(answer.body(), !wanted.noRelay())
                      : List.<IceServer>of();
              if (wanted.relayOnly() && found.stream().noneMatch(IceServers::isRelay)) {
                throw new MediaException(
                    MediaException.Reason.ICE_FAILED,
                    "Only relayed paths are allowed, and the service named no TURN server. Does it"
                        + " have one, and does the role allow mediaRelay?",
                    failure == null ? null : Failures.unwrap(failure));
              }
              return found;
            });
  }

  /** Makes an offer; told on the serial context. */
  void makeOffer(BiConsumer<@Nullable String, @Nullable Throwable> then) {
    on(session -> session.createOffer().thenApply(SessionDescription::sdp), then);
  }

  /** Applies an offer, tells, makes an answer, tells. */
  void makeAnswer(
      String offer, Runnable applied, BiConsumer<@Nullable String, @Nullable Throwable> then) {
    this.<Void>on(
        session ->
            session.setRemoteDescription(
                new SessionDescription(SessionDescription.Type.OFFER, offer)),
        (done, failure) -> {
          if (failure != null) {
            then.accept(null, failure);
          } else {
            applied.run();
            on(session -> session.createAnswer().thenApply(SessionDescription::sdp), then);
          }
        });
  }

  /** Applies an answer. */
  void applyAnswer(String answer, BiConsumer<@Nullable Void, @Nullable Throwable> then) {
    on(
        session ->
            session.setRemoteDescription(
                new SessionDescription(SessionDescription.Type.ANSWER, answer)),
        then);
  }

  /** Applies candidates; {@code failed} hears of those that cannot be. */
  void applyCandidates(List<Candidate> candidates, Consumer<Throwable> failed) {
    for (Candidate candidate : candidates) {
      String mid = candidate.sdpMid();
      this.<Void>on(
          session ->
              session.addIceCandidate(
                  new IceCandidate(
                      candidate.candidate(), mid == null ? "" : mid, candidate.sdpMLineIndex())),
          (done, failure) -> {
            if (failure != null) {
              failed.accept(failure);
            }
          });
    }
  }

  /** Gives the session what it is to carry from now on. */
  void change(MediaPlan changed) {
    plan = changed;
    this.<Void>on(
        session -> session.change(changed.constraints(), changed.devices()),
        (done, failure) -> {
          // The description that follows fails for the same reason, and is what is waited for.
        });
  }

  void rollback() {
    this.<Void>on(MediaSession::rollback, (done, failure) -> {});
  }

  private <T> void on(
      Function<MediaSession, CompletionStage<T>> operation,
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
    MediaSession open = session;
    if (open == null) {
      then.accept(null, new MediaException(MediaException.Reason.WRONG_STATE, "No media is open"));
      return;
    }
    operation
        .apply(open)
        .whenComplete(
            (value, failure) ->
                serial.execute(
                    () -> then.accept(value, failure == null ? null : Failures.unwrap(failure))));
  }

  /** An operation for the application; on any thread, in the order of calls. */
  <T> CompletableFuture<T> operate(Function<MediaSession, CompletionStage<T>> operation) {
    MediaSession open = session;
    if (open == null) {
      return CompletableFuture.failedFuture(
          new MediaException(
              MediaException.Reason.WRONG_STATE, "There is no media at this moment"));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    operation
        .apply(open)
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(Failures.unwrap(failure));
              }
            });
    return result;
  }

  /** How much data waits; on any thread. */
  long bufferedAmount() {
    MediaSession open = session;
    return open == null ? 0 : open.bufferedAmount();
  }

  /** Closes the session, also one that is still being opened, and what it would have closed. */
  void close() {
    closed = true;
    MediaSession open = session;
    MediaPlan planned = plan;
    if (open != null) {
      open.close();
    } else if (!opening && planned != null) {
      discard(planned);
    }
  }

  /** Closes what the application gave for a plan that no session has carried out. */
  void discard(MediaPlan unused) {
    MediaDevices devices = unused.devices();
    devices.microphone().ifPresent(microphone -> close(AudioSource::close, microphone));
    devices.speaker().ifPresent(speaker -> close(AudioSink::close, speaker));
    devices.camera().ifPresent(camera -> close(VideoSource::close, camera));
    devices.display().ifPresent(display -> close(VideoSink::close, display));
    unused.external().ifPresent(external -> close(ExternalMedia::close, external));
  }

  /** As {@link #discard(MediaPlan)}, but what another plan has too is left open. */
  void discard(MediaPlan unused, MediaPlan used) {
    MediaDevices none = unused.devices();
    MediaDevices kept = used.devices();
    discard(
        unused.with(
            new MediaDevices(
                none.microphone().filter(each -> !kept.microphone().equals(Optional.of(each))),
                none.speaker().filter(each -> !kept.speaker().equals(Optional.of(each))),
                none.camera().filter(each -> !kept.camera().equals(Optional.of(each))),
                none.display().filter(each -> !kept.display().equals(Optional.of(each))))));
  }

  private <T> void close(Consumer<T> closing, T device) {
    host.engine().callbacks().execute(() -> host.events().call("Closing media", closing, device));
  }

  /** Brings what a session reports to the serial context, in its order. */
  private final class OnSerial implements MediaSessionListener {
    @Override
    public void onIceCandidate(IceCandidate candidate) {
      serial.execute(() -> listener.onIceCandidate(candidate));
    }

    @Override
    public void onGatheringComplete() {
      serial.execute(listener::onGatheringComplete);
    }

    @Override
    public void onConnected() {
      serial.execute(listener::onConnected);
    }

    @Override
    public void onInterrupted() {
      serial.execute(listener::onInterrupted);
    }

    @Override
    public void onRemoteMedia(MediaKind kind) {
      serial.execute(() -> listener.onRemoteMedia(kind));
    }

    @Override
    public void onRemoteMediaEnded(MediaKind kind) {
      serial.execute(() -> listener.onRemoteMediaEnded(kind));
    }

    @Override
    public void onTone(String tone) {
      serial.execute(() -> listener.onTone(tone));
    }

    @Override
    public void onChannelOpen() {
      serial.execute(listener::onChannelOpen);
    }

    @Override
    public void onText(String text) {
      serial.execute(() -> listener.onText(text));
    }

    @Override
    public void onBytes(byte[] bytes) {
      serial.execute(() -> listener.onBytes(bytes));
    }

    @Override
    public void onChannelClosed() {
      serial.execute(listener::onChannelClosed);
    }

    @Override
    public void onDeviceFailed(Throwable failure) {
      serial.execute(() -> listener.onDeviceFailed(failure));
    }

    @Override
    public void onFailed(Throwable failure) {
      serial.execute(() -> listener.onFailed(failure));
    }

    @Override
    public void onClosed() {
      serial.execute(listener::onClosed);
    }
  }
}
