package io.respoke.examples.tokenbroker;

import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import java.util.Optional;

/** Who may be which endpoint, with which role and for how long. The heart of a broker. */
@FunctionalInterface
interface TokenPolicy {
  /** Nobody may be anybody. */
  TokenPolicy REFUSE_ALL = (user, endpointId) -> Optional.empty();

  /**
   * Decides about one request.
   *
   * @param user who has logged in
   * @param endpointId who wants to be whom; empty to leave it to the policy
   * @return the token to mint, or empty to refuse
   */
  Optional<TokenSpec> decide(String user, Optional<String> endpointId);

  /** Everybody may be the endpoint that is named like them, and nobody else. */
  static TokenPolicy ownName(RoleRef role) {
    return (user, endpointId) ->
        endpointId.orElse(user).equals(user)
            ? Optional.of(TokenSpec.of(user, role))
            : Optional.empty();
  }
}
