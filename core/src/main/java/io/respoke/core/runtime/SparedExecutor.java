package io.respoke.core.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

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
    } catch (RuntimeException e) { // not all of them throw RejectedExecutionException
      if (once.get()) {
        throw e;
      }
      spare.execute(once);
    }
  }

  /** Runs its task once, whoever runs it: an executor may throw and run it all the same. */
  private static final class Once extends AtomicBoolean implements Runnable {
    private static final long serialVersionUID = 1L;
    private final transient Runnable task;

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (compareAndSet(false, true)) {
        task.run();
      }
    }
  }
}
