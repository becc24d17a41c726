package io.respoke.service.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in to the console. A browser has a cookie; its Admin-Token never leaves the
 * service. Time is an argument.
 */
public final class ConsoleSessions {
  /** How long a session lasts that nobody uses. */
  public static final long IDLE_MILLIS = 30 * 60_000L;

  /** How long a session lasts at most. */
  public static final long LONGEST_MILLIS = 12 * 60 * 60_000L;

  private static final int LIMIT = 1_000;

  /** One session. */
  public static final class Session {
    private final String user;
    private final String adminToken;
    private final String proof = Ids.lower();
    private final long openedAt;
    private long usedAt;

    Session(String user, String adminToken, long now) {
      this.user = user;
      this.adminToken = adminToken;
      this.openedAt = now;
      this.usedAt = now;
    }

    /** Who has signed in. */
    public String user() {
      return user;
    }

    /** The Admin-Token that its requests are made with. */
    public String adminToken() {
      return adminToken;
    }

    /** What requests that change something must carry, so that no other site can make them. */
    public String proof() {
      return proof;
    }

    boolean over(long now) {
      return now - usedAt >= IDLE_MILLIS || now - openedAt >= LONGEST_MILLIS;
    }

    /** Without the tokens. */
    @Override
    public String toString() {
      return "Session[user=" + user + "]";
    }
  }

  private final Map<String, Session> byCookie = new LinkedHashMap<>();

  /** Opens a session and gives its cookie; beyond the limit the oldest one goes. */
  public String open(String user, String adminToken, long now) {
    byCookie.values().removeIf(session -> session.over(now));
    if (byCookie.size() >= LIMIT) {
      Iterator<Session> oldest = byCookie.values().iterator();
      oldest.next();
      oldest.remove();
    }
    String cookie = Ids.lower();
    byCookie.put(Ids.digest(cookie), new Session(user, adminToken, now));
    return cookie;
  }

  /**
   * The session of a cookie, or {@code null} when it is over or was never there.
   *
   * @param used whether somebody is at work, which puts the end of an idle session off
   */
  public @Nullable Session find(@Nullable String cookie, boolean used, long now) {
    if (cookie == null) {
      return null;
    }
    String key = Ids.digest(cookie);
    Session session = byCookie.get(key);
    if (session == null || session.over(now)) {
      byCookie.remove(key);
      return null;
    }
    if (used) {
      session.usedAt = now;
    }
    return session;
  }

  /** Ends a session. */
  public void end(String cookie) {
    byCookie.remove(Ids.digest(cookie));
  }
}
