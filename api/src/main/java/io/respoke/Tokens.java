package io.respoke;

import io.respoke.bootstrap.ClientProviders;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The token providers that come with the library. */
public final class Tokens {
  private Tokens() {}

  /**
   * One given token. A {@linkplain Token#isSingleUse() single-use} token is given out once; asked
   * again, the provider fails with an {@link AuthenticationException}.
   */
  public static TokenProvider fixed(Token token) {
    AtomicBoolean used = new AtomicBoolean();
    return request ->
        token.isSingleUse() && used.getAndSet(true)
            ? CompletableFuture.failedFuture(
                new AuthenticationException(
                    "The token has been used. A token is good for one connection: pass a new one to"
                        + " connect(), or give the options a tokenProvider."))
            : CompletableFuture.completedFuture(token);
  }

  /** Mints tokens with an app's secret. For servers only: the secret is full authority. */
  public static TokenProvider appSecret(AppSecretTokens options) {
    return ClientProviders.find(null).tokens(options);
  }

  /** Asks an application's own server, by {@code POST}. */
  public static TokenProvider broker(BrokerTokens options) {
    return ClientProviders.find(null).tokens(options);
  }

  /** As {@link #broker(BrokerTokens)}, with default options. */
  public static TokenProvider broker(URI url) {
    return broker(BrokerTokens.of(url));
  }
}
