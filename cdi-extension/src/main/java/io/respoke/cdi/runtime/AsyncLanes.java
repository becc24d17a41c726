package io.respoke.cdi.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another for each source, and those of different sources side by side. Each
 * source may have so many waiting; what is more is refused. A source without tasks costs nothing.
 */
final class AsyncLanes {
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
      executor.execute(() -> work(source));
    }
    return true;
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
        executor.execute(() -> work(source));
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
