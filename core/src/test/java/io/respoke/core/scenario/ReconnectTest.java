package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectOptions;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.ReconnectPolicy;
import io.respoke.Token;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectTest {
  @RegisterExtension final Stage stage = new Stage();

  private static final String FAILS = "/v1/session-tokens";

  private void failNext(int times) {
    for (int i = 0; i < times; i++) {
      stage.http.next("post", FAILS, ScriptedHttp.json(503, "{}"));
    }
  }

  private List<Long> waits() {
    return stage.events(Reconnecting.class).stream().map(e -> e.delay().toMillis()).toList();
  }

  @Test
  void aLostConnectionComesBackByItselfAndTellsItsStory() {
    Client client = stage.connected();
    stage.time.advance(5000);
    stage.randoms.add(0.8);

    stage.cut();

    Disconnected lost = stage.event(Disconnected.class);
    assertEquals(DisconnectReason.NETWORK, lost.reason());
    assertTrue(lost.willReconnect());
    assertTrue(lost.cause().isPresent());
    assertEquals(ConnectionState.RECONNECTING, client.state());
    assertEquals(List.of(2000L), stage.time.pending());

    stage.time.advance(2000);

    assertEquals(ConnectionState.CONNECTED, client.state());
    assertEquals(
        List.of(
            "ConnectionStateChanged",
            "Disconnected",
            "Reconnecting",
            "ConnectionStateChanged",
            "ConnectionStateChanged",
            "Reconnected"),
        stage.events.stream().map(e -> e.getClass().getSimpleName()).toList());
    Reconnected back = stage.event(Reconnected.class);
    assertEquals(Duration.ofMillis(2000), back.downtime());
    assertEquals(1, back.attempts());
    assertEquals("conn-2", back.connectionId());
    assertEquals(1, client.inspect().reconnects());
    assertEquals(
        List.of(
            "delete /v1/session-tokens",
            "token for attempt 1",
            "post /v1/session-tokens {\"tokenId\":\"t-2\"}",
            "get /socket.io/1/",
            "open /socket.io/1/websocket/sid-2",
            "post /v1/connections {\"capabilities\":{\"iceFinalCandidates\":true,\"status\":true}}"),
        stage.takeLog(),
        "the old session is ended, and the new one has a new token");
    assertEquals(
        "session-1", stage.http.last("delete", "/v1/session-tokens").headers().get("App-Token"));
  }

  @Test
  void aSessionThatWasGivenToTheClientOutlivesADrop() {
    Client client =
        stage.connected(
            stage.options().token(new Token(Token.Kind.SESSION_TOKEN, "theirs")).build());

    stage.cut();

    assertEquals(ConnectionState.RECONNECTING, client.state());
    assertEquals(List.of(), stage.takeLog());
  }

  @Test
  void closingWaitsUntilTheSessionOfALostConnectionIsEnded() {
    Client client = stage.connected();
    stage.http.nextHangs("delete", FAILS);
    stage.cut();
    client.listen(
        ConnectionStateChanged.class,
        e -> {
          if (e.newState() == ConnectionState.DISCONNECTED) {
            client.close(); // inside a listener it does not wait
          }
        });

    client.disconnect();

    assertEquals(ConnectionState.CLOSED, client.state());
    assertEquals(List.of(client.options().closeTimeout().toMillis()), stage.time.pending());
    ScriptedHttp.Exchange ending = stage.http.last("delete", FAILS);
    assertEquals(client.options().closeTimeout(), ending.limit());
    ending.reply().complete(ScriptedHttp.json(200, "{}"));
    assertEquals(List.of(), stage.time.pending());
  }

  @Test
  void whoeverIsToldFindsTheNewState() {
    List<String> found = new ArrayList<>();
    Client client = stage.connected();
    client.listen(Disconnected.class, e -> found.add("Disconnected " + client.state()));
    client.listen(
        ConnectionFailed.class,
        e -> found.add("ConnectionFailed " + e.willRetry() + " " + client.state()));
    failNext(1);

    stage.cut();
    stage.time.advance(2500);
    client.connect(ConnectOptions.builder().reconnect(false).build());
    stage.cut();
    failNext(1);
    client.connect().handle((c, e) -> found.add("connect failed " + client.state()));
    stage.http.nextHangs("post", FAILS);
    client.connect().handle((c, e) -> found.add("connect called off " + client.state()));
    client.disconnect().thenRun(() -> found.add("disconnected " + client.state()));
    client.connect();
    client.disconnect().thenRun(() -> found.add("disconnected " + client.state()));
    client.connect();
    stage.http.end(); // or close() would wait for the session that hangs
    client.close();

    assertEquals(
        List.of(
            "Disconnected RECONNECTING",
            "ConnectionFailed true RECONNECTING",
            "Disconnected DISCONNECTED",
            "ConnectionFailed false DISCONNECTED",
            "connect failed DISCONNECTED",
            "connect called off DISCONNECTED",
            "disconnected DISCONNECTED",
            "Disconnected DISCONNECTED",
            "disconnected DISCONNECTED",
            "Disconnected CLOSED"),
        found);
  }

  @ParameterizedTest
  @CsvSource({
    "LOST, NETWORK",
    "TLS, NETWORK",
    "SEND_TIMEOUT, SEND_TIMEOUT",
    "QUEUE_FULL, SEND_TIMEOUT",
    "TOO_LARGE, PROTOCOL_ERROR",
    "OTHER, PROTOCOL_ERROR"
  })
  void whatTheTransportSaysLastIsTheReasonEvenWithASendUnderWay(
      TransportException.Category category, DisconnectReason reason) {
    Client client = stage.connected();
    stage.service.peer().stall();
    CompletionStage<?> sent = client.sendMessage("eve", "hello");
    TransportException failure = new TransportException(category, "words", null);

    stage.service.peer().fail(failure);

    Disconnected lost = stage.event(Disconnected.class);
    assertEquals(reason, lost.reason());
    assertSame(failure, lost.cause().orElseThrow());
    assertTrue(failure(ConnectionLostException.class, sent).sent());
  }

  @Test
  void waitsAreRandomBetweenZeroAndALimitThatDoublesUpToTheCap() {
    stage.connected(
        stage
            .options()
            .reconnectPolicy(
                ReconnectPolicy.defaults().withDelays(Duration.ofSeconds(1), Duration.ofSeconds(5)))
            .build());
    stage.randoms.addAll(List.of(0.0, 0.5, 0.25, 0.999, 0.1));
    failNext(4);

    stage.cut();
    stage.time.advance(60_000);

    assertEquals(List.of(0L, 1000L, 1000L, 4995L, 500L), waits());
    assertEquals(
        List.of(1, 2, 3, 4, 5),
        stage.events(Reconnecting.class).stream().map(Reconnecting::attempt).toList());
    assertEquals(5, stage.event(Reconnected.class).attempts());
    assertEquals(4, stage.events(ConnectionFailed.class).size());
    assertEquals(4, stage.events(ErrorOccurred.class).size());
  }

  @Test
  void everyAttemptAsksForATokenAndIsToldOfTheFailureBefore() {
    stage.connected();
    stage.tokenRequests.clear();
    failNext(2);

    stage.cut();
    stage.time.advance(Duration.ofSeconds(20));

    assertEquals(3, stage.tokenRequests.size());
    assertTrue(stage.tokenRequests.get(0).previousFailure().isPresent(), "the lost connection");
    for (int i = 1; i < 3; i++) {
      assertEquals(i + 1, stage.tokenRequests.get(i).attempt());
      assertInstanceOf(
          ConnectFailedException.class, stage.tokenRequests.get(i).previousFailure().orElseThrow());
    }
  }

  @Test
  void aFirstConnectThatFailsIsRetriedTooAndItsStageStaysOpen() {
    failNext(2);
    Client client = stage.client();

    CompletionStage<Client> connecting = client.connect();
    assertFalse(isDone(connecting));
    stage.time.advance(Duration.ofMinutes(1));

    assertSame(client, join(connecting));
    assertEquals(1, stage.events(Connected.class).size());
    assertEquals(List.of(), stage.events(Reconnected.class), "there was nothing to come back to");
    assertEquals(2, stage.events(Reconnecting.class).size());
  }

  @Test
  void aTerminalErrorEndsTheRetries() {
    List<Throwable> answers = new ArrayList<>();
    AuthenticationException terminal = new AuthenticationException("the account is closed");
    Client client =
        stage.client(
            stage
                .options()
                .tokenProvider(
                    request -> {
                      answers.add(request.previousFailure().orElse(null));
                      return answers.size() == 1
                          ? CompletableFuture.completedFuture(Token.of("first"))
                          : CompletableFuture.failedFuture(terminal);
                    })
                .build());
    join(client.connect());
    stage.takeEvents();

    stage.cut();
    stage.time.advance(Duration.ofMinutes(1));

    assertEquals(ConnectionState.DISCONNECTED, client.state());
    ConnectionFailed failed = stage.event(ConnectionFailed.class);
    assertSame(terminal, failed.error());
    assertFalse(failed.willRetry());
    assertEquals(2, answers.size());
  }

  @Test
  void oneBareTokenIsNotTriedTwice() {
    Client client = stage.client(stage.options().token("bare").build());
    join(client.connect());
    stage.takeEvents();

    stage.cut();

    assertFalse(stage.event(Disconnected.class).willReconnect());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertEquals(List.of(), stage.time.pending());
  }

  @Test
  void withReconnectForcedOnABareTokenEndsAtTheFirstRetry() {
    Client client = stage.client(stage.options().token("bare").reconnect(true).build());
    join(client.connect());
    stage.takeEvents();
    stage.takeLog();

    stage.cut();
    stage.time.advance(2500);

    assertInstanceOf(AuthenticationException.class, stage.event(ConnectionFailed.class).error());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertEquals(List.of("delete /v1/session-tokens"), stage.takeLog());
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5"})
  void aLimitOfAttemptsEndsTheRetries(int limit) {
    Client client =
        stage.connected(
            stage
                .options()
                .reconnectPolicy(ReconnectPolicy.defaults().withMaxAttempts(limit))
                .build());
    failNext(limit);

    stage.cut();
    stage.time.advance(Duration.ofHours(1));

    assertEquals(limit, stage.events(ConnectionFailed.class).size());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertTrue(
        stage.events(ConnectionStateChanged.class).stream()
            .reduce((a, b) -> b)
            .orElseThrow()
            .cause()
            .isPresent());
  }

  @Test
  void aLimitOfTimeEndsTheRetriesAndFailsWhoWaits() {
    failNext(100);
    Client client =
        stage.client(
            stage
                .options()
                .reconnectPolicy(
                    ReconnectPolicy.defaults()
                        .withJitter(false)
                        .withMaxElapsed(Duration.ofSeconds(20)))
                .build());

    CompletionStage<Client> connecting = client.connect();
    stage.time.advance(Duration.ofHours(1));

    failure(ConnectFailedException.class, connecting);
    assertEquals(List.of(2500L, 5000L, 10_000L, 20_000L), waits());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  @Test
  void reconnectNowEndsTheWaitAndDoesNothingElsewhere() {
    Client client = stage.connected();
    client.reconnectNow();
    assertEquals(1, stage.service.opened());

    stage.cut();
    client.reconnectNow();

    assertEquals(ConnectionState.CONNECTED, client.state());
    assertEquals(2, stage.service.opened());
    assertEquals(Duration.ZERO, stage.event(Reconnected.class).downtime());
    stage.time.advance(Duration.ofMinutes(30));
    assertEquals(2, stage.service.opened() - heartbeatLosses(), "the wait was called off");
  }

  private int heartbeatLosses() {
    return (int)
        stage.events(Disconnected.class).stream()
            .filter(e -> e.reason() == DisconnectReason.HEARTBEAT_TIMEOUT)
            .count();
  }

  @Test
  void disconnectCallsTheWaitOff() {
    Client client = stage.connected();
    stage.cut();

    join(client.disconnect());

    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertEquals(List.of(), stage.time.pending());
    assertEquals(1, stage.events(Disconnected.class).size(), "it was disconnected before");
  }

  @Test
  void closeCallsTheWaitOffToo() {
    Client client = stage.connected();
    stage.cut();

    client.close();

    assertEquals(ConnectionState.CLOSED, client.state());
    assertEquals(List.of(), stage.time.pending());
  }

  @Test
  void connectDuringTheWaitTriesAtOnceAndBothStoriesAreTold() {
    Client client = stage.connected();
    stage.cut();

    assertSame(client, join(client.connect()));

    assertEquals(1, stage.events(Connected.class).size());
    assertEquals(1, stage.events(Reconnected.class).size());
    assertEquals(2, stage.service.opened());
  }

  @Test
  void aHandWrittenLoopBesideTheBuiltInOneStillMakesOneLoginAtATime() {
    Client client = stage.client();
    List<CompletionStage<Client>> byHand = new ArrayList<>();
    client.listen(
        Disconnected.class,
        e -> byHand.add(client.connect(ConnectOptions.token("by-hand-" + byHand.size()))));
    join(client.connect());

    for (int drop = 0; drop < 3; drop++) {
      stage.cut();
      assertSame(client, join(byHand.get(drop)));
      stage.time.advance(Duration.ofSeconds(20));
      assertEquals(2 + drop, stage.service.opened(), "the built-in one does not try as well");
    }
  }

  @Test
  void aDropWhileConnectingAgainCountsFromTheFirstDrop() {
    stage.connected();
    stage.randoms.addAll(List.of(0.4, 0.4));
    stage.service.nextHangs("post", "/v1/connections");
    stage.cut();
    stage.time.advance(1000);
    stage.cut();
    stage.time.advance(2000);

    Reconnected back = stage.event(Reconnected.class);
    assertEquals(Duration.ofMillis(3000), back.downtime());
    assertEquals(2, back.attempts());
  }

  @ParameterizedTest
  @CsvSource({"0::, SERVER_CLOSED", "7:::1+0, SERVER_CLOSED", "7:::, SERVER_CLOSED"})
  void aFrameThatEndsTheSessionDropsTheConnection(String frame, DisconnectReason reason) {
    stage.connected();

    stage.service.peer().send(frame);

    assertEquals(reason, stage.event(Disconnected.class).reason());
    assertFalse(stage.service.peer().isOpen());
  }

  @ParameterizedTest
  @CsvSource({"1000, SERVER_CLOSED", "1001, SERVER_CLOSED", "1012, SERVER_CLOSED", "1006, NETWORK"})
  void aCloseOfTheSocketDropsTheConnection(int code, DisconnectReason reason) {
    stage.connected();

    stage.service.peer().close(code, "restart");

    Disconnected lost = stage.event(Disconnected.class);
    assertEquals(reason, lost.reason());
    assertTrue(lost.willReconnect());
    if (code != CloseStatus.ABNORMAL) {
      assertTrue(lost.cause().orElseThrow().getMessage().contains(code + " restart"));
    }
  }

  @Test
  void sixtySecondsOfSilenceDropTheConnectionAndAnyPacketPutsThatOff() {
    Client client = stage.connected();
    long limit = 60_000; // as the handshake says
    stage.time.advance(limit - 1);
    stage.service.peer().send("2::");
    assertEquals(List.of("2::"), stage.takeLog(), "a heartbeat is answered");

    stage.time.advance(limit - 1);
    assertEquals(ConnectionState.CONNECTED, client.state());
    stage.service.push("message", "{\"header\":{\"from\":\"jim\"},\"body\":\"hi\"}");
    stage.time.advance(limit - 1);
    assertEquals(ConnectionState.CONNECTED, client.state());
    stage.time.advance(1);

    assertEquals(DisconnectReason.HEARTBEAT_TIMEOUT, stage.event(Disconnected.class).reason());
    assertFalse(stage.service.peer().isOpen());
  }

  @Test
  void theHeartbeatIsWatchedAgainAfterEveryReconnect() {
    stage.connected();
    for (int i = 0; i < 3; i++) {
      stage.time.advance(Duration.ofSeconds(130));
    }
    assertTrue(stage.events(Disconnected.class).size() >= 3);
    stage
        .events(Disconnected.class)
        .forEach(e -> assertEquals(DisconnectReason.HEARTBEAT_TIMEOUT, e.reason()));
    assertEquals(stage.events(Disconnected.class).size(), stage.events(Reconnected.class).size());
  }

  @Test
  void reconnectCanBeSwitchedOffWhileConnected() {
    Client client = stage.connected();
    join(client.connect(ConnectOptions.builder().reconnect(false).build()));
    stage.takeEvents();

    stage.cut();

    assertFalse(stage.event(Disconnected.class).willReconnect());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  @Test
  void afterGivingUpAConnectByHandRestoresWhatWasLost() {
    ClientOptions options =
        stage.options().reconnectPolicy(ReconnectPolicy.defaults().withMaxAttempts(1)).build();
    Client client = stage.connected(options);
    join(client.join("lobby"));
    failNext(1);
    stage.cut();
    stage.time.advance(10_000);
    assertEquals(ConnectionState.DISCONNECTED, client.state());

    join(client.connect());

    assertTrue(client.group("lobby").isJoined());
    assertEquals(Map.of("lobby", 0), stage.event(Reconnected.class).restored().backfilled());
  }

  @Test
  void stateSnapshotAndEventsAgree() {
    Client client = stage.client();
    List<ConnectionState> seen = new ArrayList<>();
    client.listen(
        ConnectionStateChanged.class,
        e -> {
          seen.add(e.newState());
          assertEquals(
              e.newState() == ConnectionState.CONNECTED,
              e.newState() == client.state() && client.isConnected());
        });
    stage.time.advance(777);
    join(client.connect());
    stage.cut();
    stage.time.advance(1250);
    join(client.disconnect());

    assertEquals(
        List.of(
            ConnectionState.CONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.CONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.DISCONNECTING,
            ConnectionState.DISCONNECTED),
        seen);
    assertEquals(ManualScheduler.EPOCH.plusMillis(777 + 1250), client.inspect().since());
  }
}
