package io.respoke.spi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.respoke.AuthenticationException;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.spi.contract.TokenAsking.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every source of tokens must do. One that asks somebody over a network implements {@link
 * RemoteTokenProviderContract} too, and one that is a plug-in {@link TokenProviderFactoryContract}.
 */
@Timeout(60)
public interface TokenProviderContract {
  /** A provider that has a token to give, made anew at each call. */
  TokenProvider tokenProvider();

  /** What must never be seen: passwords, keys, whatever the provider was given to prove itself. */
  default List<String> secrets() {
    return List.of();
  }

  /** What the provider is told of the attempt to connect. */
  default TokenRequest tokenRequest(int attempt, Duration timeout) {
    return new TokenRequest(
        "http://127.0.0.1:1",
        Optional.of("contract-app"),
        Optional.of("contract-endpoint"),
        attempt,
        Optional.empty(),
        timeout);
  }

  /** It gives a token, in time. */
  @Test
  default void givesAToken() {
    TokenAsking.token(tokenProvider(), tokenRequest(1, ContractPeer.PATIENCE));
  }

  /** A single-use token is given once; who has no other ends the attempts. */
  @Test
  default void givesNoSingleUseTokenTwice() {
    TokenProvider provider = tokenProvider();
    Set<String> given = new HashSet<>();
    for (int attempt = 1; attempt <= 5; attempt++) {
      Answer answer = TokenAsking.ask(provider, tokenRequest(attempt, ContractPeer.PATIENCE));
      Token token = answer.token();
      if (token == null) {
        assertTrue(attempt > 1, "it has not given one token");
        assertTrue(answer.failure() instanceof AuthenticationException, answer::toString);
      } else if (token.isSingleUse()) {
        assertTrue(given.add(token.value()), "the same token again at attempt " + attempt);
      }
    }
  }

  /** One provider's tokens are not another's. */
  @Test
  default void servesEachClientByItself() {
    TokenProvider first = tokenProvider();
    TokenProvider second = tokenProvider();
    TokenAsking.token(first, tokenRequest(1, ContractPeer.PATIENCE));
    TokenAsking.token(second, tokenRequest(1, ContractPeer.PATIENCE));
  }

  /**
   * It is asked by threads of pools, whose context class loader may know nothing of the plug-in.
   */
  @Test
  default void worksUnderAnyContextClassLoader() {
    TokenProvider provider = tokenProvider();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      TokenAsking.token(provider, tokenRequest(1, ContractPeer.PATIENCE));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** It keeps no JVM alive, because nobody closes it. */
  @Test
  default void leavesNoThreadThatKeepsTheJvmAlive() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    TokenAsking.token(tokenProvider(), tokenRequest(1, ContractPeer.PATIENCE));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && !thread.isDaemon() && thread.isAlive()) {
        fail("not a daemon: " + thread);
      }
    }
  }

  /** Neither a secret nor a token is shown by the provider's {@code toString}. */
  @Test
  default void keepsSecretsOutOfItsName() {
    TokenProvider provider = tokenProvider();
    Token token = TokenAsking.token(provider, tokenRequest(1, ContractPeer.PATIENCE));
    TokenAsking.assertNotShown(secrets(), provider.toString());
    assertFalse(provider.toString().contains(token.value()), provider::toString);
  }
}
