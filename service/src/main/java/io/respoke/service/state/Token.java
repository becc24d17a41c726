package io.respoke.service.state;

import io.respoke.protocol.TokenGrant;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is exchanged for a session (protocol-wire §1.7).
 *
 * @param id the tokenId
 * @param space the app it is for
 * @param endpointId the endpoint it is for
 * @param role what its holder may do
 * @param roleId the role that was named, or {@code null} when none was
 * @param forDevelopment whether the client made it itself
 * @param createdAt epoch milliseconds
 * @param expiresAt when it, and a session made from it, ends; epoch milliseconds
 * @param activateBefore until when it can be exchanged for the first time; epoch milliseconds
 */
public record Token(
    String id,
    AppSpace space,
    String endpointId,
    String role,
    @Nullable String roleId,
    boolean forDevelopment,
    long createdAt,
    long expiresAt,
    long activateBefore) {

  /** As the answer of {@code POST /v1/tokens}. */
  public TokenGrant grant() {
    return new TokenGrant(
        id,
        space.app().id(),
        endpointId,
        roleId,
        space.app().accountId(),
        createdAt / 1000,
        expiresAt / 1000,
        forDevelopment,
        IsoTime.of(createdAt));
  }

  /** Without the token itself. */
  @Override
  public String toString() {
    return "Token[endpointId=" + endpointId + ", roleId=" + roleId + "]";
  }
}
