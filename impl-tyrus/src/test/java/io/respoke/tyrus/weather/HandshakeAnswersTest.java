package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectionState;
import io.respoke.RequestRejectedException;
import io.respoke.Token;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RateLimitReached;
import io.respoke.event.Reconnecting;
import io.respoke.tyrus.weather.LyingServer.Lie;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong answers at each step of a login. */
@Tag("slow")
class HandshakeAnswersTest {
  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  private Guest guest(Step step) {
    after.closing(server);
    ClientOptions.Builder options = Options.of(server);
    return after.guest(step == Step.MINT ? options.appId("app").developmentMode(true) : options);
  }

  private static ConnectFailedException.Step wireStep(Step step) {
    return switch (step) {
      case MINT -> ConnectFailedException.Step.TOKEN;
      case SESSION -> ConnectFailedException.Step.SESSION;
      case HANDSHAKE -> ConnectFailedException.Step.HANDSHAKE;
      case UPGRADE, GREETING -> ConnectFailedException.Step.SOCKET;
      case REGISTER -> ConnectFailedException.Step.REGISTER;
    };
  }

  /** Refuses at a step with a status, in the way of that step. */
  private void refuse(Step step, int status) {
    if (step == Step.REGISTER) {
      server.answers(ask -> ask.answer(status, "{\"error\":\"no luck\"}"));
    } else {
      server.at(step, LyingServer.status(status));
    }
  }

  // --- statuses

  private static Stream<Arguments> steps_and_statuses() {
    return Stream.of(Step.MINT, Step.SESSION, Step.HANDSHAKE, Step.UPGRADE, Step.REGISTER)
        .flatMap(
            step ->
                IntStream.of(401, 403, 404, 429, 500, 503)
                    .mapToObj(status -> Arguments.of(step, status)));
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("steps_and_statuses")
  void a_refusal_is_one_typed_error_with_the_status(Step step, int status) {
    refuse(step, status);
    Guest joe = guest(step).ignoring(RateLimitReached.class);

    if (step == Step.MINT && status < 404) {
      // An app's development mode does not come by itself: asking again is of no use.
      AuthenticationException failure = joe.failsToConnect(AuthenticationException.class);
      assertTrue(failure.getMessage().contains("request-" + status), failure.getMessage());
      return;
    }
    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Category.REJECTED, failure.category(), failure::getMessage);
    assertEquals(status, failure.status());
    assertEquals(wireStep(step), failure.step());
    if (step != Step.UPGRADE) {
      assertTrue(failure.getMessage().contains("request-" + status), failure.getMessage());
      assertTrue(failure.getMessage().contains("no luck"), failure.getMessage());
    }
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("steps_and_statuses")
  void a_session_that_was_opened_for_nothing_is_ended(Step step, int status) {
    refuse(step, status);
    Guest joe = guest(step).ignoring(ConnectionFailed.class, ErrorOccurred.class);
    joe.ignoring(RateLimitReached.class);

    Throwable unused = Await.failure(Throwable.class, joe.client.connect());
    joe.client.close();

    boolean opened = step.compareTo(Step.SESSION) > 0;
    assertEquals(
        opened, server.log().contains("DELETE /v1/session-tokens"), server.log()::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 503})
  void a_refusal_that_passes_is_retried_until_the_service_is_better(int status) {
    AtomicInteger times = new AtomicInteger();
    Lie sick = LyingServer.status(status);
    server.at(
        Step.HANDSHAKE,
        (request, socket) -> {
          if (times.incrementAndGet() == 2) {
            server.honestAt(Step.HANDSHAKE);
          }
          sick.tell(request, socket);
        });
    after.closing(server);
    Guest joe = after.guest(Options.of(server).reconnect(true).reconnectPolicy(Options.SOON));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);

    Await.value(joe.client.connect());

    for (int attempt = 1; attempt <= 2; attempt++) {
      ConnectionFailed failed = joe.next(ConnectionFailed.class);
      assertEquals(attempt, failed.attempt());
      assertTrue(failed.willRetry());
    }
    joe.sees(1, Connected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void credentials_that_are_refused_again_and_again_end_the_retries(int status) {
    after.closing(server).at(Step.SESSION, LyingServer.status(status));
    Guest joe = after.guest(Options.of(server).reconnect(true).reconnectPolicy(Options.SOON));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);

    AuthenticationException end =
        Await.failure(AuthenticationException.class, joe.client.connect());

    assertTrue(end.getMessage().contains("3 times in a row"), end.getMessage());
    assertTrue(joe.next(ConnectionFailed.class).willRetry());
    assertTrue(joe.next(ConnectionFailed.class).willRetry());
    ConnectionFailed last = joe.next(ConnectionFailed.class);
    assertFalse(last.willRetry());
    assertEquals(end, last.error());
    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
    assertEquals(3, server.log().stream().filter("POST /v1/session-tokens"::equals).count());
  }

  @Test
  void a_session_token_that_the_socket_is_refused_for_ends_the_retries() {
    after
        .closing(server)
        .greeting(
            socket -> {
              socket.send("7:::2+0");
              socket.close(1000);
            });
    Guest joe =
        after.guest(
            Options.of(server)
                .tokenProvider(
                    request ->
                        CompletableFuture.completedFuture(
                            new Token(Token.Kind.SESSION_TOKEN, "expired-session-token")))
                .reconnect(true)
                .reconnectPolicy(Options.SOON));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class, ConnectionFailed.class);

    Throwable end = Await.failure(AuthenticationException.class, joe.client.connect());

    joe.sees(3, ConnectionFailed.class);
    assertTrue(end.getMessage().contains("credentials"), end.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"x\",\"details\":{\"message\":\"Account is suspended\"}}",
        "{\"error\":\"x\",\"details\":{\"reason\":\"billing suspension\"}}"
      })
  void a_suspended_account_ends_the_retries_at_once(String body) {
    after.closing(server).at(Step.SESSION, LyingServer.answer(401, "application/json", body));
    Guest joe = after.guest(Options.of(server).reconnect(true).reconnectPolicy(Options.SOON));

    AuthenticationException end = joe.failsToConnect(AuthenticationException.class);

    assertTrue(end.getMessage().contains("suspended"), end.getMessage());
  }

  // --- bodies

  private static Stream<Arguments> steps_and_bodies() {
    return Stream.of(Step.MINT, Step.SESSION, Step.HANDSHAKE)
        .flatMap(
            step ->
                Stream.of(
                        "",
                        "<html><body>Welcome to the hotel's network</body></html>",
                        "{\"token",
                        "[]",
                        "\"text\"",
                        "null",
                        "{}",
                        "{\"token\":null,\"tokenId\":{},\"id\":[]}")
                    .map(body -> Arguments.of(step, body)));
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("steps_and_bodies")
  void an_answer_of_200_that_makes_no_sense_is_a_protocol_failure(Step step, String body) {
    server.at(step, LyingServer.answer(200, "text/html", body));

    ConnectFailedException failure = guest(step).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.PROTOCOL, failure.category(), failure::getMessage);
    assertEquals(wireStep(step), failure.step());
    assertEquals(0, failure.status());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500, 503})
  void a_refusal_that_is_not_json_keeps_its_status(int status) {
    server.at(Step.SESSION, LyingServer.answer(status, "text/html", "<html>Bad gateway</html>"));

    ConnectFailedException failure =
        guest(Step.SESSION).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.REJECTED, failure.category());
    assertEquals(status, failure.status());
  }

  @Test
  void a_redirect_is_a_refusal_and_not_followed() {
    server.at(
        Step.HANDSHAKE,
        (request, socket) ->
            socket
                .getOutputStream()
                .write(
                    "HTTP/1.1 302 Found\r\nLocation: /v1/tokens\r\nContent-Length: 0\r\n\r\n"
                        .getBytes()));

    ConnectFailedException failure =
        guest(Step.HANDSHAKE).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.REJECTED, failure.category());
    assertEquals(302, failure.status());
  }

  @Test
  void an_endless_answer_is_given_up_on() {
    server.at(
        Step.HANDSHAKE,
        (request, socket) -> {
          byte[] block = new byte[64 * 1024];
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
          while (true) {
            socket.getOutputStream().write(block);
          }
        });

    ConnectFailedException failure =
        guest(Step.HANDSHAKE).failsToConnect(ConnectFailedException.class);

    assertTrue(failure.getMessage().contains("bytes"), failure.getMessage());
    Await.until(() -> server.connections() == 0, () -> "the answer is still being read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"60:60:xhr-polling,flashsocket", "60:60:"})
  void a_handshake_without_websocket_is_a_protocol_failure(String handshake) {
    server.handshake(handshake);

    ConnectFailedException failure =
        guest(Step.HANDSHAKE).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.PROTOCOL, failure.category());
  }

  @ParameterizedTest
  @ValueSource(strings = {"::websocket", "0:0:websocket", "-1:x:websocket", "60::websocket,x"})
  void a_handshake_with_odd_timeouts_is_good_enough(String handshake) {
    server.handshake(handshake);

    Await.value(guest(Step.HANDSHAKE).client.connect());
  }

  // --- the WebSocket's first frames

  private static Stream<Arguments> greetings() {
    return Stream.of(
        Arguments.of("7:::1+0", greeting("7:::1+0"), Category.LOST),
        Arguments.of("7:::2", greeting("7:::2"), Category.REJECTED),
        Arguments.of("0::", greeting("0::"), Category.LOST),
        Arguments.of("garbage", greeting("garbage"), Category.PROTOCOL),
        Arguments.of("an ack", greeting("6:::77+[{}]"), Category.PROTOCOL),
        Arguments.of("a close", (LyingSocket.Greeting) s -> s.close(1012), Category.LOST),
        Arguments.of("a cut", (LyingSocket.Greeting) LyingSocket::cut, Category.LOST),
        Arguments.of("a reset", (LyingSocket.Greeting) LyingSocket::reset, Category.LOST));
  }

  private static LyingSocket.Greeting greeting(String frame) {
    return socket -> socket.send(frame);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("greetings")
  void a_wrong_greeting_fails_the_attempt(
      String what, LyingSocket.Greeting greeting, Category category) {
    server.greeting(greeting);

    ConnectFailedException failure =
        guest(Step.GREETING).failsToConnect(ConnectFailedException.class);

    assertEquals(category, failure.category(), failure::getMessage);
    assertEquals(ConnectFailedException.Step.SOCKET, failure.step());
    Await.until(() -> server.connections() == 0, () -> "connections are left");
  }

  @Test
  void no_greeting_ends_at_the_deadline() {
    after.closing(server).greeting(socket -> {});
    Guest joe = after.guest(Options.of(server).connectTimeout(Options.SHORT));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Category.TIMEOUT, failure.category());
    assertEquals(ConnectFailedException.Step.SOCKET, failure.step());
    Await.until(() -> server.connections() == 0, () -> "connections are left");
  }

  // --- the registration

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6:::1",
        "6:::1+[]",
        "6:::1+[null]",
        "6:::1+[\"<html></html>\"]",
        "6:::1+[[]]",
        "6:::1+[{\"id\":\"x\"}]",
        "6:::1+[{\"statusCode\":200,\"body\":\"<html></html>\"}]",
        "6:::1+[{\"statusCode\":200,\"body\":{\"id\":7,\"endpointId\":{}}}]",
        "6:::2+[{}]",
        "5:::garbage"
      })
  void a_registration_that_is_answered_with_nonsense_is_a_protocol_failure(String frame) {
    server.answers(ask -> frame);

    ConnectFailedException failure =
        guest(Step.REGISTER).failsToConnect(ConnectFailedException.class);

    assertEquals(Category.PROTOCOL, failure.category(), failure::getMessage);
    assertEquals(ConnectFailedException.Step.REGISTER, failure.step());
  }

  @Test
  void a_registration_that_is_not_answered_ends_at_the_deadline() {
    after.closing(server).answers(ask -> null);
    Guest joe = after.guest(Options.of(server).connectTimeout(Options.SHORT));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Category.TIMEOUT, failure.category());
    assertEquals(ConnectFailedException.Step.REGISTER, failure.step());
  }

  @Test
  void a_registration_that_meets_the_rate_limit_is_repeated() {
    AtomicInteger times = new AtomicInteger();
    server.answers(
        ask ->
            times.incrementAndGet() == 1
                ? ask.answer(429, "{\"error\":\"API rate limit was exceeded.\"}")
                : LyingServer.truth(ask));

    Await.value(guest(Step.REGISTER).client.connect());

    assertEquals(2, times.get());
  }

  @Test
  void a_connection_limit_is_told_in_words_and_status() {
    server.answers(
        ask -> ask.answer(401, "{\"error\":\"Connection limit exceeded for this app\"}"));

    ConnectFailedException failure =
        guest(Step.REGISTER).failsToConnect(ConnectFailedException.class);

    RequestRejectedException refusal = (RequestRejectedException) failure.getCause();
    assertEquals(RequestRejectedException.Reason.CONNECTION_LIMIT, refusal.reason());
    assertEquals(401, failure.status());
  }
}
