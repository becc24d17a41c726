package io.respoke.core.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs its task once, whoever runs it: an executor may throw and run what it was given all the
 * same.
 */
final class Once extends AtomicBoolean implements Runnable {
  private static final long serialVersionUID = 1L;
  private final transient Runnable task;

  Once(Runnable task) {
    this.task = task;
  }

  @Override
  public void run() {
    boolean unused = tryRun();
  }

  /** Runs the task, unless it was run before. */
  boolean tryRun() {
    boolean first = compareAndSet(false, true);
    if (first) {
      task.run();
    }
    return first;
  }

  /** Whoever has it runs it no more. False when it was run before. */
  boolean cancel() {
    return compareAndSet(false, true);
  }
}
