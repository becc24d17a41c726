package io.respoke.broker;

import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import java.time.Duration;

/**
 * Says who may be which endpoint, with which role and for how long: the one bean that a broker
 * needs from its application. Without one, or with more than one, everybody is refused.
 *
 * <p>Asked on the request's thread, with its contexts active; it may block. Several requests may
 * ask at the same time. What it throws refuses the request with status 500.
 */
@FunctionalInterface
public interface TokenPolicy {
  /**
   * Decides about one request. The caller has been authenticated; what it asks for is its own
   * claim.
   */
  TokenDecision decide(TokenQuery query);

  /** Everybody may be the endpoint that is named like their principal, and no other. */
  static TokenPolicy ownName(RoleRef role, Duration ttl) {
    return query -> {
      String own = query.principal().getName();
      return query.endpointId().orElse(own).equals(own)
          ? TokenDecision.grant(new TokenSpec(own, role, ttl))
          : TokenDecision.refuse("wants to be somebody else");
    };
  }
}
