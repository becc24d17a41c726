package io.respoke.core.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads for work that may block for long: connects and name look-ups. Bounded, and fair between
 * addresses: each address may use only a share of the threads, and free threads go to addresses in
 * turn, so that a host that swallows connects does not hold up the others.
 *
 * <p>Time spent waiting here counts against the caller's own deadline; work whose caller has given
 * up should find that out and return at once.
 */
public final class ConnectLane {
  private final Executor threads;
  private final int limit;
  private final int limitPerAddress;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Deque<Work>> queues = new LinkedHashMap<>();
  private final Map<String, Integer> running = new HashMap<>();
  private int total;

  /**
   * A lane.
   *
   * @param threads where the work runs; must have at least {@code limit} threads to give
   */
  public ConnectLane(Executor threads, int limit, int limitPerAddress) {
    this.threads = threads;
    this.limit = limit;
    this.limitPerAddress = limitPerAddress;
  }

  /**
   * Runs work for an address when a thread is free for it.
   *
   * @return calls it off: work that waits is not begun, and the thread of work that has begun is
   *     interrupted
   */
  public Cancellable execute(String address, Runnable task) {
    Work work = new Work(address, task);
    lock.lock();
    try {
      queues.computeIfAbsent(address, a -> new ArrayDeque<>()).add(work);
    } finally {
      lock.unlock();
    }
    startMore();
    return work;
  }

  private void startMore() {
    for (Work next = next(); next != null; next = next()) {
      try {
        threads.execute(next);
      } catch (RejectedExecutionException e) {
        // The threads are gone, and with them all who wait; the task finds out and tells its owner.
        next.run();
      } catch (OutOfMemoryError e) {
        // The system gives no more threads. The work may block, so this thread is not for it: it
        // waits for the next that comes or ends. Its caller's deadline goes on, and a caller who
        // gives up and tries again is the next that comes.
        if (!putBack(next)) {
          throw e; // of the work itself, on an executor that runs it at once
        }
        return;
      }
    }
  }

  private @Nullable Work next() {
    lock.lock();
    try {
      if (total >= limit) {
        return null;
      }
      for (Map.Entry<String, Deque<Work>> entry : queues.entrySet()) {
        String address = entry.getKey();
        if (running.getOrDefault(address, 0) < limitPerAddress) {
          return take(address, entry.getValue());
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Work take(String address, Deque<Work> queue) {
    Work work = queue.remove();
    queues.remove(address);
    if (!queue.isEmpty()) {
      queues.put(address, queue); // to the end: the next address has its turn
    }
    running.merge(address, 1, Integer::sum);
    total++;
    return work;
  }

  private void done(String address) {
    lock.lock();
    try {
      free(address);
    } finally {
      lock.unlock();
    }
    startMore();
  }

  private void free(String address) {
    total--;
    running.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Makes it the next of its address again, unless it was called off. False when it has begun and
   * cannot be put back.
   */
  private boolean putBack(Work work) {
    if (work.hasBegun()) {
      return false;
    }
    lock.lock();
    try {
      free(work.address);
      if (!work.isCancelled()) {
        queues.computeIfAbsent(work.address, a -> new ArrayDeque<>()).addFirst(work);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Work work) {
    lock.lock();
    try {
      Deque<Work> queue = queues.get(work.address);
      if (queue != null && queue.remove(work) && queue.isEmpty()) {
        queues.remove(work.address);
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Work implements Runnable, Cancellable {
    final String address;
    private final Runnable task;
    private boolean begun;
    private boolean cancelled;
    private @Nullable Thread thread;

    Work(String address, Runnable task) {
      this.address = address;
      this.task = task;
    }

    @Override
    public void run() {
      try {
        if (begin()) {
          try {
            task.run();
          } finally {
            end();
          }
        }
      } finally {
        done(address);
      }
    }

    synchronized boolean isCancelled() {
      return cancelled;
    }

    synchronized boolean hasBegun() {
      return begun;
    }

    private synchronized boolean begin() {
      begun = true;
      if (!cancelled) {
        thread = Thread.currentThread();
      }
      return !cancelled;
    }

    private synchronized void end() {
      thread = null;
      if (cancelled) {
        // The interrupt was meant for the task, not for what the thread does next.
        boolean unused = Thread.interrupted();
      }
    }

    @Override
    public void cancel() {
      synchronized (this) {
        cancelled = true;
        if (thread != null) {
          thread.interrupt();
        }
      }
      remove(this);
    }
  }
}
