package io.respoke.service.state;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Administrators and their sessions. */
public final class AdminSessions {
  /** How long an administrator stays logged in. */
  private static final long LIFETIME = 24L * 60 * 60 * 1000;

  private static final int LIMIT = 10_000;

  private record SignedIn(String user, long expiry) {}

  private final Map<String, String> passwords;
  private final Map<String, String> hashes;
  private final Map<String, SignedIn> sessions = new HashMap<>();

  /** Takes the users: name to password, and name to {@link PasswordHash} of those without. */
  public AdminSessions(Map<String, String> passwords, Map<String, String> hashes) {
    this.passwords = Map.copyOf(passwords);
    this.hashes = Map.copyOf(hashes);
  }

  /** Whether name and password are right, as far as that is known without a hash. */
  public boolean matches(String user, String password) {
    String expected = passwords.get(user);
    // Compare even for an unknown user, so that the time does not tell who exists.
    boolean right = Ids.same(expected == null ? "" : expected, password);
    return expected != null && right;
  }

  /** The hash that decides, or {@code null} when there is none for this user. */
  public @Nullable String hash(String user) {
    return hashes.get(user);
  }

  /** Opens a session: an Admin-Token, or {@code null} when there are too many. */
  public @Nullable String open(String user, long now) {
    sessions.values().removeIf(session -> now >= session.expiry);
    if (sessions.size() >= LIMIT) {
      return null;
    }
    String token = Ids.upper();
    sessions.put(token, new SignedIn(user, now + LIFETIME));
    return token;
  }

  /** Ends a session. */
  public void end(String token) {
    sessions.remove(token.toUpperCase(Locale.ROOT));
  }

  /** Who has a token, or {@code null} when it is no live Admin-Token. */
  public @Nullable String user(String token, long now) {
    SignedIn session = sessions.get(token.toUpperCase(Locale.ROOT));
    return session != null && now < session.expiry ? session.user : null;
  }
}
