package io.respoke.service.edge;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The socket ids of clients that are to be told on the opened transport that they are not welcome
 * (protocol-wire R-5). Only the ids are kept, apart from the sessions: however many there are, no
 * session goes without its place, and the oldest id is forgotten first.
 */
final class RefusedHandshakes {
  private final int limit;
  private final long keptMillis;
  private final Map<String, Long> forgottenAt = new LinkedHashMap<>();

  /** Keeps so many ids, each for so long. */
  RefusedHandshakes(int limit, Duration kept) {
    this.limit = limit;
    this.keptMillis = kept.toMillis();
  }

  /** Remembers an id. */
  void add(String sid, long now) {
    Iterator<Long> oldestFirst = forgottenAt.values().iterator();
    while (oldestFirst.hasNext() && (oldestFirst.next() <= now || forgottenAt.size() >= limit)) {
      oldestFirst.remove();
    }
    forgottenAt.put(sid, now + keptMillis);
  }

  /** Whether an id is here; it is forgotten by the question. */
  boolean take(String sid, long now) {
    Long until = forgottenAt.remove(sid);
    return until != null && until > now;
  }

  /** How many ids are kept. */
  int size() {
    return forgottenAt.size();
  }
}
