package io.respoke.core.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows which request an answer belongs to, until when it is waited for, and when a rate-limited
 * one may be sent again. Pure: time is an argument. Every request that was added leaves exactly
 * once: by {@link #settle}, {@link #expire} or {@link #drain}.
 *
 * @param <T> what the owner knows a request by
 */
final class RequestCorrelator<T> {
  /**
   * A request.
   *
   * @param ticket what the owner knows it by
   * @param transmissions how often it was sent
   * @param deadline until when it is waited for
   */
  record Pending<T>(T ticket, int transmissions, long deadline) {}

  private record Parked<T>(Pending<T> pending, long due) {}

  private final Map<Long, Pending<T>> sent = new LinkedHashMap<>();
  private final List<Parked<T>> parked = new ArrayList<>();
  private long lastId;
  private long lastSlot = Long.MIN_VALUE;

  /** How many requests are under way. */
  int size() {
    return sent.size() + parked.size();
  }

  /** Takes a request that is about to be sent; returns its ack id. Ids start at 1. */
  long add(T ticket, long deadline) {
    return add(new Pending<>(ticket, 1, deadline));
  }

  private long add(Pending<T> pending) {
    long id = ++lastId;
    sent.put(id, pending);
    return id;
  }

  /** The request an answer belongs to, which is then no longer pending; {@code null} for none. */
  @Nullable Pending<T> settle(long id) {
    return sent.remove(id);
  }

  /**
   * Keeps a request that met the rate limit, to be sent again. Requests are spread at the interval
   * in which one becomes free, so that they do not meet the limit again all at once.
   *
   * @return how long it waits
   */
  long park(Pending<T> pending, long now, long interval) {
    long slot = lastSlot == Long.MIN_VALUE ? now : Math.max(now, lastSlot);
    lastSlot = slot + interval;
    parked.add(new Parked<>(pending, lastSlot));
    return lastSlot - now;
  }

  /** The parked requests whose time has come, taken again, by their new ids, oldest first. */
  Map<Long, T> resend(long now) {
    Map<Long, T> again = new LinkedHashMap<>();
    for (Iterator<Parked<T>> all = parked.iterator(); all.hasNext(); ) {
      Parked<T> one = all.next();
      if (one.due() <= now) {
        all.remove();
        Pending<T> pending = one.pending();
        long id =
            add(new Pending<>(pending.ticket(), pending.transmissions() + 1, pending.deadline()));
        again.put(id, pending.ticket());
      }
    }
    return again;
  }

  /** The requests whose deadline has passed; they are no longer pending. */
  List<T> expire(long now) {
    List<T> expired = new ArrayList<>();
    sent.values()
        .removeIf(
            pending -> {
              boolean over = pending.deadline() <= now;
              if (over) {
                expired.add(pending.ticket());
              }
              return over;
            });
    parked.removeIf(
        one -> {
          boolean over = one.pending().deadline() <= now;
          if (over) {
            expired.add(one.pending().ticket());
          }
          return over;
        });
    return expired;
  }

  /** When something is due: a deadline or a parked request. */
  OptionalLong nextDue() {
    long next = Long.MAX_VALUE;
    for (Pending<T> pending : sent.values()) {
      next = Math.min(next, pending.deadline());
    }
    for (Parked<T> one : parked) {
      next = Math.min(next, Math.min(one.due(), one.pending().deadline()));
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** All requests; none is pending afterwards. */
  List<Pending<T>> drain() {
    List<Pending<T>> all = new ArrayList<>(sent.values());
    parked.forEach(one -> all.add(one.pending()));
    sent.clear();
    parked.clear();
    return all;
  }
}
