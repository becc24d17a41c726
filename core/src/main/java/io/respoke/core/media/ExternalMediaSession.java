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
    return next(media::createOffer)
        .thenApply(
            sdp -> {
              offered = true;
              return described(SessionDescription.Type.OFFER, sdp);
            });
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return next(() -> {
          String offer = remoteOffer;
          remoteOffer = null;
          return offer == null
              ? failed(MediaException.Reason.WRONG_STATE, "There is no offer to answer")
              : media.createAnswer(offer);
        })
        .thenApply(
            sdp -> {
              SessionDescription answer = described(SessionDescription.Type.ANSWER, sdp);
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
    if (description.sdp().isBlank()) {
      return failed(MediaException.Reason.BAD_DESCRIPTION, "The description is empty");
    }
    if (description.type() == SessionDescription.Type.OFFER) {
      return next(
          () -> {
            remoteOffer = description.sdp();
            return done();
          });
    }
    return next(() ->
            offered
                ? media.applyAnswer(description.sdp())
                : ExternalMediaSession.<Void>failed(
                    MediaException.Reason.WRONG_STATE, "Nothing was offered"))
        .thenApply(
            done -> {
              offered = false;
              connected();
              return null;
            });
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
        () -> {
          offered = false;
          return done();
        });
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    return next(
        () -> {
          media.addCandidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
          return done();
        });
  }

  /** The next description is asked for; what is in it is the media server's matter. */
  @Override
  public CompletionStage<Void> change(MediaConstraints constraints, MediaDevices devices) {
    return next(ExternalMediaSession::done);
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

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    onClose.accept(this);
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

  private synchronized <T> CompletableFuture<T> next(Supplier<CompletionStage<T>> operation) {
    CompletableFuture<T> result =
        last.handle((before, failure) -> null)
            .thenComposeAsync(before -> closed ? gone() : operation.get(), callbacks)
            .handle(ExternalMediaSession::typed)
            .thenCompose(Function.identity());
    last = result;
    return result;
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

  private <T> CompletableFuture<T> gone() {
    return failed(MediaException.Reason.CLOSED, "The media session is closed");
  }

  private <T> CompletableFuture<T> elsewhere() {
    return closed
        ? gone()
        : failed(
            MediaException.Reason.UNSUPPORTED,
            "The media of this call is done elsewhere: ask the media server");
  }

  private static <T> CompletableFuture<T> failed(MediaException.Reason reason, String message) {
    return CompletableFuture.failedFuture(new MediaException(reason, message));
  }
}
