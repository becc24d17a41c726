package io.respoke.cdi.runtime;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where asynchronous observers run: on the container's threads, or, where it offers none or
 * refuses, on a few daemon threads that end without work. Tasks see the class loader that was the
 * context's when this was made.
 */
final class ObserverThreads implements Executor, AutoCloseable {
  private static final int THREADS = 8;

  private final Optional<Executor> managed;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);

  ObserverThreads(Optional<Executor> managed) {
    this.managed = managed;
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "respoke-observer-" + number.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    if (managed.isPresent() && !pool.isShutdown()) {
      try {
        managed.get().execute(() -> withLoader(task));
        return;
      } catch (RejectedExecutionException e) {
        // It has stopped before the application has: its own threads do for the rest.
      }
    }
    pool.execute(task);
  }

  private void withLoader(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      task.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
