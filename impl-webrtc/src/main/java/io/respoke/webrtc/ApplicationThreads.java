package io.respoke.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what belongs to the application and may block: sinks, listeners. Their number is
 * bounded by the number of sinks and sessions, each of which uses one at a time. While the system
 * gives no more threads ("unable to create native thread"), tasks wait until it does.
 */
final class ApplicationThreads extends ThreadPoolExecutor {
  private static final long IDLE_SECONDS = 2;
  private static final long AGAIN_MILLIS = 100;

  ApplicationThreads(ThreadFactory factory) {
    super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  @Override
  public void execute(Runnable task) {
    try {
      super.execute(task);
    } catch (OutOfMemoryError e) {
      CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, this).execute(task);
    }
  }
}
