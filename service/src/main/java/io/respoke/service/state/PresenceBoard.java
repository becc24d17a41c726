package io.respoke.service.state;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who observes whose presence, by endpoint: respoke.js never registers its observers again after a
 * reconnect, so they outlive the connection (protocol-wire §6.2).
 */
public final class PresenceBoard {
  private final int limit;
  private final Map<String, Set<String>> observers = new HashMap<>();
  private final Map<String, Set<String>> observed = new HashMap<>();
  private final Map<String, Long> forgetAt = new HashMap<>();

  /** An empty board on which one endpoint observes at most {@code limit} others. */
  public PresenceBoard(int limit) {
    this.limit = limit;
  }

  /** Adds observed endpoints; false, and nothing added, when that would exceed the limit. */
  public boolean observe(String observer, Set<String> endpoints) {
    Set<String> mine = observed.computeIfAbsent(observer, o -> new LinkedHashSet<>());
    long added = endpoints.stream().filter(endpoint -> !mine.contains(endpoint)).count();
    if (mine.size() + added > limit) {
      return false;
    }
    for (String endpoint : endpoints) {
      if (mine.add(endpoint)) {
        observers.computeIfAbsent(endpoint, e -> new LinkedHashSet<>()).add(observer);
      }
    }
    return true;
  }

  /** The endpoints that observe this one. */
  public Set<String> observersOf(String endpoint) {
    return Collections.unmodifiableSet(observers.getOrDefault(endpoint, Set.of()));
  }

  /** The endpoints that this one observes. */
  public Set<String> observedBy(String observer) {
    return Collections.unmodifiableSet(observed.getOrDefault(observer, Set.of()));
  }

  /** Forgets all that an endpoint observes. */
  public void forget(String observer) {
    forgetAt.remove(observer);
    Set<String> mine = observed.remove(observer);
    if (mine == null) {
      return;
    }
    for (String endpoint : mine) {
      Set<String> others = observers.get(endpoint);
      if (others != null) {
        others.remove(observer);
        if (others.isEmpty()) {
          observers.remove(endpoint);
        }
      }
    }
  }

  /** Lets an endpoint that was lost come back until the given time. */
  public void forgetAt(String observer, long time) {
    if (observed.containsKey(observer)) {
      forgetAt.put(observer, time);
    }
  }

  /** The endpoint has come back. */
  public void keep(String observer) {
    forgetAt.remove(observer);
  }

  /** Forgets the endpoints that did not come back in time. */
  public void sweep(long now) {
    Set<String> due = new LinkedHashSet<>();
    forgetAt.forEach(
        (observer, time) -> {
          if (now >= time) {
            due.add(observer);
          }
        });
    due.forEach(this::forget);
  }

  /** How many pairs of observer and observed there are. */
  public int size() {
    int size = 0;
    for (Set<String> set : observed.values()) {
      size += set.size();
    }
    return size;
  }
}
