package io.respoke.cdi.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another for each source, and those of different sources side by side. Each
 * source may have so many waiting; what is more is refused. A source without tasks costs nothing.
 */
final class AsyncLanes {
  private static final Logger LOG = System.getLogger(AsyncLanes.class.getName());

  private final Executor executor;
  private final int limit;
  private final Map<Object, Queue<Runnable>> waiting = new HashMap<>();

  AsyncLanes(Executor executor, int limit) {
    this.executor = executor;
    this.limit = limit;
  }

  /**
   * Queues a task of a source.
   *
   * @return false when too many wait
   * @throws RejectedExecutionException if the executor takes nothing any more; the task is not kept
   */
  boolean add(Object source, Runnable task) {
    boolean start = false;
    synchronized (waiting) {
      Queue<Runnable> lane = waiting.get(source);
      if (lane == null) {
        lane = new ArrayDeque<>();
        waiting.put(source, lane);
        start = true;
      } else if (lane.size() >= limit) {
        return false;
      }
      lane.add(task);
    }
    if (start) {
      start(source);
    }
    return true;
  }

  private void start(Object source) {
    try {
      handOver(source);
    } catch (OutOfMemoryError e) {
      // The system gives no more threads. This one is the application's own and delivers events: it
      // may be slow, and what is queued here would wait for ever.
      workOn(source);
    } catch (RuntimeException e) {
      // Nobody will work in this lane: the next task of the source must make another one.
      synchronized (waiting) {
        waiting.remove(source);
      }
      throw e instanceof RejectedExecutionException rejected
          ? rejected
          : new RejectedExecutionException("The executor of asynchronous observers failed", e);
    }
  }

  /**
   * Queues a task behind all that wait for a source, however many those are.
   *
   * @return false when none waits or runs
   */
  boolean addLast(Object source, Runnable task) {
    synchronized (waiting) {
      Queue<Runnable> lane = waiting.get(source);
      return lane != null && lane.add(task);
    }
  }

  private void work(Object source) {
    Runnable task = next(source, false);
    try {
      if (task != null) {
        task.run();
      }
    } finally {
      // One task for each turn, so that one source does not keep a thread from the others.
      if (next(source, true) != null) {
        again(source);
      }
    }
  }

  private void again(Object source) {
    try {
      handOver(source);
    } catch (RuntimeException | OutOfMemoryError e) {
      workOn(source); // there is no other thread, and the others wait
    }
  }

  /**
   * One turn on a thread of the executor, which may throw and take what it was given all the same.
   */
  private void handOver(Object source) {
    AtomicBoolean taken = new AtomicBoolean();
    try {
      executor.execute(
          () -> {
            if (taken.compareAndSet(false, true)) {
              work(source);
            }
          });
    } catch (RuntimeException | OutOfMemoryError e) {
      if (taken.compareAndSet(false, true)) {
        throw e;
      }
      // It had its turn before the executor failed, or failed itself on one that runs it at once.
      LOG.log(Level.WARNING, "Asynchronous observers failed", e);
    }
  }

  private void workOn(Object source) {
    for (Runnable task = next(source, false); task != null; task = next(source, true)) {
      try {
        task.run();
      } catch (RuntimeException | Error e) { // each of the others has its turn all the same
        LOG.log(Level.WARNING, "Asynchronous observers failed", e);
      }
    }
  }

  /** The task whose turn it is; with {@code done}, after taking away the one that has run. */
  private @Nullable Runnable next(Object source, boolean done) {
    synchronized (waiting) {
      Queue<Runnable> lane = waiting.get(source);
      if (lane == null) {
        return null;
      }
      if (done) {
        lane.poll();
      }
      Runnable next = lane.peek();
      if (next == null) {
        waiting.remove(source);
      }
      return next;
    }
  }
}
