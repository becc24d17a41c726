package io.respoke.core.runtime;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Makes a {@link ThreadPoolExecutor} take an idle thread before it starts another one, and start
 * another one before a task waits. By itself it does either the first or the second, never both.
 */
final class IdleFirstQueue extends LinkedTransferQueue<Runnable> {
  private static final long serialVersionUID = 1L;

  /** Takes a task only when a thread waits for one; else the pool starts a thread. */
  @Override
  public boolean offer(Runnable task) {
    return tryTransfer(task);
  }

  /** What the pool does when it has all its threads: the task waits. */
  void addLast(Runnable task, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("The pool is shut down");
    }
    put(task);
    if (pool.isShutdown() && remove(task)) {
      throw new RejectedExecutionException("The pool is shut down");
    }
  }
}
