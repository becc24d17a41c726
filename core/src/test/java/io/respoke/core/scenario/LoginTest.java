package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.respoke.AuthenticationException;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionState;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoginTest {
  @RegisterExtension final Stage stage = new Stage();

  @Test
  void aBrokeredTokenIsExchangedAndEveryStepIsTakenInOrder() {
    Client client =
        stage.client(stage.options().presence("available").header("X-Trace", "7").build());

    assertSame(client, join(client.connect()));

    assertEquals(
        List.of(
            "token for attempt 1",
            "post /v1/session-tokens {\"tokenId\":\"t-1\"}",
            "get /socket.io/1/",
            "open /socket.io/1/websocket/sid-1",
            "post /v1/connections {\"capabilities\":{\"iceFinalCandidates\":true,\"status\":true}}",
            "post /v1/presence {\"presence\":{\"type\":\"available\"}}"),
        stage.takeLog());
    assertEquals(
        List.of(
            "ConnectionStateChanged", "ConnectionStateChanged", "Connected", "OwnPresenceChanged"),
        stage.takeEvents());
    assertEquals(ConnectionState.CONNECTED, client.state());
    assertEquals(Optional.of("joe"), client.endpointId());
    assertEquals(Optional.of("conn-1"), client.connectionId());
  }

  @Test
  void theFramesOfALoginAreAsTheProtocolHasThem() {
    join(stage.client(stage.options().presence("available").build()).connect());

    assertEquals(
        List.of(
            "5:1+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/connections\\\",\\\"data\\\":"
                + "{\\\"capabilities\\\":{\\\"iceFinalCandidates\\\":true,\\\"status\\\":true}},\\\"headers\\\":"
                + "{\\\"App-Token\\\":\\\"session-1\\\",\\\"Respoke-SDK\\\":"
                + "\\\"Respoke-Java/test\\\"}}\"]}",
            "5:2+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/presence\\\",\\\"data\\\":"
                + "{\\\"presence\\\":{\\\"type\\\":\\\"available\\\"}},\\\"headers\\\":"
                + "{\\\"App-Token\\\":\\\"session-1\\\",\\\"Respoke-SDK\\\":"
                + "\\\"Respoke-Java/test\\\"}}\"]}"),
        stage.service.peer().allReceived());
    assertEquals(
        "ws://service.test:8080/socket.io/1/websocket/sid-1?__sails_io_sdk_version=0.10.0"
            + "&app-token=session-1&Respoke-SDK=Respoke-Java%2Ftest",
        stage.service.peer().request().uri().toString());
    assertEquals(
        "http://service.test:8080/socket.io/1/?__sails_io_sdk_version=0.10.0"
            + "&app-token=session-1&Respoke-SDK=Respoke-Java%2Ftest",
        stage.http.last("get", "/socket.io/1/").uri().toString());
  }

  @Test
  void extraHeadersGoWithHttpAndTheUpgradeAndNotWithRequestsOnTheSocket() {
    join(stage.client(stage.options().header("X-Trace", "7").build()).connect());

    stage.http.exchanges().forEach(e -> assertEquals("7", e.headers().get("X-Trace")));
    assertEquals(Map.of("X-Trace", "7"), stage.service.peer().request().headers());
    assertFalse(stage.service.last("/v1/connections").request().headers().containsKey("X-Trace"));
  }

  @ParameterizedTest
  @CsvSource({
    "SESSION_TOKEN, app-token, App-Token, ''",
    "APP_SECRET, app-secret, App-Secret, jim",
    "ADMIN_TOKEN, admin-token, Admin-Token, jim"
  })
  void otherCredentialsNeedNoExchangeAndTravelAsWhatTheyAre(
      Token.Kind kind, String parameter, String header, String endpointId) {
    ClientOptions options =
        stage.options().endpointId("jim").token(new Token(kind, "credential")).build();

    join(stage.client(options).connect());

    assertEquals(
        List.of(
            "get /socket.io/1/",
            "open /socket.io/1/websocket/sid-1",
            "post /v1/connections {\"capabilities\":{\"iceFinalCandidates\":true,\"status\":true}"
                + (endpointId.isEmpty() ? "" : ",\"endpointId\":\"jim\"")
                + "}"),
        stage.takeLog());
    String query = stage.service.peer().request().uri().getQuery();
    assertTrue(query.contains("&" + parameter + "=credential"), query);
    assertEquals(
        "credential", stage.service.last("/v1/connections").request().headers().get(header));
  }

  @ParameterizedTest
  @CsvSource({"APP_SECRET", "ADMIN_TOKEN"})
  void aServersCredentialNeedsAnEndpointId(Token.Kind kind) {
    Client client = stage.client(stage.options().token(new Token(kind, "credential")).build());

    failure(AuthenticationException.class, client.connect());
    assertEquals(List.of(), stage.takeLog());
  }

  @Test
  void inDevelopmentModeTheClientMintsItsOwnTokens() {
    ClientOptions options =
        stage.options().developmentMode(true).appId("app-1").endpointId("joe").build();

    join(stage.client(options).connect());

    assertEquals(
        List.of(
            "post /v1/tokens {\"appId\":\"app-1\",\"endpointId\":\"joe\",\"ttl\":21600}",
            "post /v1/session-tokens {\"tokenId\":\"token-1\"}",
            "get /socket.io/1/",
            "open /socket.io/1/websocket/sid-1",
            "post /v1/connections {\"capabilities\":{\"iceFinalCandidates\":true,\"status\":true}}"),
        stage.takeLog());
    assertEquals(List.of(), stage.tokenRequests, "it wins over the provider");
  }

  @Test
  void withoutAnyCredentialConnectingEndsBeforeAnyRequest() {
    Client client = stage.client(ClientOptions.builder().baseUrl("http://x").build());

    failure(AuthenticationException.class, client.connect());
    assertEquals(List.of(), stage.takeLog());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  @Test
  void aTokenProviderIsToldWhatItNeeds() {
    stage
        .client(
            stage
                .options()
                .appId("app-1")
                .endpointId("jim")
                .tokenTimeout(Duration.ofSeconds(3))
                .build())
        .connect();

    assertEquals(
        List.of(
            new TokenRequest(
                "http://service.test:8080",
                Optional.of("app-1"),
                Optional.of("jim"),
                1,
                Optional.empty(),
                Duration.ofSeconds(3))),
        stage.tokenRequests);
  }

  @Test
  void theServicesSpellingOfTheEndpointIdWinsOverTheOptions() {
    Client client = stage.client(stage.options().endpointId("JOE@example.com").build());
    assertEquals(Optional.of("JOE@example.com"), client.endpointId());

    join(client.connect());

    assertEquals(Optional.of("joe"), client.endpointId());
  }

  // --- deadlines

  static Stream<Arguments> silences() {
    return Stream.of(
        arguments(Step.SESSION, on(s -> s.http.nextHangs("post", "/v1/session-tokens"))),
        arguments(Step.HANDSHAKE, on(s -> s.http.nextHangs("get", "/socket.io/1/"))),
        arguments(Step.SOCKET, on(s -> s.service.greets(false))),
        arguments(Step.REGISTER, on(s -> s.service.nextHangs("post", "/v1/connections"))));
  }

  private static Consumer<Stage> on(Consumer<Stage> script) {
    return script;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void silenceAtAnyStepEndsTheAttemptAtItsDeadline(Step step, Consumer<Stage> script) {
    script.accept(stage);
    Client client =
        stage.client(
            stage.options().reconnect(false).connectTimeout(Duration.ofSeconds(7)).build());

    CompletionStage<Client> connecting = client.connect();
    stage.time.advance(6999);
    assertFalse(isDone(connecting));
    assertEquals(ConnectionState.CONNECTING, client.state());
    stage.time.advance(1);

    ConnectFailedException error = failure(ConnectFailedException.class, connecting);
    assertEquals(Category.TIMEOUT, error.category());
    assertEquals(step, error.step());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  @Test
  void aTokenProviderHasADeadlineOfItsOwn() {
    CompletableFuture<Token> never = new CompletableFuture<>();
    Client client =
        stage.client(
            stage
                .options()
                .tokenProvider(request -> never)
                .reconnect(false)
                .tokenTimeout(Duration.ofSeconds(4))
                .connectTimeout(Duration.ofSeconds(1))
                .build());

    CompletionStage<Client> connecting = client.connect();
    stage.time.advance(3999);
    assertFalse(isDone(connecting));
    stage.time.advance(1);

    ConnectFailedException error = failure(ConnectFailedException.class, connecting);
    assertEquals(Step.TOKEN, error.step());
    assertEquals(Category.TIMEOUT, error.category());
    never.complete(Token.of("late"));
    assertEquals(List.of(), stage.takeLog(), "a late token is thrown away");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void disconnectGivesUpAnAttemptAtAnyStepAtOnce(Step step, Consumer<Stage> script) {
    script.accept(stage);
    Client client = stage.client();
    CompletionStage<Client> connecting = client.connect();

    CompletionStage<Void> disconnecting = client.disconnect();

    join(disconnecting);
    assertEquals(Category.CANCELLED, failure(ConnectFailedException.class, connecting).category());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
    assertEquals(List.of(), stage.time.pending());
  }

  @Test
  void aSessionThatWasOpenedForNothingIsEnded() {
    stage.http.next("get", "/socket.io/1/", ScriptedHttp.json(503, "{}"));
    Client client = stage.client(stage.options().reconnect(false).build());

    failure(ConnectFailedException.class, client.connect());

    assertEquals(
        List.of(
            "token for attempt 1",
            "post /v1/session-tokens {\"tokenId\":\"t-1\"}",
            "get /socket.io/1/",
            "delete /v1/session-tokens"),
        stage.takeLog());
    assertEquals(
        "session-1", stage.http.last("delete", "/v1/session-tokens").headers().get("App-Token"));
  }

  @Test
  void aSessionThatIsOpenedAfterTheAttemptWasGivenUpIsEndedAndElseIgnored() {
    stage.http.nextHangs("post", "/v1/session-tokens");
    Client client = stage.client();
    client.connect();
    client.disconnect();
    stage.takeLog();

    stage
        .http
        .last("post", "/v1/session-tokens")
        .reply()
        .complete(ScriptedHttp.json(200, "{\"token\":\"late\"}"));

    assertEquals(List.of("delete /v1/session-tokens"), stage.takeLog());
    assertEquals(
        "late", stage.http.last("delete", "/v1/session-tokens").headers().get("App-Token"));
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  // --- more than one connect

  @Test
  void whoeverAsksWhileConnectingJoinsWhatIsUnderWay() {
    stage.service.nextHangs("post", "/v1/connections");
    Client client = stage.client();
    CompletionStage<Client> first = client.connect();
    CompletionStage<Client> second = client.connect();
    assertFalse(isDone(first) || isDone(second));

    stage.service.last("/v1/connections").answer(200, "{\"id\":\"c\",\"endpointId\":\"joe\"}");

    assertSame(client, join(first));
    assertSame(client, join(second));
    assertSame(client, join(client.connect()), "and whoever asks while connected");
    assertEquals(1, stage.service.opened());
    assertEquals(1, stage.tokenRequests.size());
  }

  @Test
  void aFailedConnectIsOneEventAndOneFailureAndMayBeTriedAgain() {
    stage.http.next("post", "/v1/session-tokens", ScriptedHttp.json(500, "{}"));
    Client client = stage.client(stage.options().reconnect(false).build());

    ConnectFailedException error = failure(ConnectFailedException.class, client.connect());

    assertEquals(500, error.status());
    ConnectionFailed event = stage.event(ConnectionFailed.class);
    assertSame(error, event.error());
    assertEquals(1, event.attempt());
    assertFalse(event.willRetry());
    ConnectionStateChanged last = stage.events(ConnectionStateChanged.class).get(1);
    assertEquals(ConnectionState.DISCONNECTED, last.newState());
    assertSame(error, last.cause().orElseThrow());

    join(client.connect());
    assertEquals(ConnectionState.CONNECTED, client.state());
  }

  @Test
  void theOptionsCallbacksAreForTheFirstConnectOnly() {
    List<String> calls = new java.util.ArrayList<>();
    stage.http.next("post", "/v1/session-tokens", ScriptedHttp.json(500, "{}"));
    Client client =
        stage.client(
            stage
                .options()
                .reconnect(false)
                .onSuccess(c -> calls.add("success"))
                .onError(e -> calls.add(e.getClass().getSimpleName()))
                .build());

    client.connect();
    client.connect();

    assertEquals(List.of("ConnectFailedException"), calls);
  }

  @Test
  void aTokenThatWasUsedBeforeIsNotUsedAgain() {
    TokenProvider same = request -> CompletableFuture.completedFuture(Token.of("same"));
    Client client = stage.client(stage.options().tokenProvider(same).reconnect(false).build());
    join(client.connect());
    join(client.disconnect());
    stage.takeLog();

    ConnectFailedException error = failure(ConnectFailedException.class, client.connect());

    assertEquals(Category.TOKEN_PROVIDER, error.category());
    assertEquals(List.of(), stage.takeLog());
  }
}
