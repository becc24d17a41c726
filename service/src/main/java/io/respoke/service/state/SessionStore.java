package io.respoke.service.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live session tokens. */
public final class SessionStore {
  private final int limit;
  private final Map<String, Session> sessions = new HashMap<>();

  /** An empty store that keeps at most {@code limit} sessions. */
  public SessionStore(int limit) {
    this.limit = limit;
  }

  /** Opens a session; {@code null} when the store is full. */
  public @Nullable Session open(Token token) {
    if (sessions.size() >= limit) {
      return null;
    }
    Session session =
        new Session(
            Ids.upper(),
            token.space(),
            token.endpointId(),
            token.role(),
            token.roleId(),
            token.expiresAt());
    sessions.put(session.token(), session);
    return session;
  }

  /** The session of a token; {@code null} when there is none or it has expired. */
  public @Nullable Session find(String token, long now) {
    Session session = sessions.get(token);
    if (session == null) {
      session = sessions.get(token.toUpperCase(Locale.ROOT));
    }
    return session != null && now < session.expiresAt() ? session : null;
  }

  /** Ends a session. */
  public void close(Session session) {
    sessions.remove(session.token());
  }

  /** Ends all sessions of an app. */
  public void closeAll(AppSpace space) {
    sessions.values().removeIf(session -> session.space() == space);
  }

  /** Removes the sessions that have expired and returns them. */
  public List<Session> expire(long now) {
    List<Session> expired = new ArrayList<>();
    for (Iterator<Session> all = sessions.values().iterator(); all.hasNext(); ) {
      Session session = all.next();
      if (now >= session.expiresAt()) {
        all.remove();
        expired.add(session);
      }
    }
    return expired;
  }

  /** How many are open. */
  public int size() {
    return sessions.size();
  }
}
