package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ConnectFailedException;
import io.respoke.ConnectionState;
import io.respoke.ReconnectPolicy;
import io.respoke.Token;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that goes away again and again. */
@Tag("slow")
class ReconnectStormTest {
  private static final int STORM = 30;

  /** More attempts than there may be threads. */
  private static final int LONG_STORM = 200;

  private static final int THREADS = 150;

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();
  private final AtomicInteger tokens = new AtomicInteger();

  /** Logins that have asked for a token and have not been cut yet; and the most there were. */
  private final AtomicInteger underWay = new AtomicInteger();

  private final AtomicInteger most = new AtomicInteger();

  private Guest guest(ReconnectPolicy policy) {
    after.closing(server);
    Guest joe =
        after.guest(
            Options.of(server)
                .tokenProvider(
                    request -> {
                      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                      return CompletableFuture.completedFuture(
                          Token.of("token-" + tokens.incrementAndGet()));
                    })
                .reconnect(true)
                .reconnectPolicy(policy)
                .closeTimeout(Duration.ofSeconds(2)));
    return joe.ignoring(
        Reconnecting.class,
        Reconnected.class,
        Disconnected.class,
        ConnectionFailed.class,
        ErrorOccurred.class);
  }

  private long logins() {
    return server.log().stream().filter("POST /v1/session-tokens"::equals).count();
  }

  @Test
  void a_server_that_drops_every_connection_meets_one_login_at_a_time() {
    Guest joe = guest(Options.SOON.withDelays(Duration.ZERO, Duration.ofMillis(5)));
    server.greeting(
        socket -> {
          underWay.decrementAndGet();
          socket.cut();
        });
    CompletionStage<?> connecting = joe.client.connect();

    Await.until(
        () -> joe.soFar(ConnectionFailed.class).size() >= LONG_STORM,
        () -> joe.soFar(ConnectionFailed.class).size() + " attempts failed");
    server.honest();
    Await.value(connecting);

    assertEquals(1, most.get());
    assertEquals(tokens.get(), logins(), "each login has a token of its own");
    joe.sees(tokens.get() - 1, ConnectionFailed.class);
    Await.until(() -> server.connections() == 1, () -> server.connections() + " connections");
    assertEquals(0, joe.client.inspect().pendingRequests());
    assertTrue(
        Aftermath.threads("respoke-").size() < THREADS, () -> "" + Aftermath.threads("respoke-"));
  }

  @Test
  void a_service_that_restarts_again_and_again_is_come_back_to_each_time_with_a_new_token() {
    Guest joe = guest(Options.SOON);
    Await.value(joe.client.connect());
    for (int restart = 1; restart <= STORM; restart++) {
      int so = restart;
      CompletionStage<?> underWay = joe.client.request("get", "/v1/under-way", null);
      server.next().close(1012);
      Await.until(
          () -> joe.soFar(Reconnected.class).size() == so,
          () -> "back only " + joe.soFar(Reconnected.class).size() + " times");
      // It was answered or lost, as it happened; but it has ended.
      var unused = Await.value(underWay.handle((answer, failure) -> ""));
    }

    joe.sees(STORM, Disconnected.class);
    assertEquals(STORM + 1, tokens.get());
    assertEquals(0, joe.client.inspect().pendingRequests());
    Await.until(() -> server.connections() == 1, () -> server.connections() + " connections");
    Await.until(
        () -> server.log().stream().filter("DELETE /v1/session-tokens"::equals).count() == STORM,
        () -> "sessions are left");
  }

  @Test
  void waits_are_random_and_below_a_limit_that_doubles_up_to_the_cap() {
    server.at(Step.SESSION, LyingServer.hangUp());
    Guest joe =
        guest(ReconnectPolicy.defaults().withDelays(Duration.ofMillis(20), Duration.ofMillis(80)));
    CompletionStage<?> connecting = joe.client.connect();
    Await.until(
        () -> joe.soFar(Reconnecting.class).size() >= STORM,
        () -> joe.soFar(Reconnecting.class).size() + " waits");
    joe.client.close();
    Throwable unused = Await.failure(ConnectFailedException.class, connecting);

    List<Long> waits =
        joe.seen(Reconnecting.class).stream().map(event -> event.delay().toMillis()).toList();
    for (int i = 0; i < waits.size(); i++) {
      long limit = Math.min(80, 20L << Math.min(i, 2));
      assertTrue(waits.get(i) >= 0 && waits.get(i) <= limit, "wait " + i + " of " + waits);
    }
    assertTrue(new HashSet<>(waits).size() > 5, () -> "not random: " + waits);
  }

  @Test
  void reconnectNow_in_a_storm_starts_no_second_login() {
    CompletableFuture<Token> token = new CompletableFuture<>();
    AtomicInteger asked = new AtomicInteger();
    after.closing(server);
    Guest joe =
        after.guest(
            Options.of(server)
                .tokenProvider(
                    request ->
                        asked.incrementAndGet() == 1
                            ? CompletableFuture.completedFuture(Token.of("first"))
                            : token)
                .reconnect(true)
                .reconnectPolicy(Options.LATER));
    joe.ignoring(Reconnecting.class, Reconnected.class, Disconnected.class);
    Await.value(joe.client.connect());
    server.next().cut();
    joe.awaits(ConnectionState.RECONNECTING);

    for (int i = 0; i < 1000; i++) {
      joe.client.reconnectNow();
    }
    Await.until(() -> asked.get() == 2, () -> "asked " + asked.get() + " times");
    token.complete(Token.of("second"));
    joe.awaits(ConnectionState.CONNECTED);
    for (int i = 0; i < 1000; i++) {
      joe.client.reconnectNow();
    }

    Await.value(joe.client.request("get", "/v1/after", null));
    assertEquals(2, asked.get());
    assertEquals(2, logins());
  }

  @Test
  void at_the_limit_of_attempts_the_last_failure_is_told_as_such() {
    Guest joe = guest(Options.SOON.withMaxAttempts(5));
    Await.value(joe.client.connect());
    server.at(Step.SESSION, LyingServer.status(503));

    server.next().cut();

    joe.awaits(ConnectionState.DISCONNECTED);
    joe.sees(5, ConnectionFailed.class);
    List<ConnectionFailed> failures = joe.seen(ConnectionFailed.class);
    for (int i = 0; i < 5; i++) {
      assertEquals(i + 1, failures.get(i).attempt());
      assertEquals(i < 4, failures.get(i).willRetry());
    }
    server.honest();
    Await.value(joe.client.connect());
    assertFalse(joe.client.groups().iterator().hasNext());
  }
}
