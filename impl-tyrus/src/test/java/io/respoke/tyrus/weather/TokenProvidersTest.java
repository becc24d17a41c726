package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.BrokerTokens;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectOptions;
import io.respoke.ConnectionState;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.Tokens;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources of tokens that do what they should not. */
class TokenProvidersTest {
  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  private ClientOptions.Builder options(TokenProvider provider) {
    after.closing(server);
    return Options.of(server).tokenProvider(provider);
  }

  private ClientOptions.Builder comingBack(TokenProvider provider) {
    return options(provider).reconnect(true).reconnectPolicy(Options.SOON);
  }

  private static CompletionStage<Token> fresh(String name) {
    return CompletableFuture.completedFuture(Token.of(name));
  }

  private static Stream<Arguments> bad_providers() {
    return Stream.of(
        bad(
            "throws",
            request -> {
              throw new IllegalStateException("broken");
            },
            "broken"),
        bad(
            "throws an error",
            request -> {
              throw new StackOverflowError("deep");
            },
            "deep"),
        bad(
            "throws a checked exception",
            TokenProvider.from(
                request -> {
                  throw new IOException("no disk");
                }),
            "no disk"),
        bad(
            "cannot reach its broker",
            TokenProvider.from(
                request -> {
                  throw new ConnectException("refused");
                }),
            "refused"),
        bad("returns null", request -> null, "null"),
        bad("completes with null", request -> CompletableFuture.completedFuture(null), "null"),
        bad("gives a null text", TokenProvider.from(request -> null), "is null"),
        bad("gives a blank text", TokenProvider.from(request -> " "), "blank"),
        bad(
            "fails",
            request -> CompletableFuture.failedFuture(new IllegalArgumentException("sorry")),
            "sorry"),
        bad(
            "is cancelled",
            request -> {
              CompletableFuture<Token> token = new CompletableFuture<>();
              token.cancel(true);
              return token;
            },
            "CancellationException"));
  }

  private static Arguments bad(String name, TokenProvider provider, String words) {
    return Arguments.of(name, provider, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad_providers")
  void a_provider_that_fails_is_one_failed_attempt(
      String name, TokenProvider provider, String words) {
    ConnectFailedException failure =
        after.guest(options(provider)).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.TOKEN_PROVIDER, failure.category(), failure::getMessage);
    assertEquals(Step.TOKEN, failure.step());
    assertTrue(failure.getMessage().contains("token provider failed"), failure.getMessage());
    assertTrue(failure.getMessage().contains(words), failure.getMessage());
    assertTrue(server.log().isEmpty(), "the service was asked without a token");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad_providers")
  void a_provider_that_fails_at_first_is_asked_again(
      String name, TokenProvider provider, String words) {
    AtomicInteger asked = new AtomicInteger();
    Guest joe =
        after.guest(
            comingBack(
                request ->
                    asked.incrementAndGet() <= 2 ? provider.token(request) : fresh("good-token")));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class, ConnectionFailed.class);

    Await.value(joe.client.connect());

    assertEquals(3, asked.get());
    joe.sees(2, ConnectionFailed.class);
  }

  @Test
  void a_provider_that_never_completes_ends_at_its_deadline() {
    CompletableFuture<Token> never = new CompletableFuture<>();
    Guest joe = after.guest(options(request -> never).tokenTimeout(Options.SHORT));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Category.TIMEOUT, failure.category());
    assertEquals(Step.TOKEN, failure.step());
    Await.until(never::isCancelled, () -> "nobody told the provider that nobody waits any more");
  }

  @Test
  void a_provider_that_blocks_ends_at_its_deadline_and_its_late_token_is_thrown_away() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch returned = new CountDownLatch(1);
    Guest joe =
        after.guest(
            options(
                    request -> {
                      Await.latch(release);
                      returned.countDown();
                      return fresh("late-token");
                    })
                .tokenTimeout(Options.SHORT));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);
    release.countDown();
    Await.latch(returned);

    assertEquals(Category.TIMEOUT, failure.category());
    assertTrue(server.log().isEmpty(), "the late token was used");
    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
  }

  @Test
  void a_provider_that_blocks_is_never_asked_a_second_time_meanwhile() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    Guest joe =
        after.guest(
            comingBack(
                    request -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      asked.incrementAndGet();
                      Await.latch(release);
                      inside.decrementAndGet();
                      return fresh("token-" + asked.get());
                    })
                .tokenTimeout(Options.SHORT));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class, ConnectionFailed.class);

    CompletionStage<?> connected = joe.client.connect();
    Await.until(() -> joe.soFar(ConnectionFailed.class).size() >= 3, () -> "attempts do not end");
    assertEquals(1, asked.get());
    release.countDown();
    Await.value(connected);

    assertEquals(1, most.get());
    for (ConnectionFailed failed : joe.seen(ConnectionFailed.class)) {
      assertEquals(
          Category.TIMEOUT,
          assertInstanceOf(ConnectFailedException.class, failed.error()).category());
    }
  }

  @Test
  void connects_from_many_threads_ask_once() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Token> token = new CompletableFuture<>();
    Guest joe =
        after.guest(
            options(
                request -> {
                  asked.incrementAndGet();
                  return token;
                }));
    List<CompletionStage<?>> connects = new CopyOnWriteArrayList<>();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> connects.add(joe.client.connect()));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    token.complete(Token.of("the-token"));
    connects.forEach(Await::value);

    assertEquals(1, asked.get());
    joe.sees(1, Connected.class);
    assertEquals(1, server.log().stream().filter("POST /v1/session-tokens"::equals).count());
  }

  @Test
  void a_token_that_was_used_before_is_not_used_again() {
    Guest joe = after.guest(comingBack(request -> fresh("always-the-same")));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);
    Await.value(joe.client.connect());

    server.next().cut();

    ConnectionFailed failed = joe.next(ConnectionFailed.class);
    assertTrue(failed.error().getMessage().contains("used before"), failed.error().getMessage());
    assertFalse(failed.error().getMessage().contains("always-the-same"));
    assertEquals(1, server.log().stream().filter("POST /v1/session-tokens"::equals).count());
    Await.value(joe.client.disconnect());
    joe.ignoring(ConnectionFailed.class, Disconnected.class);
  }

  @Test
  void one_given_token_is_good_for_one_connection_only() {
    after.closing(server);
    Guest joe = after.guest(Options.of(server).token("bare-token").reconnect(true));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);
    Await.value(joe.client.connect());

    server.next().cut();
    joe.client.reconnectNow();

    ConnectionFailed failed = joe.next(ConnectionFailed.class);
    assertInstanceOf(AuthenticationException.class, failed.error());
    assertFalse(failed.willRetry());
    joe.awaits(ConnectionState.DISCONNECTED);
    joe.next(Disconnected.class);
  }

  @Test
  void an_authentication_exception_ends_the_retries() {
    AuthenticationException refused = new AuthenticationException("you are not welcome");
    AtomicInteger asked = new AtomicInteger();
    Guest joe =
        after.guest(
            comingBack(
                request -> {
                  asked.incrementAndGet();
                  return CompletableFuture.failedFuture(refused);
                }));

    assertSame(refused, joe.failsToConnect(AuthenticationException.class));

    assertEquals(1, asked.get());
  }

  @Test
  void an_authentication_exception_after_a_drop_ends_the_retries() {
    AtomicInteger asked = new AtomicInteger();
    Guest joe =
        after.guest(
            comingBack(
                request -> {
                  if (asked.incrementAndGet() > 1) {
                    throw new AuthenticationException("your account was closed");
                  }
                  return fresh("only-token");
                }));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);
    Await.value(joe.client.connect());

    server.next().reset();

    assertTrue(joe.next(Disconnected.class).willReconnect());
    assertFalse(joe.next(ConnectionFailed.class).willRetry());
    joe.awaits(ConnectionState.DISCONNECTED);
    assertEquals(2, asked.get());
  }

  @Test
  void a_provider_runs_on_a_callback_thread_with_the_class_loader_of_the_application() {
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    AtomicReference<Thread> thread = new AtomicReference<>();
    AtomicReference<ClassLoader> context = new AtomicReference<>();
    Guest joe =
        after.guest(
            options(
                    request -> {
                      thread.set(Thread.currentThread());
                      context.set(Thread.currentThread().getContextClassLoader());
                      return fresh("token");
                    })
                .classLoader(loader));

    Await.value(joe.client.connect());

    assertTrue(thread.get().getName().startsWith("respoke-callback"), thread.get().getName());
    assertTrue(thread.get().isDaemon());
    assertSame(loader, context.get());
  }

  @Test
  void a_provider_runs_on_the_executor_of_the_application() {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "the-application"));
    AtomicReference<String> thread = new AtomicReference<>();
    Guest joe =
        after.guest(
            options(
                    request -> {
                      thread.set(Thread.currentThread().getName());
                      return fresh("token");
                    })
                .callbackExecutor(executor));

    Await.value(joe.client.connect());
    joe.client.close();
    Await.until(() -> joe.client.inspect().waitingEvents() == 0, () -> "events are left");
    executor.shutdown();

    assertEquals("the-application", thread.get());
  }

  @Test
  void a_provider_is_told_which_attempt_it_is_and_why_the_last_one_failed() {
    List<TokenRequest> requests = new CopyOnWriteArrayList<>();
    Guest joe =
        after.guest(
            comingBack(
                request -> {
                  requests.add(request);
                  if (requests.size() == 1) {
                    throw new IllegalStateException("first");
                  }
                  return fresh("token-" + requests.size());
                }));
    joe.ignoring(ErrorOccurred.class, ConnectionFailed.class, Reconnecting.class);
    Await.value(joe.client.connect());
    server.next().send("0::");
    joe.next(Reconnected.class);
    joe.next(Disconnected.class);

    assertEquals(3, requests.size());
    assertEquals(1, requests.get(0).attempt());
    assertTrue(requests.get(0).previousFailure().isEmpty());
    assertEquals(2, requests.get(1).attempt());
    assertTrue(requests.get(1).previousFailure().get().getMessage().contains("first"));
    assertEquals(1, requests.get(2).attempt());
    assertTrue(requests.get(2).previousFailure().isPresent());
    assertEquals("joe", requests.get(2).endpointId().get());
    assertEquals(server.baseUrl(), requests.get(2).baseUrl());
  }

  @Test
  void a_broker_that_refuses_is_named() {
    URI broker = URI.create("http://127.0.0.1:" + server.port() + "/api/tokens?secret=hidden");
    Guest joe = after.guest(options(Tokens.broker(broker)));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Step.TOKEN, failure.step());
    assertTrue(failure.getMessage().contains("/api/tokens"), failure.getMessage());
    assertFalse(failure.getMessage().contains("hidden"), failure.getMessage());
  }

  @Test
  void headers_for_a_broker_that_cannot_be_had_are_one_failed_attempt() {
    BrokerTokens broker =
        new BrokerTokens(
            URI.create(server.baseUrl() + "/api/tokens"),
            () -> {
              throw new IllegalStateException("no cookie");
            });
    TokenProvider own = Tokens.broker(broker);
    // Asked by an application's own provider it must give back what it took, too.
    Guest joe = after.guest(options(own::token));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertTrue(failure.getMessage().contains("no cookie"), failure.getMessage());
  }

  @Test
  void nobody_asks_for_a_token_while_connected() {
    AtomicInteger asked = new AtomicInteger();
    Guest joe = after.guest(options(request -> fresh("token-" + asked.incrementAndGet())));
    Await.value(joe.client.connect());

    Await.value(joe.client.connect());
    joe.client.reconnectNow();
    Await.value(joe.client.connect(ConnectOptions.token("another")));

    assertEquals(1, asked.get());
  }

  @Test
  void without_any_credential_connecting_fails_at_once_and_says_what_to_do() {
    after.closing(server);
    Guest joe = after.guest(ClientOptions.builder().baseUrl(server.baseUrl()).endpointId("joe"));

    AuthenticationException failure = joe.failsToConnect(AuthenticationException.class);

    assertTrue(failure.getMessage().contains("tokenProvider"), failure.getMessage());
    assertNotEquals(ConnectionState.CONNECTED, joe.client.state());
  }

  @Test
  void an_app_secret_without_an_endpoint_fails_at_once_and_says_what_to_do() {
    after.closing(server);
    Guest joe =
        after.guest(
            ClientOptions.builder()
                .baseUrl(server.baseUrl())
                .token(new Token(Token.Kind.APP_SECRET, "the-app-secret")));

    AuthenticationException failure = joe.failsToConnect(AuthenticationException.class);

    assertTrue(failure.getMessage().contains("endpointId"), failure.getMessage());
    assertFalse(failure.getMessage().contains("the-app-secret"), failure.getMessage());
  }
}
