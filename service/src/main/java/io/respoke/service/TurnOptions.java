package io.respoke.service;

import java.time.Duration;
import java.util.List;

/**
 * A TURN server that shares a secret with this service, as coturn does with {@code
 * use-auth-secret}: clients get user names that hold their expiry, and passwords made from them.
 *
 * @param secret the shared secret; never written to a log
 * @param uris where the server is, best first: {@code turn:host:3478?transport=udp}
 * @param ttl how long the credentials are good for
 */
public record TurnOptions(String secret, List<String> uris, Duration ttl) {
  /** Checks and copies. */
  public TurnOptions {
    uris = List.copyOf(uris);
    if (secret.isEmpty() || uris.isEmpty()) {
      throw new IllegalArgumentException("TURN needs a secret and at least one uri");
    }
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("TURN credentials must live for a second at least");
    }
  }

  /** With credentials that live for a day. */
  public TurnOptions(String secret, String... uris) {
    this(secret, List.of(uris), Duration.ofDays(1));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TurnOptions[uris=" + uris + ", ttl=" + ttl + "]";
  }
}
