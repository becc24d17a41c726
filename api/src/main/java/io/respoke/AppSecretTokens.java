package io.respoke;

import java.time.Duration;
import java.util.Optional;

/**
 * How {@link Tokens#appSecret} mints.
 *
 * @param appId the app; empty to take it from the client's options
 * @param appSecret its secret; never shown by {@code toString}
 * @param role whom the endpoint acts as
 * @param ttl how long the session lasts; default 6 h
 */
public record AppSecretTokens(
    Optional<String> appId, String appSecret, RoleRef role, Duration ttl) {
  /** The ttl when none is given; the one respoke.js asks for. */
  public static final Duration DEFAULT_TTL = Duration.ofHours(6);

  /** Checks the secret and the ttl. */
  public AppSecretTokens {
    if (appSecret.isBlank()) {
      throw new IllegalArgumentException("appSecret must not be blank");
    }
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("ttl must be 1 s or more: " + ttl);
    }
  }

  /** With the app of the client's options and the default ttl. */
  public static AppSecretTokens of(String appSecret, RoleRef role) {
    return new AppSecretTokens(Optional.empty(), appSecret, role, DEFAULT_TTL);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AppSecretTokens[appId=" + appId + ", role=" + role + ", ttl=" + ttl + "]";
  }
}
