package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectOptions;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.Respoke;
import io.respoke.Token;
import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.IncomingCall;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.event.MessageEvent;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.ServiceOptions;
import io.respoke.tyrus.features.Stage.Seen;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One test for each row of the options of {@code createClient} (features §2), on the real service.
 */
class OptionRowsTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  @DisplayName("row 1 appId: needed in development mode, checked before any I/O; a later one wins")
  void appId() {
    Client withoutApp =
        stage.client(
            ClientOptions.builder()
                .baseUrl("http://127.0.0.1:1") // nobody listens: I/O would be REFUSED
                .endpointId("joe")
                .developmentMode(true)
                .reconnect(false));

    Throwable failure = failure(withoutApp.connect());

    assertInstanceOf(AuthenticationException.class, failure);
    assertTrue(failure.getMessage().contains("appId"), failure.getMessage());

    Client wrongApp = stage.client(stage.options("joe").appId("none").developmentMode(true));
    get(wrongApp.connect(ConnectOptions.builder().appId(stage.service.app().id()).build()));
    assertTrue(wrongApp.isConnected());
  }

  @Test
  @DisplayName("row 2 baseURL: with and without /v1, any scheme, trailing slash; a later one wins")
  void baseUrl() {
    URI base = stage.service.baseUrl();
    for (String url :
        List.of(
            base.toString(),
            base + "/",
            base + "/v1",
            base + "/v1/",
            base.toString().replace("http:", "ws:"),
            base.toString().replace("http:", "HTTP:"))) {
      Client client = stage.connected(stage.brokered("joe").baseUrl(url));
      assertEquals("joe", client.endpointId().orElseThrow(), url);
      client.close();
    }
    Client elsewhere = stage.client(stage.brokered("joe").baseUrl("http://127.0.0.1:1"));
    get(elsewhere.connect(ConnectOptions.builder().baseUrl(base.toString()).build()));
    assertTrue(elsewhere.isConnected());
  }

  @Test
  @DisplayName("row 3 token: good for one connection, never used for two attempts")
  void token() {
    Client client = stage.connected(stage.options("ignored").token(stage.mint("joe")));
    assertEquals("joe", client.endpointId().orElseThrow());
    get(client.disconnect());

    assertInstanceOf(AuthenticationException.class, failure(client.connect()));

    get(client.connect(ConnectOptions.token(stage.mint("joe"))));
    assertTrue(client.isConnected());
  }

  @Test
  @DisplayName(
      "row 4 presence: any JSON value, announced after each login; not given, none is sent")
  void presence() {
    Client watcher = stage.connected(stage.brokered("watcher"));
    get(watcher.observePresence(List.of("joe", "silent")));
    Seen<PresenceChanged> changes = seen(watcher, PresenceChanged.class);

    Client joe = stage.connected(stage.brokered("joe").presence(Map.of("mood", "fine")));
    PresenceChanged change = changes.next();
    assertEquals("joe", change.endpoint().id());
    assertEquals("{\"mood\":\"fine\"}", change.presence().text());

    stage.service.hooks().dropConnections("joe");
    assertEquals("unavailable", changes.next().presence().text());
    assertEquals("{\"mood\":\"fine\"}", changes.next().presence().text());

    Client silent = stage.connected(stage.brokered("silent"));
    get(silent.sendMessage("watcher", "a message, so that everything sent before it has come"));
    get(watcher.drain(Duration.ofSeconds(10)));
    assertEquals(0, changes.left());
    assertTrue(silent.presence().isEmpty());
    assertEquals("{\"mood\":\"fine\"}", joe.presence().orElseThrow().text());
  }

  @Test
  @DisplayName("row 5 developmentMode: the client mints its own token, where the app allows it")
  void developmentMode() {
    Client client = stage.connected(stage.options("joe").developmentMode(true));
    assertEquals("joe", client.endpointId().orElseThrow());

    try (Stage closed =
        new Stage(
            ServiceOptions.builder()
                .app(AppOptions.builder().developmentMode(false).build())
                .build())) {
      Client refused = closed.client(closed.options("joe").developmentMode(true));
      assertInstanceOf(AuthenticationException.class, failure(refused.connect()));
      assertEquals(ConnectionState.DISCONNECTED, refused.state());
    }
  }

  @Test
  @DisplayName("row 6 reconnect: on where there is a source of tokens, off for one bare token")
  void reconnect() {
    assertTrue(stage.options("joe").developmentMode(true).build().reconnect());
    assertTrue(stage.brokered("joe").build().reconnect());
    assertTrue(
        stage.options("joe").token(new Token(Token.Kind.APP_SECRET, "s")).build().reconnect());
    assertFalse(stage.options("joe").token("t").build().reconnect());
    assertTrue(stage.options("joe").token("t").reconnect(true).build().reconnect());
    assertFalse(stage.brokered("joe").reconnect(false).build().reconnect());

    Client bare = stage.connected(stage.options("bare").token(stage.mint("bare")));
    Seen<Disconnected> ends = seen(bare, Disconnected.class);
    stage.service.hooks().dropConnections("bare");
    assertFalse(ends.next().willReconnect());
    assertEquals(ConnectionState.DISCONNECTED, bare.state());

    Client brokered = stage.connected(stage.brokered("joe"));
    Seen<Reconnected> returns = seen(brokered, Reconnected.class);
    stage.service.hooks().dropConnections("joe");
    returns.next();
    assertTrue(brokered.isConnected());
  }

  @Test
  @DisplayName("row 7 enableCallDebugReport: off unless asked for")
  void enableCallDebugReport() {
    assertFalse(stage.options("joe").build().enableCallDebugReport());
    assertTrue(stage.options("joe").enableCallDebugReport(true).build().enableCallDebugReport());
  }

  @Test
  @DisplayName("row 8 onConnect: after each connect that was asked for, not after a reconnect")
  void onConnect() {
    Seen<Connected> connects = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onConnect(connects::add));
    assertEquals(client.connectionId().orElseThrow(), connects.next().connectionId());

    Seen<Reconnected> returns = seen(client, Reconnected.class);
    stage.service.hooks().dropConnections("joe");
    returns.next();
    assertEquals(0, connects.left());

    get(client.disconnect());
    get(client.connect());
    assertEquals("joe", connects.next().endpointId());
  }

  @Test
  @DisplayName("row 9 onSuccess: for the first connect, or the one it was given to")
  void onSuccess() {
    Seen<Client> first = new Seen<>();
    Seen<Client> second = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onSuccess(first::add));
    assertSame(client, first.next());

    get(client.disconnect());
    get(client.connect(ConnectOptions.builder().onSuccess(second::add).build()));
    assertSame(client, second.next());
    assertEquals(0, first.left());
  }

  @Test
  @DisplayName("row 10 onError: for the first connect, or the one it was given to")
  void onError() {
    Seen<Throwable> first = new Seen<>();
    Seen<Throwable> second = new Seen<>();
    Client client =
        stage.client(
            stage
                .brokered("joe")
                .baseUrl("http://127.0.0.1:1")
                .reconnect(false)
                .onError(first::add));
    Throwable failure = failure(client.connect());
    assertSame(failure, first.next());
    assertEquals(
        Category.REFUSED, assertInstanceOf(ConnectFailedException.class, failure).category());

    failure(client.connect(ConnectOptions.builder().onError(second::add).build()));
    assertInstanceOf(ConnectFailedException.class, second.next());
    assertEquals(0, first.left());
  }

  @Test
  @DisplayName("row 11 onJoin: this endpoint has joined a group")
  void onJoin() {
    Seen<GroupJoined> joins = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onJoin(joins::add));
    get(client.join("bridge"));
    assertEquals("bridge", joins.next().group().id());

    get(stage.admin().subscribe("engine-room", "joe"));
    assertEquals("engine-room", joins.next().group().id());
    assertTrue(client.group("engine-room").isJoined());
  }

  @Test
  @DisplayName("row 12 onLeave: this endpoint has left a group")
  void onLeave() {
    Seen<GroupLeft> leaves = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onLeave(leaves::add));
    get(client.join(List.of("bridge", "engine-room")));
    get(client.group("bridge").leave());
    assertEquals("bridge", leaves.next().group().id());

    get(stage.admin().unsubscribe("engine-room", "joe"));
    assertEquals("engine-room", leaves.next().group().id());
    assertFalse(client.group("engine-room").isJoined());
  }

  @Test
  @DisplayName("row 13 onMessage: private and group messages alike")
  void onMessage() {
    Seen<MessageEvent> messages = new Seen<>();
    Client joe = stage.connected(stage.brokered("joe").onMessage(messages::add));
    Client kirk = stage.connected(stage.brokered("kirk"));
    get(joe.join("bridge"));
    get(kirk.join("bridge"));

    get(kirk.sendMessage("joe", "hello"));
    MessageEvent hello = messages.next();
    assertEquals("hello", hello.message().text());
    assertEquals("kirk", hello.message().endpoint().orElseThrow().id());
    assertTrue(hello.message().group().isEmpty());

    get(kirk.group("bridge").sendMessage("all hands"));
    MessageEvent all = messages.next();
    assertEquals("all hands", all.message().text());
    assertEquals("bridge", all.message().group().orElseThrow().id());
  }

  @Test
  @DisplayName("row 14 onDisconnect: by request or not, with the reason")
  void onDisconnect() {
    Seen<Disconnected> ends = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onDisconnect(ends::add));
    stage.service.hooks().dropConnections("joe");
    Disconnected dropped = ends.next();
    assertNotEquals(DisconnectReason.REQUESTED, dropped.reason());
    assertTrue(dropped.willReconnect());

    get(client.connect());
    get(client.disconnect());
    Disconnected requested = ends.next();
    assertEquals(DisconnectReason.REQUESTED, requested.reason());
    assertFalse(requested.willReconnect());
    assertEquals(0, ends.left());
  }

  @Test
  @DisplayName("row 15 onReconnect: once, with attempts, downtime and what was restored")
  void onReconnect() {
    Seen<Reconnected> returns = new Seen<>();
    Client client = stage.connected(stage.brokered("joe").onReconnect(returns::add));
    get(client.join("bridge"));
    get(client.endpoint("kirk").observePresence());
    String before = client.connectionId().orElseThrow();

    stage.service.hooks().dropConnections("joe");

    Reconnected event = returns.next();
    assertEquals(1, event.attempts());
    assertFalse(event.downtime().isNegative());
    assertEquals(Set.of("bridge"), event.restored().groups());
    assertEquals(Set.of("kirk"), event.restored().observed());
    assertNotEquals(before, event.connectionId());
    assertEquals(0, returns.left());
  }

  private static JsonObject offer(String to, String target) {
    JsonObject signal =
        Json.object()
            .add("signalType", "offer")
            .add("sessionId", "session-" + target)
            .add("signalId", "1")
            .add("target", target)
            .add("version", "1.0")
            .add("metadata", Json.object().add("subject", "tea"))
            .add("sessionDescription", Json.object().add("type", "offer").add("sdp", "v=0"))
            .build();
    return Json.object()
        .add("to", to)
        .add("toType", "web")
        .add("signal", Json.write(signal))
        .build();
  }

  @Test
  @DisplayName("row 16 onCall: incoming calls only")
  void onCall() {
    Seen<IncomingCall> calls = new Seen<>();
    Seen<IncomingCall> own = new Seen<>();
    stage.connected(stage.brokered("joe").onCall(calls::add));
    Client kirk = stage.connected(stage.brokered("kirk").onCall(own::add));

    get(kirk.request("post", "/v1/signaling", offer("joe", "call")));

    IncomingCall call = calls.next();
    assertEquals("session-call", call.call().id());
    assertEquals("kirk", call.call().remoteId());
    assertEquals("{\"subject\":\"tea\"}", Json.write(call.call().metadata().orElseThrow()));
    assertEquals(0, own.left());
  }

  @Test
  @DisplayName("row 17 onDirectConnection: incoming direct connections only")
  void onDirectConnection() {
    Seen<IncomingDirectConnection> offers = new Seen<>();
    Seen<IncomingCall> calls = new Seen<>();
    stage.connected(stage.brokered("joe").onDirectConnection(offers::add).onCall(calls::add));
    Client kirk = stage.connected(stage.brokered("kirk"));

    get(kirk.request("post", "/v1/signaling", offer("joe", "directConnection")));

    assertEquals("kirk", offers.next().directConnection().endpoint().id());
    assertEquals(0, calls.left());
  }

  @Test
  @DisplayName(
      "row 18 endpointId: needed in development mode; with a token the service's word counts")
  void endpointId() {
    Client nobody =
        stage.client(
            ClientOptions.builder()
                .baseUrl(stage.service.baseUrl())
                .appId(stage.service.app().id())
                .developmentMode(true));
    assertInstanceOf(AuthenticationException.class, failure(nobody.connect()));

    Client client = stage.connected(stage.options("somebody else").token(stage.mint("joe")));
    assertEquals("joe", client.endpointId().orElseThrow());
  }

  @Test
  @DisplayName("row 19 resolveEndpointPresence: chooses among the connections' presences")
  void presenceResolver() {
    Client watcher =
        stage.connected(
            stage
                .brokered("watcher")
                .presenceResolver(presences -> Json.string(presences.size() + " of " + presences)));
    get(watcher.endpoint("joe").observePresence());
    Seen<PresenceChanged> changes = seen(watcher, PresenceChanged.class);
    stage.connected(stage.brokered("joe").presence("away"));
    assertEquals("1 of [\"away\"]", changes.next().presence().text());
    stage.connected(stage.brokered("joe").presence("dnd"));
    assertEquals("2 of [\"away\", \"dnd\"]", changes.next().presence().text());

    Client plain = stage.connected(stage.brokered("plain"));
    assertEquals("away", get(plain.endpoint("joe").observePresence()).text());
  }

  @Test
  @DisplayName("row 20 connectTimeout: one deadline for the attempt, answered or not")
  void connectTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Client client =
          stage.client(
              ClientOptions.builder()
                  .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                  .token("t")
                  .connectTimeout(Duration.ofMillis(300)));
      ConnectFailedException failure =
          assertInstanceOf(ConnectFailedException.class, failure(client.connect()));
      assertEquals(Category.TIMEOUT, failure.category());
    }
  }

  @Test
  @DisplayName("row 21 instanceId: the same open client, found by its name")
  void instanceId() {
    Client first = stage.client(stage.brokered("joe").instanceId("bridge-bot"));
    assertSame(first, stage.client(stage.brokered("other").instanceId("bridge-bot")));
    assertSame(first, Respoke.client("bridge-bot").orElseThrow());
    first.close();
    assertTrue(Respoke.client("bridge-bot").isEmpty());
    assertNotSame(first, stage.client(stage.brokered("joe").instanceId("bridge-bot")));
  }

  @Test
  @DisplayName("row 22 anything else: attributes stay with the client")
  void attributes() {
    Client client = stage.client(stage.brokered("joe").attribute("tenant", 7));
    assertEquals(Map.of("tenant", 7), client.options().attributes());
  }
}
