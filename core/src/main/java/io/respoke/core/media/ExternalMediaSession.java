package io.respoke.core.media;

import io.respoke.MediaException;
import io.respoke.Tones;
import io.respoke.core.runtime.Failures;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands descriptions over to an application's media server, one after another. Media counts as
 * connected when both sides are described: nobody here sees more.
 */
final class ExternalMediaSession implements MediaSession {
  private final ExternalMedia media;
  private final Executor callbacks;
  private final MediaSessionListener listener;
  private final Consumer<MediaSession> onClose;
  // the operations so far; each begins when the one before has ended
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private @Nullable CompletableFuture<?> running;
  private @Nullable String remoteOffer;
  private boolean offered;
  private boolean connected;
  private volatile boolean closed;

  ExternalMediaSession(
      ExternalMedia media,
      Executor callbacks,
      MediaSessionListener listener,
      Consumer<MediaSession> onClose) {
    this.media = media;
    this.callbacks = callbacks;
    this.listener = listener;
    this.onClose = onClose;
  }

  @Override
  public CompletionStage<SessionDescription> createOffer() {
    return next(
        () ->
            offered || remoteOffer != null
                ? failed(
                    MediaException.Reason.WRONG_STATE,
                    "An offer cannot be made while another waits for its answer")
                : media.createOffer(),
        sdp -> {
          SessionDescription offer = described(SessionDescription.Type.OFFER, sdp);
          offered = true;
          return offer;
        });
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return next(
        () -> {
          String offer = remoteOffer;
          return offer == null
              ? failed(MediaException.Reason.WRONG_STATE, "There is no offer to answer")
              : media.createAnswer(offer);
        },
        sdp -> {
          SessionDescription answer = described(SessionDescription.Type.ANSWER, sdp);
          remoteOffer = null;
          connected();
          return answer;
        });
  }

  private SessionDescription described(SessionDescription.Type type, String sdp) {
    if (sdp == null || sdp.isBlank()) {
      throw new MediaException(
          MediaException.Reason.BAD_DESCRIPTION,
          "The external media has made an empty " + type.name().toLowerCase(Locale.ROOT));
    }
    // Its candidates are in the description.
    listener.onGatheringComplete();
    return new SessionDescription(type, sdp);
  }

  @Override
  public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
    String sdp = description.sdp();
    boolean offer = description.type() == SessionDescription.Type.OFFER;
    return next(
        () -> {
          if (sdp.isBlank()) {
            return bad("The description is empty");
          }
          if (offer == offered) {
            return bad(
                offer
                    ? "The other side's offer does not fit: an own offer waits for its answer"
                    : "The other side's answer does not fit: nothing was offered");
          }
          return offer ? done() : media.applyAnswer(sdp);
        },
        done -> {
          if (offer) {
            remoteOffer = sdp;
          } else {
            offered = false;
            connected();
          }
          return null;
        });
  }

  private static CompletableFuture<Void> bad(String message) {
    return failed(MediaException.Reason.BAD_DESCRIPTION, message);
  }

  private void connected() {
    if (!connected) {
      connected = true;
      listener.onConnected();
    }
  }

  @Override
  public CompletionStage<Void> rollback() {
    return next(
        ExternalMediaSession::done,
        done -> {
          offered = false;
          return null;
        });
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    Objects.requireNonNull(candidate, "candidate");
    return next(
        () -> {
          media.addCandidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
          return done();
        },
        Function.identity());
  }

  /** The next description is asked for; what is in it is the media server's matter. */
  @Override
  public CompletionStage<Void> change(MediaConstraints constraints, MediaDevices devices) {
    Objects.requireNonNull(constraints, "constraints");
    Objects.requireNonNull(devices, "devices");
    return next(ExternalMediaSession::done, Function.identity());
  }

  @Override
  public CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean muted) {
    return elsewhere();
  }

  @Override
  public CompletionStage<Void> sendTones(Tones tones) {
    return elsewhere();
  }

  @Override
  public CompletionStage<String> cancelTones() {
    return elsewhere();
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return elsewhere();
  }

  @Override
  public CompletionStage<Void> sendText(String text) {
    return elsewhere();
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return elsewhere();
  }

  @Override
  public long bufferedAmount() {
    return 0;
  }

  /** What the media server is still asked is not waited for. */
  @Override
  public void close() {
    CompletableFuture<?> unfinished;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      unfinished = running;
    }
    onClose.accept(this);
    if (unfinished != null) {
      unfinished.completeExceptionally(gone());
    }
    synchronized (this) {
      last =
          last.handle((before, failure) -> null)
              .thenRunAsync(media::close, callbacks)
              .handle(
                  (done, failure) -> {
                    if (failure != null) {
                      listener.onDeviceFailed(Failures.unwrap(failure));
                    }
                    listener.onClosed();
                    return null;
                  });
    }
  }

  /** What comes of it is told and remembered before the next one begins. */
  private synchronized <T, R> CompletionStage<R> next(
      Supplier<CompletionStage<T>> operation, Function<T, R> then) {
    CompletableFuture<R> result =
        last.handle((before, failure) -> null)
            .thenComposeAsync(before -> begin(operation), callbacks)
            .thenApply(then)
            .handle(ExternalMediaSession::typed)
            .thenCompose(Function.identity());
    last = result;
    return result.minimalCompletionStage();
  }

  private <T> CompletableFuture<T> begin(Supplier<CompletionStage<T>> operation) {
    CompletableFuture<T> begun = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(gone());
      }
      running = begun;
    }
    operation
        .get()
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                begun.complete(value);
              } else {
                begun.completeExceptionally(failure);
              }
            });
    return begun;
  }

  private static <T> CompletableFuture<T> typed(T value, @Nullable Throwable failure) {
    if (failure == null) {
      return CompletableFuture.completedFuture(value);
    }
    Throwable cause = Failures.unwrap(failure);
    return CompletableFuture.failedFuture(
        cause instanceof MediaException
            ? cause
            : new MediaException(
                MediaException.Reason.OTHER, "The external media has failed: " + cause, cause));
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  private static MediaException gone() {
    return new MediaException(MediaException.Reason.CLOSED, "The media session is closed");
  }

  private <T> CompletableFuture<T> elsewhere() {
    return closed
        ? CompletableFuture.failedFuture(gone())
        : failed(
            MediaException.Reason.UNSUPPORTED,
            "The media of this call is done elsewhere: ask the media server");
  }

  private static <T> CompletableFuture<T> failed(MediaException.Reason reason, String message) {
    return CompletableFuture.failedFuture(new MediaException(reason, message));
  }
}
