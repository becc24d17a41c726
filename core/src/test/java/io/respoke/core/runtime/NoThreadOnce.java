package io.respoke.core.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** An executor to which the system gives no thread the first time, as a pool shows it. */
final class NoThreadOnce implements Executor {
  private final Executor executor;
  private final AtomicBoolean thrown = new AtomicBoolean();

  NoThreadOnce(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    if (thrown.compareAndSet(false, true)) {
      throw new OutOfMemoryError("unable to create native thread: expected by the test");
    }
    executor.execute(task);
  }
}
