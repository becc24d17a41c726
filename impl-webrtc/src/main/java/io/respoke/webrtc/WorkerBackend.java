package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sessions in worker processes: a native fault ends the sessions of one of them, never this
 * process. A worker that is gone is replaced when the next session is opened.
 */
final class WorkerBackend implements MediaBackend {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final WorkerSettings settings;
  private final ExecutorService applicationThreads = Threads.pool("respoke-webrtc-application");
  private final ScheduledThreadPoolExecutor supervisor;
  private final MediaClock audioClock = new MediaClock("respoke-webrtc-audio");
  private final MediaClock videoClock = new MediaClock("respoke-webrtc-video");
  private final Set<WorkerSession> sessions = ConcurrentHashMap.newKeySet();
  private final List<WorkerProcess> workers = new ArrayList<>();
  private boolean closed;

  private WorkerBackend(WorkerSettings settings) {
    this.settings = settings;
    supervisor = new ScheduledThreadPoolExecutor(2, Threads.named("respoke-webrtc-supervisor"));
    supervisor.setRemoveOnCancelPolicy(true);
    long millis = settings.heartbeat().toMillis();
    supervisor.scheduleWithFixedDelay(this::watch, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts the first worker, so that what is missing is known at once.
   *
   * @throws MediaException {@code UNAVAILABLE}
   */
  static WorkerBackend start(WorkerSettings settings) {
    WorkerBackend backend = new WorkerBackend(settings);
    try {
      backend.worker();
      return backend;
    } catch (MediaException e) {
      backend.close();
      throw e;
    }
  }

  ExecutorService applicationThreads() {
    return applicationThreads;
  }

  MediaClock audioClock() {
    return audioClock;
  }

  MediaClock videoClock() {
    return videoClock;
  }

  void forget(WorkerSession session) {
    sessions.remove(session);
  }

  /** The processes that live now. */
  synchronized List<WorkerProcess> workers() {
    return workers.stream().filter(worker -> !worker.isLost()).toList();
  }

  @Override
  public CompletionStage<MediaSession> open(MediaRequest request, MediaSessionListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (request.externalMedia().isPresent()) {
      return Failures.failed(
          new MediaException(Reason.UNSUPPORTED, "The media backend webrtc does its media itself"));
    }
    try {
      IceServers.check(request.iceServers());
    } catch (MediaException e) {
      return Failures.failed(e);
    }
    CompletableFuture<MediaSession> opened = new CompletableFuture<>();
    try {
      supervisor.execute(() -> open(request, listener, opened));
    } catch (RejectedExecutionException e) {
      return Failures.failed(closedFailure());
    }
    return opened.minimalCompletionStage();
  }

  private void open(
      MediaRequest request, MediaSessionListener listener, CompletableFuture<MediaSession> opened) {
    try {
      WorkerSession session;
      synchronized (this) {
        session = new WorkerSession(this, worker(), request, listener);
        sessions.add(session);
      }
      session
          .opened()
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  opened.complete(session);
                } else {
                  forget(session);
                  opened.completeExceptionally(
                      Failures.typed("Opening " + request.sessionId(), failure));
                }
              });
    } catch (RuntimeException e) {
      opened.completeExceptionally(Failures.typed("Opening " + request.sessionId(), e));
    }
  }

  private static MediaException closedFailure() {
    return new MediaException(Reason.CLOSED, "The media backend webrtc is closed");
  }

  /** One that has room; started if there is none, which takes its time. */
  private synchronized WorkerProcess worker() {
    if (closed) {
      throw closedFailure();
    }
    workers.removeIf(WorkerProcess::isLost);
    for (WorkerProcess worker : workers) {
      if (worker.hasRoom()) {
        return worker;
      }
    }
    WorkerProcess started = WorkerProcess.start(settings, () -> {});
    workers.add(started);
    return started;
  }

  private void watch() {
    for (WorkerProcess worker : workers()) {
      worker.watch();
      if (worker.isWorn() && worker.isIdle()) {
        worker.lose("was replaced");
      }
    }
  }

  @Override
  public void close() {
    List<WorkerProcess> stopping;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopping = List.copyOf(workers);
    }
    supervisor.shutdownNow();
    sessions.forEach(WorkerSession::close);
    stopping.forEach(worker -> worker.stop(STOP_WITHIN));
    audioClock.close();
    videoClock.close();
  }
}
