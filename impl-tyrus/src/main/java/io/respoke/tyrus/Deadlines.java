package io.respoke.tyrus;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that watches the deadlines of all transports. It ends when there is nothing to
 * watch, so that it keeps neither a JVM nor a class loader alive.
 */
final class Deadlines {
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private Deadlines() {}

  static ScheduledFuture<?> after(Duration delay, Runnable task) {
    return after(delay.toNanos(), task);
  }

  static ScheduledFuture<?> after(long nanos, Runnable task) {
    return WATCH.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "respoke-tyrus-deadlines");
              thread.setDaemon(true);
              // Not the loader of whoever came first: it may belong to one application of many.
              thread.setContextClassLoader(Deadlines.class.getClassLoader());
              return thread;
            });
    watch.setKeepAliveTime(1, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }
}
