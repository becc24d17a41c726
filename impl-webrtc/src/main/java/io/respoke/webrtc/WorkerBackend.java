package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sessions in worker processes: a native fault ends the sessions of one of them, never this
 * process. A worker that is gone is replaced when the next session is opened.
 */
final class WorkerBackend implements MediaBackend {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final WorkerSettings settings;
  private final ExecutorService applicationThreads = Threads.application();
  private final ScheduledThreadPoolExecutor supervisor;
  // One thread: sessions are opened one after another, and starting a worker takes its time.
  private final ThreadPoolExecutor opener =
      new ThreadPoolExecutor(
          1,
          1,
          2,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Threads.named("respoke-webrtc-opener"));
  private final MediaClock audioClock = new MediaClock("respoke-webrtc-audio", applicationThreads);
  private final MediaClock videoClock = new MediaClock("respoke-webrtc-video", applicationThreads);
  private final Set<WorkerSession> sessions = ConcurrentHashMap.newKeySet();
  private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private WorkerBackend(WorkerSettings settings) {
    this.settings = settings;
    supervisor = new ScheduledThreadPoolExecutor(1, Threads.named("respoke-webrtc-supervisor"));
    supervisor.setRemoveOnCancelPolicy(true);
    opener.allowCoreThreadTimeOut(true);
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
      backend.startWorker().release();
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
  List<WorkerProcess> workers() {
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
      opener.execute(() -> open(request, listener, opened));
    } catch (RejectedExecutionException e) {
      return Failures.failed(closedFailure());
    } catch (OutOfMemoryError e) {
      return Failures.failed(Failures.typed("Opening " + request.sessionId(), e));
    }
    return opened.minimalCompletionStage();
  }

  private void open(
      MediaRequest request, MediaSessionListener listener, CompletableFuture<MediaSession> opened) {
    try {
      WorkerSession session = session(request, listener);
      sessions.add(session);
      if (closed.get()) {
        session.close();
      }
      // Lost before it was known: nobody else would forget it.
      if (session.isClosed()) {
        forget(session);
      }
      session
          .opened()
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  session.begin();
                  opened.complete(session);
                } else {
                  session.close();
                  opened.completeExceptionally(
                      Failures.typed("Opening " + request.sessionId(), failure));
                }
              });
    } catch (Throwable e) {
      // Whatever it is, also that there are no more threads: nobody else would end this.
      opened.completeExceptionally(Failures.typed("Opening " + request.sessionId(), e));
    }
  }

  private WorkerSession session(MediaRequest request, MediaSessionListener listener) {
    WorkerProcess worker = worker();
    try {
      return new WorkerSession(this, worker, request, listener);
    } finally {
      worker.release();
    }
  }

  private static MediaException closedFailure() {
    return new MediaException(Reason.CLOSED, "The media backend webrtc is closed");
  }

  /** One with a place reserved; started if none has room. On the opener's thread. */
  private WorkerProcess worker() {
    if (closed.get()) {
      throw closedFailure();
    }
    workers.removeIf(WorkerProcess::isLost);
    for (WorkerProcess worker : workers) {
      if (worker.reserve()) {
        return worker;
      }
    }
    return startWorker();
  }

  /** A new one with a place reserved. */
  private WorkerProcess startWorker() {
    WorkerProcess started;
    try {
      started = WorkerProcess.start(settings, audioClock);
    } catch (MediaException e) {
      throw closed.get() ? closedFailure() : e;
    }
    workers.add(started);
    if (closed.get()) {
      started.lose("is not needed any more");
      throw closedFailure();
    }
    return started;
  }

  private void watch() {
    for (WorkerProcess worker : workers()) {
      worker.watch();
      worker.retireIfWorn();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    supervisor.shutdownNow();
    // What was not begun finds the backend closed, and says so.
    opener.shutdownNow().forEach(Runnable::run);
    sessions.forEach(WorkerSession::close);
    CompletableFuture.allOf(
            workers().stream()
                .map(worker -> worker.stop(STOP_WITHIN))
                .toArray(CompletableFuture[]::new))
        .join();
    audioClock.close();
    videoClock.close();
  }
}
