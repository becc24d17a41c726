package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectOptions;
import io.respoke.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code connect(overrides)} changes. */
class OverridesTest {
  @RegisterExtension final Stage stage = new Stage();

  private static ConnectOptions.Builder overrides() {
    return ConnectOptions.builder();
  }

  @Test
  void aClientWithoutOptionsCanBeToldEverythingAtConnect() {
    Client client = stage.client(ClientOptions.builder().build());
    stage.http.next("post", "/api/v1/tokens", ScriptedHttp.json(200, "{\"tokenId\":\"t\"}"));
    stage.http.next("post", "/api/v1/session-tokens", ScriptedHttp.json(200, "{\"token\":\"s\"}"));
    stage.http.next("get", "/api/socket.io/1/", ScriptedHttp.json(200, "sid-1:60:60:websocket"));

    join(
        client.connect(
            overrides()
                .baseUrl("https://other.test/api/v1")
                .appId("app-1")
                .endpointId("joe")
                .developmentMode(true)
                .presence("available")
                .build()));

    assertEquals(
        List.of(
            "post /api/v1/tokens {\"appId\":\"app-1\",\"endpointId\":\"joe\",\"ttl\":21600}",
            "post /api/v1/session-tokens {\"tokenId\":\"t\"}",
            "get /api/socket.io/1/",
            "open /api/socket.io/1/websocket/sid-1",
            "post /v1/connections {\"capabilities\":{\"iceFinalCandidates\":true,\"status\":true}}",
            "post /v1/presence {\"presence\":{\"type\":\"available\"}}"),
        stage.takeLog());
    assertEquals("wss", stage.service.peer().request().uri().getScheme());
  }

  @Test
  void overridesStayAndLaterOnesWin() {
    Client client = stage.client();
    join(client.connect(overrides().endpointId("jim").reconnect(false).build()));
    join(client.disconnect());
    join(client.connect(overrides().endpointId("kim").build()));

    assertEquals(Optional.of("kim"), client.options().endpointId());
    assertFalse(client.options().reconnect());
    assertEquals(
        List.of(Optional.of("jim"), Optional.of("kim")),
        stage.tokenRequests.stream().map(r -> r.endpointId()).toList());
  }

  @Test
  void overridesGivenWhileConnectedApplyToTheNextLogin() {
    Client client = stage.connected();

    join(client.connect(ConnectOptions.token("next")));
    assertEquals(List.of(), stage.takeLog());
    join(client.disconnect());
    stage.takeLog();
    join(client.connect());

    assertEquals("post /v1/session-tokens {\"tokenId\":\"next\"}", stage.takeLog().get(0));
  }

  @Test
  void aPresenceGivenAtConnectWinsOverTheOneOfTheOptions() {
    Client client = stage.client(stage.options().presence("available").build());

    join(client.connect(overrides().presence("dnd").build()));

    assertEquals("dnd", client.presence().orElseThrow().text());
    assertEquals(
        "post /v1/presence {\"presence\":{\"type\":\"dnd\"}}",
        stage.service.last("/v1/presence").line());
  }

  @Test
  void aPresenceThatWasSetSinceIsKeptByAConnectThatNamesNone() {
    Client client = stage.client(stage.options().presence("available").build());
    join(client.connect());
    join(client.setPresence("away"));
    join(client.disconnect());

    join(client.connect(overrides().reconnect(false).build()));

    assertEquals(
        "post /v1/presence {\"presence\":{\"type\":\"away\"}}",
        stage.service.last("/v1/presence").line());
  }

  @Test
  void whatWasNotAnnouncedYetIsNoPresence() {
    Client client = stage.client(stage.options().presence("available").build());
    assertTrue(client.presence().isEmpty());
    join(client.connect());
    assertEquals("available", client.presence().orElseThrow().text());
  }

  @Test
  void overridesThatCannotWorkAreRefusedAtOnceAndChangeNothing() {
    Client client = stage.client();
    ClientOptions before = client.options();
    for (ConnectOptions bad :
        List.of(
            overrides().baseUrl("ftp://x").build(),
            overrides().connectTimeout(Duration.ZERO).build(),
            overrides().presence(new Unbindable()).build())) {
      assertThrows(IllegalArgumentException.class, () -> client.connect(bad));
      assertSame(before, client.options());
    }
    join(client.connect());
  }

  /** What JSON-B cannot write. */
  public static final class Unbindable {
    public final Unbindable self = this;
  }

  @Test
  void theCallbacksOfAConnectAreItsOwn() {
    Client client = stage.client(stage.options().reconnect(false).build());
    List<String> calls = new ArrayList<>();
    stage.http.next("post", "/v1/session-tokens", ScriptedHttp.json(500, "{}"));

    client.connect(
        overrides()
            .onSuccess(c -> calls.add("success 1"))
            .onError(e -> calls.add("error 1 " + e.getClass().getSimpleName()))
            .build());
    client.connect(
        overrides()
            .onSuccess(c -> calls.add("success 2"))
            .onError(e -> calls.add("error 2"))
            .build());

    assertEquals(List.of("error 1 ConnectFailedException", "success 2"), calls);
  }

  @Test
  void aShorterDeadlineAppliesToTheLoginItIsGivenFor() {
    stage.service.nextHangs("post", "/v1/connections");
    Client client = stage.client(stage.options().reconnect(false).build());

    var connecting = client.connect(overrides().connectTimeout(Duration.ofMillis(300)).build());
    stage.time.advance(300);

    failure(ConnectFailedException.class, connecting);
  }

  @Test
  void aTokenProviderGivenAtConnectIsAskedFromThenOn() {
    Client client = stage.client();
    List<Integer> asked = new ArrayList<>();
    join(
        client.connect(
            overrides()
                .tokenProvider(
                    request -> {
                      asked.add(request.attempt());
                      return CompletableFuture.completedFuture(Token.of("own-" + asked.size()));
                    })
                .build()));
    stage.cut();
    client.reconnectNow();

    assertEquals(List.of(1, 1), asked);
    assertEquals(List.of(), stage.tokenRequests);
  }

  /** Presence that somebody else's connect overtakes while it is being bound. */
  public static final class Overtaken {
    private final List<Runnable> meanwhile = new ArrayList<>();

    /** The mood, late. */
    public String getMood() {
      List<Runnable> todo = List.copyOf(meanwhile);
      meanwhile.clear();
      todo.forEach(Runnable::run);
      return "fine";
    }
  }

  @Test
  void whatTwoConnectsOverrideAtOnceIsKeptOfBoth() {
    Client client = stage.client();
    Overtaken presence = new Overtaken();
    presence.meanwhile.add(() -> client.connect(overrides().endpointId("eve").build()));

    join(client.connect(overrides().presence(presence).build()));

    assertEquals(Optional.of("eve"), client.options().endpointId());
    assertEquals(Optional.of(presence), client.options().presence());
  }
}
