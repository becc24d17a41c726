package io.respoke.service.state;

import org.jspecify.annotations.Nullable;

/**
 * What a session token stands for.
 *
 * @param token the App-Token
 * @param space the app
 * @param endpointId the endpoint that is authenticated
 * @param role the id of the role that rules it
 * @param roleId the role as clients see it: {@code null} when the token named none
 * @param expiresAt epoch milliseconds
 */
public record Session(
    String token,
    AppSpace space,
    String endpointId,
    String role,
    @Nullable String roleId,
    long expiresAt) {
  /** Without the token. */
  @Override
  public String toString() {
    return "Session[endpointId=" + endpointId + "]";
  }
}
