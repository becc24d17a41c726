package io.respoke.examples.supportdesk;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in, by the cookie's value. An application has this already, and better: replace it
 * by that. Thread-safe.
 */
@ApplicationScoped
class Logins {
  static final int LIMIT = 1_000;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> names = new LinkedHashMap<>();

  /** A new login. Beyond the limit the oldest one is forgotten. */
  synchronized String add(String name) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    names.put(id, name);
    if (names.size() > LIMIT) {
      names.remove(names.keySet().iterator().next());
    }
    return id;
  }

  /** Who has this login; empty if it is none. */
  synchronized Optional<String> name(String id) {
    return Optional.ofNullable(names.get(id));
  }
}
