package io.respoke;

import java.time.Instant;
import java.util.Optional;

/**
 * A token that was minted for an endpoint: hand {@code token} to it, at once and once.
 *
 * @param token the token's text; never shown by {@code toString}
 * @param endpointId who its bearer is
 * @param roleId the role's id; empty for the app's default
 * @param expiresAt when the session it is good for ends
 */
public record MintedToken(
    String token, String endpointId, Optional<String> roleId, Instant expiresAt) {
  /** Without the token. */
  @Override
  public String toString() {
    return "MintedToken[endpointId=" + endpointId + ", expiresAt=" + expiresAt + "]";
  }
}
