package io.respoke.core.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after another, in the order they were given, on threads of an executor. A task
 * sees everything the tasks before it did. No lock is held while a task runs.
 */
public final class SerialContext implements Executor {
  private static final Logger LOG = System.getLogger(SerialContext.class.getName());

  /** After so many tasks in a row the thread is given back, so that other contexts get a turn. */
  private static final int BATCH = 256;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** A context on an executor, which it never shuts down. */
  public SerialContext(Executor executor) {
    this.executor = executor;
  }

  /** Runs the task on the executor, after all tasks given before. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      handOver();
    }
  }

  /**
   * Runs the task after all tasks given before: on this thread if none is waiting or running, else
   * as {@link #execute}. For callers that may spend the time: it saves the hop to another thread,
   * and it slows a fast sender down to the speed of this context.
   */
  public void executeHere(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      drain();
    }
  }

  private void handOver() {
    Once drain = new Once(this::drain);
    try {
      executor.execute(drain);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The executor's owner has shut it down, or the system gives it no more threads. Tasks settle
      // requests that callers wait for, so they are run here rather than lost: with tasks waiting
      // and nobody to run them, no later one would be handed over either. They are the client's own
      // and short; the application's code goes on to its executor from here too.
      if (!drain.tryRun()) {
        throw e; // it has run them, and this is of something else
      }
    }
  }

  private void drain() {
    int done = 0;
    do {
      if (done == BATCH) {
        handOver();
        return;
      }
      Runnable task = tasks.poll();
      if (task != null) {
        run(task);
      }
      done++;
    } while (waiting.decrementAndGet() > 0);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "A task of a Respoke client failed", e);
    }
  }
}
