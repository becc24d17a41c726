package io.respoke.broker;

import io.respoke.Admin;
import io.respoke.ConnectionLostException;
import io.respoke.MintedToken;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.TokenSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Asks the policy, has tokens minted, and tells of both. Knows nothing of HTTP but statuses. */
@ApplicationScoped
class TokenBroker {
  private static final Logger LOG = System.getLogger(TokenBroker.class.getName());

  @Inject Admin admin;
  @Inject Instance<TokenPolicy> policies;
  @Inject Event<TokenEvent> audit;

  private volatile TokenPolicy policy = TokenBroker::undecided;

  private static TokenDecision undecided(TokenQuery query) {
    return TokenDecision.refuse("the broker has not started");
  }

  /** Early, so that a missing policy is told when the application starts. */
  void start(@Observes Startup event) {
    if (policies.isResolvable()) {
      policy = policies.get();
    } else {
      String problem =
          policies.isAmbiguous() ? "more than one TokenPolicy bean" : "no TokenPolicy bean";
      policy = query -> TokenDecision.refuse(problem);
      LOG.log(Level.WARNING, "There is " + problem + ": everybody is refused a token.");
    }
  }

  /**
   * A token for who asks.
   *
   * @throws Refusal if there is none for them
   */
  MintedToken issue(TokenQuery query) {
    TokenSpec spec = decide(query);
    MintedToken minted = mint(spec);
    TokenIssued event =
        new TokenIssued(
            query.principal().getName(),
            minted.endpointId(),
            spec.role(),
            spec.ttl(),
            minted.expiresAt());
    try {
      audit.fire(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The audit of a token failed, and nobody gets it: " + event, e);
      throw new Refusal(500, Refusal.LATER, "the audit failed: " + e);
    }
    return minted;
  }

  private TokenSpec decide(TokenQuery query) {
    TokenDecision decision;
    try {
      decision = policy.decide(query);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The policy failed to decide about " + query, e);
      throw new Refusal(500, Refusal.LATER, "the policy failed: " + e);
    }
    if (decision instanceof TokenDecision.Granted granted) {
      return granted.spec();
    }
    String reason =
        decision instanceof TokenDecision.Refused refused
            ? refused.reason()
            : "the policy decided nothing";
    throw new Refusal(403, "You may not have this token.", reason);
  }

  private MintedToken mint(TokenSpec spec) {
    try {
      return admin.createToken(spec).toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // For the log only: who asks cannot change it and should not know how we are set up.
      LOG.log(Level.WARNING, "No token for " + spec.endpointId() + ": " + cause);
      throw new Refusal(status(cause), Refusal.LATER, "the service gave none: " + cause);
    }
  }

  /** 503 for what passes by itself. */
  private static int status(Throwable cause) {
    if (cause instanceof RequestRejectedException rejected) {
      Reason reason = rejected.reason();
      return reason == Reason.RATE_LIMITED || reason == Reason.MAINTENANCE ? 503 : 502;
    }
    return cause instanceof ConnectionLostException || cause instanceof RequestTimeoutException
        ? 503
        : 502;
  }

  /** Tells that somebody got none. */
  void refused(Optional<String> caller, Optional<String> endpointId, Refusal refusal) {
    TokenRefused event = new TokenRefused(caller, endpointId, refusal.status(), refusal.reason());
    try {
      audit.fire(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The audit of a refusal failed (status " + event.status() + ")", e);
    }
  }
}
