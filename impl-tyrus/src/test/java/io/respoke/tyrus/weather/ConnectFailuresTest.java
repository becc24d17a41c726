package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectOptions;
import io.respoke.ConnectionState;
import io.respoke.event.Connected;
import io.respoke.spi.contract.ContractServer;
import io.respoke.tyrus.weather.LyingServer.Lie;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that cannot be reached, or do not speak HTTP. */
@Tag("slow")
class ConnectFailuresTest {
  /** A label of a name has 63 characters at most: no resolver asks anybody about this one. */
  private static final String NOWHERE = "http://" + "nowhere".repeat(10) + ".test";

  @RegisterExtension final Aftermath after = new Aftermath();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "127.0.0.1:8080",
        "ftp://127.0.0.1",
        "http://",
        "http:///path",
        "http://host:99999",
        "http://127.0.0.1/?query=1",
        "http://127.0.0.1/#fragment",
        "http://joe:password1234@127.0.0.1",
        "http://joe:password1234@ho st"
      })
  void a_wrong_url_is_refused_before_there_is_a_client(String url) {
    ClientOptions.Builder options = ClientOptions.builder().baseUrl(url);

    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, options::build);

    assertTrue(refused.getMessage().contains("baseUrl"), refused.getMessage());
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("password1234"), cause.toString());
    }
  }

  @Test
  void a_wrong_url_given_to_connect_is_refused_at_once_and_changes_nothing() {
    LyingServer server = after.closing(LyingServer.start());
    Guest joe = after.guest(Options.of(server));
    ConnectOptions wrong = ConnectOptions.builder().baseUrl("127.0.0.1").endpointId("eve").build();

    assertThrows(IllegalArgumentException.class, () -> joe.client.connect(wrong));

    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
    assertEquals(server.baseUrl(), joe.client.options().baseUrl());
    Await.value(joe.client.connect());
    assertEquals("joe", joe.next(Connected.class).endpointId());
  }

  @ParameterizedTest
  @EnumSource(First.class)
  void an_unknown_host_is_told_as_such(First first) {
    ConnectFailedException failure = fails(first, NOWHERE);

    assertEquals(Category.UNKNOWN_HOST, failure.category());
    assertEquals(first.step, failure.step());
  }

  @ParameterizedTest
  @EnumSource(First.class)
  void a_refused_port_is_told_as_such(First first) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    ConnectFailedException failure = fails(first, "http://127.0.0.1:" + port);

    assertEquals(Category.REFUSED, failure.category());
    assertEquals(first.step, failure.step());
    assertTrue(failure.getMessage().contains("127.0.0.1:" + port), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(First.class)
  void a_connect_that_is_never_answered_ends_at_its_deadline(First first) {
    BlackHole hole = after.closing(BlackHole.open());

    ConnectFailedException failure = failsInTime(first, hole.baseUrl());

    assertEquals(Category.TIMEOUT, failure.category());
    assertEquals(first.step, failure.step());
  }

  @Test
  void a_certificate_that_nobody_trusts_is_a_tls_failure() {
    ContractServer server = after.closing(ContractServer.startTls());

    ConnectFailedException failure = fails(First.SESSION, https(server));

    assertEquals(Category.TLS, failure.category());
  }

  @Test
  void a_certificate_of_another_host_is_a_tls_failure() {
    ContractServer server = after.closing(ContractServer.startTlsForAnotherHost());
    Guest joe =
        after.guest(First.SESSION.options(https(server)).sslContext(ContractServer.trust()));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertEquals(Category.TLS, failure.category());
  }

  @Test
  void tls_to_a_server_without_it_is_a_tls_failure() {
    LyingServer server = after.closing(LyingServer.start());

    ConnectFailedException failure = fails(First.SESSION, "https://127.0.0.1:" + server.port());

    assertEquals(Category.TLS, failure.category());
  }

  @Test
  void plain_http_to_a_server_with_tls_fails() {
    ContractServer server = after.closing(ContractServer.startTls());

    ConnectFailedException failure = fails(First.SESSION, "http://127.0.0.1:" + server.port());

    assertTrue(
        failure.category() == Category.LOST || failure.category() == Category.PROTOCOL,
        () -> failure.category() + " " + failure.getMessage());
  }

  @Test
  void a_tls_handshake_that_is_never_answered_ends_at_its_deadline() throws IOException {
    ServerSocket mute = after.closing(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));

    ConnectFailedException failure =
        failsInTime(First.SESSION, "https://127.0.0.1:" + mute.getLocalPort());

    assertEquals(Category.TIMEOUT, failure.category());
  }

  /** How a client begins, and where it gets stuck when nobody answers. */
  private enum First {
    MINT(ConnectFailedException.Step.TOKEN),
    SESSION(ConnectFailedException.Step.SESSION);

    final ConnectFailedException.Step step;

    First(ConnectFailedException.Step step) {
      this.step = step;
    }

    ClientOptions.Builder options(String url) {
      ClientOptions.Builder options =
          ClientOptions.builder().baseUrl(url).appId("app").endpointId("joe").reconnect(false);
      return this == MINT
          ? options.developmentMode(true)
          : options.tokenProvider(Options.freshTokens());
    }
  }

  private ConnectFailedException fails(First first, String url) {
    return after.guest(first.options(url)).failsToConnect(ConnectFailedException.class);
  }

  private ConnectFailedException failsInTime(First first, String url) {
    return after
        .guest(first.options(url).tokenTimeout(Options.SHORT).connectTimeout(Options.SHORT))
        .failsToConnect(ConnectFailedException.class);
  }

  private static String https(ContractServer server) {
    return "https://127.0.0.1:" + server.port();
  }

  private static Stream<Arguments> steps_and_lies() {
    Set<Category> lost = Set.of(Category.LOST);
    Set<Category> protocol = Set.of(Category.PROTOCOL);
    // What opens the WebSocket may find out late, or only that it is not the answer it waits for.
    Set<Category> lostOrLate = Set.of(Category.LOST, Category.TIMEOUT);
    Set<Category> anything = Set.of(Category.OTHER, Category.LOST, Category.TIMEOUT);
    return Stream.concat(
        Stream.of(Step.MINT, Step.SESSION, Step.HANDSHAKE)
            .flatMap(
                step ->
                    Stream.of(
                        Arguments.of(step, "a hang-up", LyingServer.hangUp(), lost),
                        Arguments.of(step, "half an answer", LyingServer.half(), lost),
                        Arguments.of(step, "no HTTP", LyingServer.garbage(), protocol))),
        Stream.of(
            Arguments.of(Step.UPGRADE, "a hang-up", LyingServer.hangUp(), lostOrLate),
            Arguments.of(Step.UPGRADE, "no HTTP", LyingServer.garbage(), anything)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"MINT", "SESSION", "HANDSHAKE", "UPGRADE"})
  void a_request_that_is_never_answered_ends_at_its_deadline(Step step) {
    LyingServer server = after.closing(LyingServer.start()).at(step, LyingServer.silence());

    ConnectFailedException failure =
        failsInTime(step == Step.MINT ? First.MINT : First.SESSION, server.baseUrl());

    assertEquals(Category.TIMEOUT, failure.category(), failure::getMessage);
    assertEquals(wireStep(step), failure.step());
    Await.until(() -> server.connections() == 0, () -> "connections are left");
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("steps_and_lies")
  void what_is_no_http_answer_fails_the_attempt(
      Step step, String what, Lie lie, Set<Category> categories) {
    LyingServer server = after.closing(LyingServer.start()).at(step, lie);
    First first = step == Step.MINT ? First.MINT : First.SESSION;
    Guest joe = after.guest(first.options(server.baseUrl()).connectTimeout(Duration.ofSeconds(3)));

    ConnectFailedException failure = joe.failsToConnect(ConnectFailedException.class);

    assertTrue(categories.contains(failure.category()), failure::toString);
    assertEquals(wireStep(step), failure.step());
    Await.until(() -> server.connections() == 0, () -> "connections are left");
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
}
