package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ConnectionState;
import io.respoke.Token;
import io.respoke.event.GroupJoined;
import io.respoke.tyrus.weather.LyingSocket.Ask;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which a client logs out, whatever the service makes of it. */
@Tag("slow") // it waits for real deadlines
class LogoutOverSocketsTest {
  private static final String LEAVE = "ws delete /v1/groups";
  private static final String DELETE_CONNECTION = "ws delete /v1/connections/con-1/";
  private static final String DELETE_SESSION = "DELETE /v1/session-tokens";
  private static final String GOODBYE = "ws 0::";
  private static final String CLOSE = "ws close 1000";
  private static final String END = "ws end";
  private static final List<String> ALL =
      List.of(LEAVE, DELETE_CONNECTION, DELETE_SESSION, GOODBYE, CLOSE, END);

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  /** Connected, a member of two groups, and with an empty log. */
  private Guest inGroups() {
    after.closing(server);
    Guest joe = after.guest(Options.of(server).closeTimeout(Duration.ofSeconds(2)));
    Await.value(joe.client.connect());
    Await.value(joe.client.join(List.of("a", "b")));
    joe.next(GroupJoined.class);
    joe.next(GroupJoined.class);
    server.log().clear();
    return joe;
  }

  private List<String> log() {
    Await.until(() -> server.connections() == 0, () -> "the TCP connection is open");
    return List.copyOf(server.log());
  }

  @Test
  void disconnect_leaves_the_groups_then_the_service_then_the_socket() {
    Guest joe = inGroups();

    Await.value(joe.client.disconnect());

    assertEquals(ALL, log());
    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
    assertTrue(joe.client.groups().isEmpty());
  }

  @Test
  void close_does_the_same() {
    Guest joe = inGroups();

    joe.client.close();

    assertEquals(ALL, log());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500})
  void every_step_is_taken_although_the_one_before_is_refused(int status) {
    Guest joe = inGroups();
    server.answers(ask -> ask.answer(status, "{\"error\":\"no\"}"));

    Await.value(joe.client.disconnect());

    assertEquals(ALL, log());
  }

  @Test
  void every_step_is_taken_although_the_one_before_is_not_answered() {
    Guest joe = inGroups();
    server.answers(ask -> null);

    Await.value(joe.client.disconnect());

    assertEquals(ALL, log());
  }

  @Test
  void a_service_that_answers_nothing_at_all_is_left_in_time() {
    Guest joe = inGroups();
    server.next().fallSilent();

    Await.value(joe.client.disconnect());

    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
    assertEquals(ALL, log());
  }

  @Test
  void a_socket_that_breaks_meanwhile_does_not_keep_the_session_alive() {
    Guest joe = inGroups();
    server.answers(
        ask -> {
          ask.socket().cut();
          return null;
        });

    Await.value(joe.client.disconnect());

    // Who of the two comes first is not ours to say: they are on two connections.
    assertEquals(Set.of(LEAVE, END, DELETE_SESSION), Set.copyOf(log()));
    assertEquals(3, log().size(), log()::toString);
    assertEquals(LEAVE, log().get(0));
  }

  @Test
  void a_service_that_closes_first_is_let_do_so() {
    Guest joe = inGroups();
    server.answers(
        ask -> {
          if (ask.name().startsWith("delete /v1/connections")) {
            ask.socket().send("0::");
            ask.socket().close(1000);
          }
          return LyingServer.truth(ask);
        });

    Await.value(joe.client.disconnect());

    assertTrue(log().contains(DELETE_SESSION), log()::toString);
    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
  }

  @Test
  void without_groups_and_with_a_session_of_somebody_else_only_the_connection_is_deleted() {
    after.closing(server);
    Guest joe =
        after.guest(
            Options.of(server)
                .tokenProvider(
                    request ->
                        CompletableFuture.completedFuture(
                            new Token(Token.Kind.SESSION_TOKEN, "session-of-a-broker"))));
    Await.value(joe.client.connect());
    server.log().clear();

    Await.value(joe.client.disconnect());

    assertEquals(List.of(DELETE_CONNECTION, GOODBYE, CLOSE, END), log());
  }

  @Test
  void a_request_that_is_made_while_logging_out_is_not_sent() {
    Guest joe = inGroups();
    CompletableFuture<Ask> leaving = new CompletableFuture<>();
    server.answers(
        ask -> {
          if (ask.name().startsWith("delete /v1/groups")) {
            leaving.complete(ask);
            return null;
          }
          return LyingServer.truth(ask);
        });
    var out = joe.client.disconnect();
    Ask ask = Await.value(leaving);

    Throwable failure =
        Await.failure(io.respoke.ConnectionLostException.class, joe.client.sendMessage("eve", "x"));
    ask.socket().send(ask.ok("{}"));
    Await.value(out);

    assertTrue(failure.getMessage().contains("DISCONNECTING"), failure.getMessage());
    assertEquals(ALL, log());
  }
}
