package io.respoke.spi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.TokenProvider;
import io.respoke.spi.contract.TokenAsking.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a source of tokens that asks somebody over a network must do besides. */
public interface RemoteTokenProviderContract extends TokenProviderContract {
  /** A provider whose credentials are refused, for good. */
  TokenProvider refusedTokenProvider();

  /** A provider that asks where nobody is. */
  TokenProvider unreachableTokenProvider();

  /** A provider whose source takes the question and does not answer. */
  TokenProvider silentTokenProvider();

  /** What another attempt cannot mend ends the attempts, and says why. */
  @Test
  default void refusedCredentialsEndTheAttempts() {
    Answer answer = TokenAsking.ask(refusedTokenProvider(), tokenRequest(1, ContractPeer.PATIENCE));
    assertTrue(answer.failure() instanceof AuthenticationException, answer::toString);
    assertFalse(message(answer).isBlank(), "it does not say why");
    assertFailsDiscreetly(answer);
  }

  /** What another attempt may mend does not end the attempts. */
  @Test
  default void anUnreachableSourceIsWorthAnotherAttempt() {
    Answer answer =
        TokenAsking.ask(unreachableTokenProvider(), tokenRequest(1, ContractPeer.PATIENCE));
    assertFalse(answer.failure() instanceof AuthenticationException, answer::toString);
    assertFailsDiscreetly(answer);
  }

  /** The thread that asks, and what it holds, are given back when nobody waits any more. */
  @Test
  default void aSilentSourceIsNotWaitedForLongerThanAsked() {
    Answer answer = TokenAsking.ask(silentTokenProvider(), tokenRequest(1, Duration.ofMillis(300)));
    assertFalse(answer.failure() instanceof AuthenticationException, answer::toString);
    assertFailsDiscreetly(answer);
  }

  private static String message(Answer answer) {
    Throwable failure = answer.failure();
    String message = failure == null ? null : failure.getMessage();
    return message == null ? "" : message;
  }

  private void assertFailsDiscreetly(Answer answer) {
    assertTrue(answer.failure() != null, "it has given a token");
    for (Throwable t = answer.failure(); t != null; t = t.getCause()) {
      TokenAsking.assertNotShown(secrets(), t.toString());
    }
  }
}
