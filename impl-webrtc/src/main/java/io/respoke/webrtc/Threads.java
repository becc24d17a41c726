package io.respoke.webrtc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
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

  static ExecutorService application() {
    return new ApplicationThreads(named("respoke-webrtc-application"));
  }
}
