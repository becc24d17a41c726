package io.respoke.examples.tokenbroker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Passwords and the bearer tokens they are exchanged for. An application has this already, and
 * better: replace it by that. Thread-safe.
 */
final class Logins {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final int SESSIONS = 10_000;

  private record Session(String user, Instant end) {}

  private final Map<String, byte[]> digests = new HashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** Logins for users with these passwords; with none, nobody can log in. */
  Logins(Map<String, String> passwords) {
    passwords.forEach((user, password) -> digests.put(user, digest(password)));
  }

  /** Users as in {@code ada:lovelace,grace:hopper}. */
  static Logins of(String users) {
    Map<String, String> passwords = new HashMap<>();
    for (String user : users.split(",", -1)) {
      int colon = user.indexOf(':');
      if (colon > 0) {
        passwords.put(user.substring(0, colon).strip(), user.substring(colon + 1).strip());
      }
    }
    return new Logins(passwords);
  }

  /** A bearer token for who knows the password. */
  Optional<String> logIn(String user, String password) {
    byte[] expected = digests.getOrDefault(user, new byte[0]);
    if (!MessageDigest.isEqual(expected, digest(password))) {
      return Optional.empty();
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String bearer = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    synchronized (sessions) {
      sessions.put(bearer, new Session(user, Instant.now().plus(LIFE)));
      if (sessions.size() > SESSIONS) {
        sessions.remove(sessions.keySet().iterator().next());
      }
    }
    return Optional.of(bearer);
  }

  /** Who holds a bearer token, given the request's {@code Authorization} header. */
  Optional<String> user(Optional<String> authorization) {
    Optional<String> bearer =
        authorization.filter(a -> a.startsWith("Bearer ")).map(a -> a.substring(7).strip());
    synchronized (sessions) {
      return bearer
          .map(sessions::get)
          .filter(session -> session.end().isAfter(Instant.now()))
          .map(Session::user);
    }
  }

  private static byte[] digest(String password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
