package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.Token;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.UnknownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogoutTest {
  @RegisterExtension final Stage stage = new Stage();

  private static final List<String> ORDER =
      List.of(
          "delete /v1/groups {\"groups\":[\"a\",\"b\"]}",
          "delete /v1/connections/conn-1/",
          "delete /v1/session-tokens",
          "0::");

  private Client joined() {
    Client client = stage.connected();
    join(client.join(List.of("a", "b")));
    stage.takeLog();
    stage.takeEvents();
    return client;
  }

  @Test
  void groupsThenTheConnectionThenTheSessionThenTheSocket() {
    Client client = joined();

    join(client.disconnect());

    assertEquals(ORDER, stage.takeLog());
    assertEquals(
        List.of("ConnectionStateChanged", "ConnectionStateChanged", "Disconnected"),
        stage.events.stream().map(e -> e.getClass().getSimpleName()).toList());
    Disconnected event = stage.event(Disconnected.class);
    assertEquals(DisconnectReason.REQUESTED, event.reason());
    assertFalse(event.willReconnect());
    assertFalse(event.cause().isPresent());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertTrue(client.connectionId().isEmpty());
    assertEquals(List.of(), client.groups());
    assertEquals(List.of(), stage.time.pending());
    assertEquals(
        "session-1", stage.http.last("delete", "/v1/session-tokens").headers().get("App-Token"));
  }

  @Test
  void withoutGroupsNoneAreLeft() {
    Client client = stage.connected();
    join(client.disconnect());
    assertEquals(ORDER.subList(1, 4), stage.takeLog());
  }

  @Test
  void aSessionThatWasGivenToTheClientIsNotItsToEnd() {
    Client client =
        stage.connected(
            stage.options().token(new Token(Token.Kind.SESSION_TOKEN, "theirs")).build());
    join(client.disconnect());
    assertEquals(List.of("delete /v1/connections/conn-1/", "0::"), stage.takeLog());
  }

  static Stream<Consumer<Stage>> failures() {
    return Stream.of(
        stage -> stage.service.next("delete", "/v1/groups", 500, "{}"),
        stage -> stage.service.next("delete", "/v1/connections/conn-1/", 403, "{}"),
        stage -> stage.http.next("delete", "/v1/session-tokens", ScriptedHttp.json(500, "{}")),
        stage -> stage.http.nextFails("delete", "/v1/session-tokens", new IOException("reset")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyStepIsTakenEvenIfTheOneBeforeFailed(Consumer<Stage> failure) {
    Client client = joined();
    failure.accept(stage);

    join(client.disconnect());

    assertEquals(ORDER, stage.takeLog());
  }

  static Stream<Consumer<Stage>> silences() {
    return Stream.of(
        stage -> {
          stage.service.nextHangs("delete", "/v1/groups");
          stage.service.nextHangs("delete", "/v1/connections/conn-1/");
          stage.http.nextHangs("delete", "/v1/session-tokens");
        },
        stage -> stage.service.nextHangs("delete", "/v1/groups"),
        stage -> stage.service.nextHangs("delete", "/v1/connections/conn-1/"),
        stage -> stage.http.nextHangs("delete", "/v1/session-tokens"));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void aServiceThatDoesNotAnswerHoldsItUpForTheCloseTimeoutAtMost(Consumer<Stage> silence) {
    Client client = stage.connected(stage.options().closeTimeout(Duration.ofSeconds(2)).build());
    join(client.join(List.of("a", "b")));
    silence.accept(stage);

    stage.takeLog();

    CompletionStage<Void> disconnecting = client.disconnect();
    assertFalse(isDone(disconnecting));
    assertEquals(ConnectionState.DISCONNECTING, client.state());
    stage.time.advance(2000);

    join(disconnecting);
    assertEquals(ORDER, stage.takeLog(), "the steps after it are taken all the same");
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertFalse(stage.service.peer().isOpen());
    assertEquals(List.of(), stage.time.pending());
  }

  @Test
  void aConnectionThatBreaksMeanwhileDoesNotHoldItUpNorComeBack() {
    Client client = joined();
    stage.service.nextHangs("delete", "/v1/groups");
    CompletionStage<Void> disconnecting = client.disconnect();

    stage.cut();

    join(disconnecting);
    assertEquals(DisconnectReason.REQUESTED, stage.event(Disconnected.class).reason());
    assertEquals(List.of(), stage.time.pending());
    assertTrue(stage.takeLog().contains("delete /v1/session-tokens"), "the session is ended");
  }

  @Test
  void whileLoggingOutNoRequestIsTakenAndThoseUnderWayEnd() {
    Client client = joined();
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<?> underWay = client.request("get", "/v1/turn", null);
    stage.service.nextHangs("delete", "/v1/groups");
    CompletionStage<Void> disconnecting = client.disconnect();

    assertFalse(failure(ConnectionLostException.class, client.sendMessage("jim", "hi")).sent());
    stage.service.last("/v1/groups").answer(200, "{}");

    join(disconnecting);
    assertTrue(failure(ConnectionLostException.class, underWay).sent());
  }

  @Test
  void connectDuringALogoutFollowsIt() {
    Client client = joined();
    stage.service.nextHangs("delete", "/v1/groups");
    CompletionStage<Void> disconnecting = client.disconnect();
    CompletionStage<Client> connecting = client.connect();
    assertFalse(isDone(connecting));
    assertEquals(1, stage.service.opened());

    stage.service.last("/v1/groups").answer(200, "{}");

    join(disconnecting);
    join(connecting);
    assertEquals(ConnectionState.CONNECTED, client.state());
    assertEquals(2, stage.service.opened());
  }

  @Test
  void disconnectAfterThatConnectTakesItBack() {
    Client client = joined();
    stage.service.nextHangs("delete", "/v1/groups");
    List<CompletionStage<Void>> disconnecting = new ArrayList<>();
    disconnecting.add(client.disconnect());
    CompletionStage<Client> connecting = client.connect();
    disconnecting.add(client.disconnect());

    assertEquals(Category.CANCELLED, failure(ConnectFailedException.class, connecting).category());
    stage.service.last("/v1/groups").answer(200, "{}");
    disconnecting.forEach(Stage::join);
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  @Test
  void disconnectWithoutAConnectionIsDoneAtOnce() {
    Client client = stage.client();
    join(client.disconnect());
    join(client.disconnect());
    assertEquals(List.of(), stage.takeLog());
    assertEquals(List.of(), stage.takeEvents());
  }

  @Test
  void closeLogsOutAndNothingWorksAfterIt() {
    Client client = joined();

    client.close();
    client.close();

    assertEquals(ORDER, stage.takeLog());
    assertEquals(ConnectionState.CLOSED, client.state());
    assertEquals(
        Category.CANCELLED, failure(ConnectFailedException.class, client.connect()).category());
    assertFalse(failure(ConnectionLostException.class, client.sendMessage("jim", "hi")).sent());
    join(client.disconnect());
    client.reconnectNow();
    assertEquals(List.of(), stage.takeLog());
  }

  @Test
  void closeDuringALogoutEndsInClosed() {
    Client client = joined();
    stage.service.nextHangs("delete", "/v1/groups");
    CompletionStage<Void> disconnecting = client.disconnect();
    client.once(UnknownEvent.class, e -> client.close()); // inside a listener it does not wait
    stage.service.push("odd", "{}");
    assertEquals(ConnectionState.DISCONNECTING, client.state());
    failure(ConnectFailedException.class, client.connect());

    stage.service.last("/v1/groups").answer(200, "{}");

    join(disconnecting);
    assertEquals(ConnectionState.CLOSED, client.state());
    assertEquals(1, stage.service.opened());
  }

  @Test
  void closeInAnyListenerOfTheStoryIsLegal() {
    for (ConnectionState when :
        List.of(
            ConnectionState.CONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.DISCONNECTING,
            ConnectionState.DISCONNECTED)) {
      Client client = stage.client();
      client.listen(
          ConnectionStateChanged.class,
          e -> {
            if (e.newState() == when) {
              client.close();
            }
          });
      client.connect();
      if (client.state() == ConnectionState.CONNECTED) {
        stage.cut();
        client.disconnect();
        client.connect();
        client.disconnect();
      }
      assertEquals(ConnectionState.CLOSED, client.state(), "closed while " + when);
    }
  }
}
