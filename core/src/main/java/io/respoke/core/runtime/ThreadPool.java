package io.respoke.core.runtime;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that come when they are needed, up to a number, and go when they are not. Tasks wait when
 * there are no more to be had: because the pool has all it may have, or because the system gives it
 * none ("unable to create native thread"). Only a pool that has not a single thread then throws
 * that error on; the task is not kept.
 */
final class ThreadPool extends ThreadPoolExecutor {
  private static final long IDLE_SECONDS = 10;

  private final IdleFirstQueue waiting;

  ThreadPool(int threads, ThreadFactory factory) {
    this(threads, factory, new IdleFirstQueue());
  }

  private ThreadPool(int threads, ThreadFactory factory, IdleFirstQueue waiting) {
    super(
        0,
        threads,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        factory,
        (task, pool) -> waiting.addLast(task, pool));
    this.waiting = waiting;
  }

  @Override
  public void execute(Runnable task) {
    try {
      super.execute(task);
    } catch (OutOfMemoryError e) {
      if (getPoolSize() == 0) {
        throw e;
      }
      waiting.addLast(task, this);
      if (getPoolSize() == 0 && remove(task)) {
        throw e; // the last thread has gone meanwhile
      }
    }
  }
}
