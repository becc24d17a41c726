package io.respoke.core.runtime;

import java.util.concurrent.Executor;

/**
 * An application's executor, and a spare one for what it does not take: somebody may wait for it.
 */
final class SparedExecutor implements Executor {
  private final Executor executor;
  private final Executor spare;

  SparedExecutor(Executor executor, Executor spare) {
    this.executor = executor;
    this.spare = spare;
  }

  @Override
  public void execute(Runnable task) {
    Once once = new Once(task);
    try {
      executor.execute(once);
    } catch (RuntimeException | OutOfMemoryError e) {
      // Not all of them throw RejectedExecutionException, and a pool throws this error on when the
      // system gives it no more threads.
      if (!once.cancel()) {
        throw e;
      }
      spare.execute(task);
    }
  }
}
