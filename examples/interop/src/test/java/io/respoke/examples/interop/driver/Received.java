package io.respoke.examples.interop.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The events a client has reported and no test step has taken yet, oldest first.
 *
 * @param <E> the kind of event
 */
public final class Received<E> {
  /** How long a step waits; long, because it is only ever spent by a test that fails. */
  public static final Duration DEADLINE = Duration.ofSeconds(60);

  private final String source;
  private final List<E> events = new ArrayList<>();

  /** An empty list; {@code source} names the client in failures. */
  public Received(String source) {
    this.source = source;
  }

  /** Appends an event and wakes whoever waits for it. */
  public synchronized void add(E event) {
    events.add(event);
    notifyAll();
  }

  /**
   * Takes out the oldest event that {@code wanted} accepts, waiting for it if it is not there.
   *
   * @throws AssertionError after {@link #DEADLINE}, with the events that did come
   */
  public synchronized E await(String what, Predicate<? super E> wanted) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      for (Iterator<E> each = events.iterator(); each.hasNext(); ) {
        E event = each.next();
        if (wanted.test(event)) {
          each.remove();
          return event;
        }
      }
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        throw new AssertionError(
            source + ": no " + what + " within " + DEADLINE + "; there is " + events);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(source + ": interrupted while waiting for " + what, e);
      }
    }
  }

  /** The events not taken yet. */
  public synchronized List<E> rest() {
    return List.copyOf(events);
  }
}
