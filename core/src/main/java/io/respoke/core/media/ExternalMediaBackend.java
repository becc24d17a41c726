package io.respoke.core.media;

import io.respoke.MediaException;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Sessions whose media is an application's {@link io.respoke.media.ExternalMedia}. */
public final class ExternalMediaBackend implements MediaBackend {
  private final Executor callbacks;
  private final Set<MediaSession> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A backend without sessions.
   *
   * @param callbacks where the application's code runs
   */
  public ExternalMediaBackend(Executor callbacks) {
    this.callbacks = callbacks;
  }

  @Override
  public CompletionStage<MediaSession> open(MediaRequest request, MediaSessionListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (closed) {
      return CompletableFuture.failedFuture(
          new MediaException(MediaException.Reason.CLOSED, "The media backend is closed"));
    }
    if (request.externalMedia().isEmpty()) {
      return CompletableFuture.failedFuture(
          new MediaException(
              MediaException.Reason.UNSUPPORTED, "The request has no external media"));
    }
    ExternalMediaSession session =
        new ExternalMediaSession(request.externalMedia().get(), callbacks, listener, open::remove);
    open.add(session);
    return CompletableFuture.completedFuture(session);
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(MediaSession::close);
  }
}
