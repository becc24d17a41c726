package io.respoke.tyrus.weather;

import io.respoke.ClientOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.service.RespokeService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Options for clients in bad weather: short waits where one is waited for. */
final class Options {
  /** A deadline that is meant to pass. */
  static final Duration SHORT = Duration.ofMillis(300);

  /** Comes back soon, and again and again. */
  static final ReconnectPolicy SOON =
      ReconnectPolicy.defaults()
          .withDelays(Duration.ofMillis(1), Duration.ofMillis(50))
          .withJitter(false);

  /** Does not come back while a test runs. */
  static final ReconnectPolicy LATER =
      ReconnectPolicy.defaults()
          .withDelays(Duration.ofHours(1), Duration.ofHours(1))
          .withJitter(false);

  private Options() {}

  /** A client of a real service that mints its own tokens and does not come back. */
  static ClientOptions.Builder of(RespokeService service, String endpointId) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .endpointId(endpointId)
        .developmentMode(true)
        .reconnect(false);
  }

  /** A client of a server by hand, with a fresh token for each attempt; it does not come back. */
  static ClientOptions.Builder of(LyingServer server) {
    return ClientOptions.builder()
        .baseUrl(server.baseUrl())
        .endpointId("joe")
        .tokenProvider(freshTokens())
        .closeTimeout(SHORT) // most of these servers do not answer a logout
        .reconnect(false);
  }

  /** Never the same token twice. */
  static TokenProvider freshTokens() {
    AtomicInteger count = new AtomicInteger();
    return request ->
        CompletableFuture.completedFuture(Token.of("brokered-token-" + count.incrementAndGet()));
  }
}
