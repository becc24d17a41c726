package io.respoke.core.scenario;

import io.respoke.core.runtime.Cancellable;
import io.respoke.core.runtime.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Time that stands still until the test moves it. For one thread. */
final class ManualScheduler implements Scheduler {
  /** The wall clock at time 0. */
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private record Key(long at, long order) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final TreeMap<Key, Runnable> timers = new TreeMap<>();
  private long now;
  private long orders;

  @Override
  public long now() {
    return now;
  }

  @Override
  public Instant wallClock() {
    return EPOCH.plusMillis(now);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Key key = new Key(now + delay.toMillis(), orders++);
    timers.put(key, task);
    return () -> timers.remove(key);
  }

  /** Runs what becomes due, each at its own time. */
  void advance(Duration duration) {
    long target = now + duration.toMillis();
    while (!timers.isEmpty() && timers.firstKey().at <= target) {
      Key key = timers.firstKey();
      now = key.at;
      timers.remove(key).run();
    }
    now = target;
  }

  void advance(long millis) {
    advance(Duration.ofMillis(millis));
  }

  /** How long until each timer that is set, in milliseconds. */
  List<Long> pending() {
    List<Long> pending = new ArrayList<>();
    timers.keySet().forEach(key -> pending.add(key.at - now));
    return pending;
  }
}
