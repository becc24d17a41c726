package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCIceServer;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Sessions in this process: a native fault in one of them ends it. */
final class InProcessBackend implements MediaBackend {
  private static final System.Logger LOG = System.getLogger(InProcessBackend.class.getName());
  private static final long CLOSE_MILLIS = 5000;

  private final Engine engine;
  private final Set<PeerSession> sessions = ConcurrentHashMap.newKeySet();
  private boolean closed;

  InProcessBackend(Engine engine) {
    this.engine = engine;
  }

  @Override
  public CompletionStage<MediaSession> open(MediaRequest request, MediaSessionListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (request.externalMedia().isPresent()) {
      return Failures.failed(
          new MediaException(Reason.UNSUPPORTED, "The media backend webrtc does its media itself"));
    }
    List<RTCIceServer> iceServers;
    try {
      iceServers = IceServers.toNative(request.iceServers());
    } catch (MediaException e) {
      return Failures.failed(e);
    }
    CompletableFuture<MediaSession> opened = new CompletableFuture<>();
    Runnable open =
        () -> {
          try {
            MediaSession session = connect(request, listener, iceServers);
            engine.applicationThreads().execute(() -> opened.complete(session));
          } catch (Throwable e) {
            MediaException failure = Failures.typed("Opening " + request.sessionId(), e);
            engine.applicationThreads().execute(() -> opened.completeExceptionally(failure));
          }
        };
    synchronized (this) {
      if (closed || !engine.later(open)) {
        return Failures.failed(
            new MediaException(Reason.CLOSED, "The media backend webrtc is closed"));
      }
    }
    return opened.minimalCompletionStage();
  }

  private MediaSession connect(
      MediaRequest request, MediaSessionListener listener, List<RTCIceServer> iceServers) {
    PeerSession[] self = new PeerSession[1];
    PeerSession session =
        new PeerSession(engine, request, listener, () -> sessions.remove(self[0]));
    self[0] = session;
    try {
      session.connect(iceServers, request.relayOnly(), request.devices());
    } catch (Throwable e) {
      session.abandon();
      throw e;
    }
    sessions.add(session);
    return session;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // What is opening comes before this; what comes after it is refused.
    CompletableFuture<Void> released = new CompletableFuture<>();
    engine.later(
        () -> {
          sessions.forEach(PeerSession::close);
          engine.later(() -> released.complete(null));
        });
    try {
      released.completeOnTimeout(null, CLOSE_MILLIS, TimeUnit.MILLISECONDS).join();
      engine.close();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Closing the media backend", e);
    }
  }
}
