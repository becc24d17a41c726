package io.respoke.webrtc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes this module's threads. */
final class Threads {
  private Threads() {}

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // Not the loader of whoever came first: it may belong to one application of many.
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }

  static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> daemon(task, prefix + "-" + count.incrementAndGet());
  }

  /**
   * Threads for what belongs to the application and may block: sinks, listeners. Their number is
   * bounded by the number of sinks and sessions, each of which uses one at a time.
   */
  static ExecutorService pool(String prefix) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 2, TimeUnit.SECONDS, new SynchronousQueue<>(), named(prefix));
  }
}
