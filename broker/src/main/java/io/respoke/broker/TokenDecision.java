package io.respoke.broker;

import io.respoke.TokenSpec;
import java.util.Objects;

/** What a {@link TokenPolicy} says. */
public sealed interface TokenDecision {
  /** The caller gets a token. */
  static TokenDecision grant(TokenSpec spec) {
    return new Granted(spec);
  }

  /**
   * The caller gets none, and the answer is 403.
   *
   * @param reason for {@link TokenRefused}; the caller is not told
   */
  static TokenDecision refuse(String reason) {
    return new Refused(reason);
  }

  /**
   * The caller gets a token.
   *
   * @param spec who its bearer will be, with which role and for how long
   */
  record Granted(TokenSpec spec) implements TokenDecision {
    /** Checks that there is one. */
    public Granted {
      Objects.requireNonNull(spec, "spec");
    }
  }

  /**
   * The caller gets none.
   *
   * @param reason why, for the application
   */
  record Refused(String reason) implements TokenDecision {
    /** Checks that there is one. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
