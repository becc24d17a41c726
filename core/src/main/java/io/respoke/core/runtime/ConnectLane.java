package io.respoke.core.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
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
  private final Map<String, Queue<Runnable>> queues = new LinkedHashMap<>();
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

  /** Runs work for an address when a thread is free for it. */
  public void execute(String address, Runnable work) {
    lock.lock();
    try {
      queues.computeIfAbsent(address, a -> new ArrayDeque<>()).add(work);
    } finally {
      lock.unlock();
    }
    startMore();
  }

  private void startMore() {
    for (Runnable next = next(); next != null; next = next()) {
      threads.execute(next);
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      if (total >= limit) {
        return null;
      }
      for (Map.Entry<String, Queue<Runnable>> entry : queues.entrySet()) {
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

  private Runnable take(String address, Queue<Runnable> queue) {
    Runnable work = queue.remove();
    queues.remove(address);
    if (!queue.isEmpty()) {
      queues.put(address, queue); // to the end: the next address has its turn
    }
    running.merge(address, 1, Integer::sum);
    total++;
    return () -> {
      try {
        work.run();
      } finally {
        done(address);
      }
    };
  }

  private void done(String address) {
    lock.lock();
    try {
      total--;
      running.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
    startMore();
  }
}
