package io.respoke.cdi.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where asynchronous observers run when the container offers nothing: a few daemon threads that end
 * without work. Tasks see the class loader that was the context's when this was made.
 */
final class ObserverThreads implements Executor, AutoCloseable {
  private static final int THREADS = 8;

  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);

  ObserverThreads() {
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
    pool.execute(task);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
