package io.respoke.service.state;

import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one app. Bounded: beyond the limit the one that was quiet longest is forgotten,
 * and its signals are relayed as those of any session the service does not know.
 */
public final class CallSessions {
  /** How long an ended session is remembered, so that late signals are not relayed. */
  static final long MEMORY_MILLIS = 60_000;

  /**
   * A session that the service has ended.
   *
   * @param session which
   * @param lost the side that has gone and need not be told, or {@code null} when nobody answered
   */
  public record Ended(CallSession session, @Nullable Side lost) {}

  private final int limit;
  private final Map<String, CallSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private long forgotten;

  /** An empty table. */
  public CallSessions(int limit) {
    this.limit = limit;
  }

  /** A session, or {@code null} when the service does not know it. */
  public @Nullable CallSession find(String id) {
    return sessions.get(id);
  }

  /** Begins a session. */
  public CallSession begin(String id, String target, Party caller, Party callee, long now) {
    CallSession session = new CallSession(id, target, caller, callee, now);
    sessions.put(id, session);
    if (sessions.size() > limit) {
      Iterator<CallSession> oldest = sessions.values().iterator();
      if (!oldest.next().ended()) {
        forgotten++;
      }
      oldest.remove();
    }
    return session;
  }

  /**
   * Ends the sessions that have rung for too long or have lost a side, and forgets old ones.
   *
   * @param ringing how long a session may go without an answer, in milliseconds
   * @param grace how long a connection that takes part may be gone, in milliseconds
   */
  public List<Ended> sweep(ConnectionRegistry registry, long ringing, long grace, long now) {
    Predicate<String> connected = connection -> registry.byId(connection) != null;
    Predicate<String> endpointConnected = endpoint -> !registry.of(endpoint).isEmpty();
    List<Ended> over = new ArrayList<>();
    for (Iterator<CallSession> all = sessions.values().iterator(); all.hasNext(); ) {
      CallSession session = all.next();
      if (session.ended()) {
        if (now - session.endedAt() >= MEMORY_MILLIS) {
          all.remove();
        }
        continue;
      }
      Side lost = session.lost(connected, endpointConnected, grace, now);
      if (lost != null || session.ringsSince(now - ringing)) {
        session.end(now);
        over.add(new Ended(session, lost));
      }
    }
    return over;
  }

  /** The live sessions with a conference, answered or not. */
  public List<CallSession> ofConference(String conferenceId) {
    List<CallSession> found = new ArrayList<>();
    for (CallSession session : sessions.values()) {
      Party callee = session.party(Side.CALLEE);
      if (!session.ended()
          && callee.type().equals("conference")
          && callee.address().equals(conferenceId)) {
        found.add(session);
      }
    }
    return found;
  }

  /**
   * All that are known, ended ones among them, as a copy; the one that was busy last comes first.
   */
  public List<CallSession> newest() {
    List<CallSession> all = new ArrayList<>(sessions.values());
    Collections.reverse(all);
    return all;
  }

  /** How many are known, ended ones among them. */
  public int size() {
    return sessions.size();
  }

  /** How many are ringing or answered. */
  public int live() {
    int live = 0;
    for (CallSession session : sessions.values()) {
      if (!session.ended()) {
        live++;
      }
    }
    return live;
  }

  /** How many live ones were forgotten because there were too many. */
  public long forgotten() {
    return forgotten;
  }
}
