package io.respoke.core.event;

import io.respoke.OverflowPolicy;
import io.respoke.event.RespokeEvent;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One source of events (the client, an endpoint, a group, a call, a direct connection): its own
 * listeners, those of its parent (a call's endpoint), and a bounded queue from which events are
 * delivered one after another on the callback executor.
 */
public final class EventSource {
  /** How events are delivered, and whom to tell when that is too slow. */
  public interface Outlet {
    /** Delivers one event; on the callback executor. Never throws. */
    void deliver(EventSource source, RespokeEvent event);

    /**
     * An event did not fit; called with no lock held.
     *
     * @param first whether it is the first one since the queue was empty
     */
    void overflowed(EventSource source, boolean first);

    /** The queue is empty again after {@code dropped} events were lost. */
    void recovered(EventSource source, long dropped);
  }

  /** An event that is never dropped, however many wait. */
  private record Forced(RespokeEvent event) {}

  /** After so many events in a row the thread is given back. */
  private static final int BATCH = 256;

  private final String name;
  private final @Nullable EventSource parent;
  private final Listeners listeners = new Listeners();
  private final Executor executor;
  private final Outlet outlet;
  private final int limit;
  private final OverflowPolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  // events, those that must not be dropped as Forced, and tasks that follow them
  private final ArrayDeque<Object> queue = new ArrayDeque<>(4);
  private int droppable;
  private boolean delivering;
  private long dropped;

  EventSource(
      String name,
      @Nullable EventSource parent,
      Executor executor,
      Outlet outlet,
      int limit,
      OverflowPolicy policy) {
    this.name = name;
    this.parent = parent;
    this.executor = executor;
    this.outlet = outlet;
    this.limit = limit;
    this.policy = policy;
  }

  public String name() {
    return name;
  }

  /** Whose listeners hear its events too. */
  @Nullable EventSource parent() {
    return parent;
  }

  public Listeners listeners() {
    return listeners;
  }

  public int waiting() {
    lock.lock();
    try {
      return queue.size() + (delivering ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues an event for delivery, as the policy says.
   *
   * @return false when it was not taken and the connection is to be dropped for that
   */
  public boolean offer(RespokeEvent event) {
    return add(event, false);
  }

  /**
   * Queues an event even if the queue is full, and keeps it whatever comes after it; for events
   * about the queue itself, and for those that say where a session is.
   */
  public void force(RespokeEvent event) {
    add(new Forced(event), true);
  }

  /** Runs a task after everything that was queued before has been delivered. */
  public void then(Runnable task) {
    add(task, true);
  }

  private boolean add(Object event, boolean force) {
    boolean start;
    boolean overflow = false;
    boolean first = false;
    lock.lock();
    try {
      if (queue.size() >= limit && !force) {
        overflow = true;
        first = dropped == 0;
        switch (policy) {
          case DROP_OLDEST -> {
            if (dropOldest()) {
              queue.add(event);
            }
            dropped++;
          }
          case DROP_NEWEST, DISCONNECT -> dropped++;
        }
      } else {
        queue.add(event);
        if (!force) {
          droppable++;
        }
      }
      start = !delivering && !queue.isEmpty();
      delivering |= start;
    } finally {
      lock.unlock();
    }
    if (overflow) {
      outlet.overflowed(this, first);
    }
    if (start) {
      executor.execute(this::deliver);
    }
    return !overflow || policy != OverflowPolicy.DISCONNECT;
  }

  /** Makes room for the newest; if nothing that waits may be dropped, the newest is. */
  private boolean dropOldest() {
    for (Iterator<Object> all = queue.iterator(); droppable > 0 && all.hasNext(); ) {
      if (all.next() instanceof RespokeEvent) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  private void deliver() {
    for (int i = 0; i < BATCH; i++) {
      Object next = next();
      if (next == null) {
        return;
      }
      if (next instanceof RespokeEvent event) {
        outlet.deliver(this, event);
      } else if (next instanceof Forced forced) {
        outlet.deliver(this, forced.event());
      } else if (next instanceof Runnable task) {
        task.run();
      }
    }
    executor.execute(this::deliver);
  }

  private @Nullable Object next() {
    long lost;
    lock.lock();
    try {
      Object next = queue.poll();
      if (next != null) {
        if (next instanceof RespokeEvent) {
          droppable--;
        }
        return next;
      }
      delivering = false;
      lost = dropped;
      dropped = 0;
    } finally {
      lock.unlock();
    }
    if (lost > 0) {
      outlet.recovered(this, lost);
    }
    return null;
  }
}
