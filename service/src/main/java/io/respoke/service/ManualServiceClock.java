package io.respoke.service;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is told to move. Thread-safe.
 *
 * <p>When {@link #advance} returns, everything that was due has happened in the service; what it
 * sent may still be on its way to the clients.
 */
public final class ManualServiceClock implements ServiceClock {
  private record Entry(long at, long order, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long now;
  private long orders;

  /** A clock that stands at 2026-01-01T00:00:00Z. */
  public ManualServiceClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** A clock that stands at the given time. */
  public ManualServiceClock(Instant start) {
    now = start.toEpochMilli();
  }

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public synchronized Task schedule(Duration delay, Runnable task) {
    Entry entry = new Entry(now + Math.max(0, delay.toMillis()), orders++, task);
    entries.add(entry);
    return () -> remove(entry);
  }

  private synchronized void remove(Entry entry) {
    entries.remove(entry);
  }

  /**
   * Moves the clock and runs what becomes due, each task at its own time, in order, on this thread.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + duration);
    }
    long target = now() + duration.toMillis();
    for (Entry due = next(target); due != null; due = next(target)) {
      due.task.run();
    }
  }

  private synchronized @Nullable Entry next(long target) {
    Entry first = entries.peek();
    if (first == null || first.at > target) {
      now = Math.max(now, target);
      return null;
    }
    now = Math.max(now, first.at);
    return entries.remove();
  }
}
