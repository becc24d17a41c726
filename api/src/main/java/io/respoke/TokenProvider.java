package io.respoke;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gets a credential for every connection attempt, because brokered tokens can be used only once.
 *
 * <p>It is asked before each attempt, the first included; never twice at the same time by one
 * client; on an executor thread, so it may block. It is waited for as long as {@link
 * TokenRequest#timeout()}; a later answer is thrown away. A failure counts as a failed attempt and
 * is retried as the reconnect policy says, unless it is an {@link AuthenticationException}: that
 * ends the retries.
 */
@FunctionalInterface
public interface TokenProvider {
  /** Gets a credential. Must return a fresh one if its kind is single use. */
  CompletionStage<Token> token(TokenRequest request);

  /** Work that returns a broker's token and may block or throw. */
  @FunctionalInterface
  interface Source {
    /** Gets the token's text. */
    String get(TokenRequest request) throws Exception;
  }

  /** A provider from plain blocking code. */
  static TokenProvider from(Source source) {
    return request -> {
      try {
        return CompletableFuture.completedFuture(Token.of(source.get(request)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return CompletableFuture.failedFuture(e);
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }
}
