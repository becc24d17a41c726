package io.respoke.media;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where stages of sources are completed, so that what applications chain to them does not run on a
 * media backend's thread. Daemons that end after some seconds without work; what waits is at most
 * one task for each source that is ending.
 */
final class CallbackThreads {
  private static final int MAX_THREADS = 16;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  static final Executor EXECUTOR = executor();

  private CallbackThreads() {}

  private static Executor executor() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            CallbackThreads::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "respoke-media-" + NUMBER.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    // not that of the application that happens to be first
    thread.setContextClassLoader(CallbackThreads.class.getClassLoader());
    return thread;
  }
}
