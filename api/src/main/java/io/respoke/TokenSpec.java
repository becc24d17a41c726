package io.respoke;

import java.time.Duration;

/**
 * A token to mint.
 *
 * @param endpointId who its bearer will be
 * @param role what the bearer may do
 * @param ttl how long the session will last; the token itself must be used at once
 */
public record TokenSpec(String endpointId, RoleRef role, Duration ttl) {
  /** Checks the values. */
  public TokenSpec {
    if (endpointId.isBlank()) {
      throw new IllegalArgumentException("endpointId must not be blank");
    }
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("ttl must be 1 s or more: " + ttl);
    }
  }

  /** With the default ttl of 6 h. */
  public static TokenSpec of(String endpointId, RoleRef role) {
    return new TokenSpec(endpointId, role, AppSecretTokens.DEFAULT_TTL);
  }
}
