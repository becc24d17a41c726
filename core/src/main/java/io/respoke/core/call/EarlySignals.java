package io.respoke.core.call;

import io.respoke.protocol.Candidate;
import io.respoke.protocol.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came for sessions that are not there (protocol-calls §8 #9, §8.1.1): candidates that
 * overtook their offer are kept for a while, and sessions that have ended are remembered, so that a
 * late offer does not ring. Both bounded. Pure; times are milliseconds of any clock that goes
 * forward.
 */
final class EarlySignals {
  static final int SESSIONS = 64;
  static final int CANDIDATES = 128;
  static final long CANDIDATES_MILLIS = 30_000;
  static final int ENDED = 1024;
  static final long ENDED_MILLIS = 60_000;

  private record Early(long since, List<Kept> signals) {}

  /** A signal and who sent it. */
  record Kept(Signal.IceCandidates signal, CallMachine.Sender sender) {}

  private final Map<String, Early> early = new LinkedHashMap<>();
  private final Map<String, Long> ended = new LinkedHashMap<>();

  /** Keeps candidates of a session that may still be offered. */
  void keep(Signal.IceCandidates signal, CallMachine.Sender sender, long now) {
    expire(now);
    String id = signal.sessionId();
    if (ended.containsKey(id)) {
      return;
    }
    Early session = early.get(id);
    if (session == null) {
      if (early.size() >= SESSIONS) {
        early.remove(early.keySet().iterator().next());
      }
      session = new Early(now, new ArrayList<>());
      early.put(id, session);
    }
    int kept = session.signals().stream().mapToInt(one -> one.signal().candidates().size()).sum();
    List<Candidate> candidates = signal.candidates();
    boolean fits = kept + candidates.size() <= CANDIDATES && session.signals().size() < CANDIDATES;
    if (fits) {
      session.signals().add(new Kept(signal, sender));
    }
  }

  /** What was kept of a session that is offered now. */
  List<Kept> take(String sessionId, long now) {
    expire(now);
    Early session = early.remove(sessionId);
    return session == null ? List.of() : List.copyOf(session.signals());
  }

  /** A session has ended, or was ended before it began. */
  void ended(String sessionId, long now) {
    expire(now);
    early.remove(sessionId);
    if (ended.size() >= ENDED) {
      ended.remove(ended.keySet().iterator().next());
    }
    ended.put(sessionId, now);
  }

  /** Whether a session has ended lately. */
  boolean hasEnded(String sessionId, long now) {
    expire(now);
    return ended.containsKey(sessionId);
  }

  private void expire(long now) {
    early.values().removeIf(session -> now - session.since() >= CANDIDATES_MILLIS);
    ended.values().removeIf(since -> now - since >= ENDED_MILLIS);
  }
}
