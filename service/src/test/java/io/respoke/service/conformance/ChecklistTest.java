package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RateLimit;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import io.respoke.service.TurnOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lines of protocol-wire Appendix A, in its order. Where a row of §9 has its own test already,
 * the line is tested here as a whole, from another side.
 */
class ChecklistTest extends Conformance {
  private static final String ORIGIN = "https://app.example";
  private static final String CONNECT =
      "5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}";

  private String handshakePath() {
    return "/socket.io/1/?" + MODERN + "app-token=" + session("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/xml", "text/html;q=0.9", "nonsense"})
  @DisplayName("A HTTP 1: takes JSON and raw forms, ignores Accept, answers JSON with 200")
  void takesJsonAndForms(String accept) {
    String json = "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"alice\"}";
    for (String body : List.of(json, "appId=" + APP_ID + "&endpointId=alice")) {
      for (String type :
          List.of("application/json;charset=UTF-8", "application/x-www-form-urlencoded", "")) {
        boolean fits = body.startsWith("{") || !type.contains("json");
        Map<String, String> headers =
            type.isEmpty()
                ? Map.of("Accept", accept)
                : Map.of("Accept", accept, "Content-Type", type);
        RawSocket.Answer answer = raw().http("POST", "/v1/tokens", headers, body);
        assertEquals(fits ? 200 : 400, answer.status(), type + " " + answer.body());
        assertEquals("application/json; charset=utf-8", answer.header("Content-Type"));
        assertEquals(!fits, Json.parseObject(answer.body()).containsKey("error"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ORIGIN, "null", "http://localhost:8000"})
  @DisplayName("A HTTP 2: CORS on every answer, errors too; with credentials below /socket.io/1")
  void answersOtherOrigins(String origin) {
    Map<String, String> from = Map.of("Origin", origin);
    for (String path : List.of("/v1/tokens", "/v1/nothing", "/v1/session-tokens", "/elsewhere")) {
      RawSocket.Answer answer = raw().http("POST", path, from, "{}");
      assertTrue(answer.status() >= 400, answer.head());
      assertEquals(origin, answer.header("Access-Control-Allow-Origin"));
      assertEquals(
          "Request-Id, RateLimit-Limit, RateLimit-Time-Units, RateLimit-Remaining",
          answer.header("Access-Control-Expose-Headers"));
      RawSocket.Answer preflight = raw().http("OPTIONS", path, from, "");
      assertEquals(200, preflight.status());
      assertEquals("", preflight.body());
      assertEquals(origin, preflight.header("Access-Control-Allow-Origin"));
      for (String verb : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS")) {
        assertTrue(preflight.header("Access-Control-Allow-Methods").contains(verb));
      }
      for (String header :
          List.of("respoke-sdk", "app-token", "content-type", "app-secret", "admin-token")) {
        assertTrue(preflight.header("Access-Control-Allow-Headers").contains(header));
      }
    }
    for (String path :
        List.of(handshakePath(), "/socket.io/1/?app-token=NONE", "/socket.io/1/xhr-polling/none")) {
      RawSocket.Answer answer = raw().http("GET", path, from, "");
      assertEquals(origin, answer.header("Access-Control-Allow-Origin"), path);
      assertEquals("true", answer.header("Access-Control-Allow-Credentials"), path);
    }
  }

  @Test
  @DisplayName("A HTTP 2: an app's permitted domains are kept at the handshake")
  void keepsPermittedDomains() {
    restart(
        ServiceOptions.builder().app(app().permittedDomain("app.example").build()).noRateLimit());
    String path = handshakePath();
    assertEquals(200, raw().http("GET", path, Map.of("Origin", ORIGIN), "").status());
    assertEquals(200, raw().http("GET", path, Map.of(), "").status());
    RawSocket.Answer stranger =
        raw().http("GET", path, Map.of("Origin", "https://evil.example"), "");
    assertEquals(403, stranger.status());
    assertEquals("handshake bad origin", stranger.body());
  }

  @Test
  @DisplayName("A HTTP 3: 429 has Request-Id and the RateLimit headers, over HTTP and the socket")
  void limitsHaveHeaders() {
    restart(options().rateLimit(RateLimit.DEFAULT));
    RawClient alice = browser("alice");
    String token = session("alice");
    service.hooks().rateLimitNext(2);
    RawClient.Ack ack = alice.request("get", "/v1/turn", null);
    refused(429, ack);
    HttpResponse<String> answer = http("GET", "/v1/turn", null, "App-Token", token);
    refused(429, answer);
    for (String name :
        List.of("Request-Id", "RateLimit-Limit", "RateLimit-Time-Units", "RateLimit-Remaining")) {
      assertTrue(ack.headers().containsKey(name), name);
      assertTrue(answer.headers().firstValue(name).isPresent(), name);
    }
  }

  @Test
  @DisplayName("A HTTP 4: logs in again over a stale App-Token, with upper-case ids all the way")
  void logsInAgain() {
    String stale = session("alice");
    service.hooks().expireSessions();
    JsonObject grant =
        object(
            post(
                "/v1/tokens",
                "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"alice\"}",
                "App-Token",
                stale));
    String token =
        object(
                post(
                    "/v1/session-tokens",
                    "{\"tokenId\":\"" + grant.getString("tokenId") + "\"}",
                    "App-Token",
                    stale))
            .getString("token");
    RawClient alice = closing(RawClient.open(service, "app-token", token, RawClient.BROWSER));
    alice.register(null);
    for (String id : List.of(grant.getString("tokenId"), token, alice.connectionId())) {
      assertTrue(UPPER_UUID.matcher(id).matches(), id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get /v1/turn",
        "get /v1/groups",
        "get /v1/groups/room",
        "get /v1/channels/room/subscribers/",
        "get /v1/groups/room/history",
        "get /v1/endpoints/alice/conversations",
        "get /v1/nothing",
        "post /v1/messages",
        "post /v1/channels/room/publish",
        "put /v1/messages"
      })
  @DisplayName("A HTTP 5: the same route answers the same over HTTP and the socket")
  void httpAndSocketAreAlike(String route) {
    String method = route.substring(0, route.indexOf(' '));
    String path = route.substring(route.indexOf(' ') + 1);
    String token = session("alice");
    RawClient alice = closing(RawClient.open(service, "app-token", token, RawClient.BROWSER));
    alice.register(null);
    join(alice, "room");
    ok(alice, "post", "/v1/channels/room/publish", "{\"message\":\"x\",\"persist\":true}");
    RawClient.Ack ack = alice.request(method, path, null);
    HttpResponse<String> answer =
        http(method.toUpperCase(Locale.ROOT), path, null, "App-Token", token);
    assertEquals(ack.status(), answer.statusCode());
    assertEquals(ack.body(), Json.parse(answer.body()));
  }

  @Test
  @DisplayName("A HTTP 6: GET /v1/turn?endpointId= with App-Secret gives TURN over UDP first")
  void givesTurn() {
    restart(
        options()
            .turn(
                new TurnOptions(
                    "s3cret", List.of("turn:127.0.0.1:3478?transport=udp"), Duration.ofHours(1))));
    JsonObject turn = object(http("GET", "/v1/turn?endpointId=pbx", null, "App-Secret", SECRET));
    assertEquals("turn:127.0.0.1:3478?transport=udp", turn.getJsonArray("uris").getString(0));
    assertFalse(turn.getString("username").isEmpty() || turn.getString("password").isEmpty());
    assertTrue(turn.getInt("ttl") > 0);
    assertFalse(turn.toString().contains("s3cret"));
  }

  @Test
  @DisplayName("A Socket.IO 1: handshake by GET and POST, Content-Length, text/plain, and as JSONP")
  void shakesHands() {
    for (String verb : List.of("GET", "POST")) {
      RawSocket.Answer answer = raw().http(verb, handshakePath() + "&t=1", Map.of(), "");
      assertTrue(answer.body().matches("[\\w-]+:60:60:websocket,x"), answer.body());
      assertEquals("text/plain", answer.header("Content-Type"));
      assertNotNull(answer.header("Content-Length"));
    }
    RawSocket.Answer script = raw().http("GET", handshakePath() + "&jsonp=3", Map.of(), "");
    assertEquals("application/javascript", script.header("Content-Type"));
    assertTrue(
        script.body().matches("io\\.j\\[3\\]\\(\"[\\w-]+:60:60:websocket,x\"\\);"), script.body());
    RawSocket.Answer refusal =
        raw().http("GET", "/socket.io/1/?app-token=NONE&jsonp=0", Map.of(), "");
    assertEquals("io.j[0](new Error(\"handshake unauthorized\"));", refusal.body());
  }

  @Test
  @DisplayName("A Socket.IO 2: the WebSocket works without a query; a sid opens one socket only")
  void oneSocketPerSid() {
    String sid = sid(MODERN + "app-token=" + session("alice"));
    RawSocket first = raw();
    assertEquals(101, first.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    assertEquals("1::", first.text());
    RawSocket second = raw();
    assertEquals(101, second.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    assertEquals("7:::1+0", second.text());
    first.send(CONNECT);
    assertTrue(first.text().contains("\"endpointId\":\"alice\""));
  }

  @Test
  @DisplayName("A Socket.IO 3: 1:: first, 2:: each 25 s, gone after 60 s without an answer")
  void beats() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(25));
      assertEquals("2::", alice.text());
      alice.send("2::");
      alice.send(CONNECT);
      assertTrue(alice.text().startsWith("6:::1+"));
    }
    clock.advance(Duration.ofSeconds(25));
    assertEquals("2::", alice.text());
    clock.advance(Duration.ofMillis(59_999));
    assertEquals(1, service.snapshot().connections());
    clock.advance(Duration.ofMillis(1));
    assertEquals("0::", alice.text());
    assertEquals(1000, alice.awaitClose());
    assertEquals(0, service.snapshot().connections());
  }

  @Test
  @DisplayName("A Socket.IO 4: takes 2:::, 0::, id 0, unmasked, fragmented and coalesced frames")
  void takesEveryFrame() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice")).unmasked();
    alice.send("2:::");
    alice.sendFragmented(
        List.of("5:0+::{\"name\":\"po", "", "st\",\"args\":[{\"url\":\"/v1/conn", "ections\"}]}"));
    assertTrue(alice.text().startsWith("6:::0+"));
    String turn = "+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\"}]}";
    alice.sendTogether(List.of("5:1" + turn, "2::", "5:2" + turn, "0::"));
    assertTrue(alice.text().startsWith("6:::1+"));
    assertTrue(alice.text().startsWith("6:::2+"));
    assertEquals(1000, alice.awaitClose());
  }

  @Test
  @DisplayName("A Socket.IO 4: keeps the socket when frames are garbage, and acks id without +")
  void survivesGarbage() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    for (String garbage :
        List.of(
            "", "x", "5:::{", "5:1+::{\"name\":7}", "6:::1+[", "9::", "4:::nul", "\ufffd1\ufffd")) {
      alice.send(garbage);
    }
    alice.send("3:4::text");
    assertEquals("6:::4", alice.text());
    alice.send("5:5::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\"}]}");
    assertEquals("6:::5", alice.text());
    alice.send("5:::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    alice.send(CONNECT);
    assertTrue(alice.text().startsWith("6:::1+"));
  }

  @Test
  @DisplayName("A Socket.IO 5: large frames to chan_respoke are not fragmented")
  void sendsWholeFrames() {
    RawSocket pbx = rawSocket("app-secret=" + SECRET + "&Respoke-SDK=Respoke-Asterisk/1.2.1");
    pbx.unmasked()
        .send(
            "5:1+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/endpoints/pbx/connections\\\"}\"]}");
    assertTrue(pbx.text().startsWith("6:::1+"));
    String text = "x".repeat(15_000);
    ok(browser("alice"), "post", "/v1/messages", "{\"to\":\"pbx\",\"message\":\"" + text + "\"}");
    assertTrue(pbx.text().contains(text));
  }

  @Test
  @DisplayName("A Socket.IO 6: an unknown sid gets 7:::1+0, on the WebSocket and on polling paths")
  void refusesUnknownSids() {
    RawSocket socket = raw();
    assertEquals(101, socket.upgrade("/socket.io/1/websocket/unknown", Map.of()).status());
    assertEquals("7:::1+0", socket.text());
    assertEquals(1000, socket.awaitClose());
    for (String path : List.of("/xhr-polling/unknown?t=4", "/jsonp-polling/unknown?t=4&i=0")) {
      RawSocket.Answer answer = raw().http("GET", "/socket.io/1" + path, Map.of(), "");
      assertEquals(200, answer.status());
      assertEquals("7:::1+0", answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socket.io/1//SID/?disconnect=1",
        "/socket.io/1//SID?disconnect=1&t=5",
        "/socket.io/1/SID/?disconnect=1",
        "/socket.io/1/xhr-polling/SID?disconnect",
        "/socket.io/1/websocket/SID/?disconnect=1"
      })
  @DisplayName(
      "A Socket.IO 7: ?disconnect=1 ends the session on any such path, with 200 and nothing")
  void endsByHttp(String path) {
    String sid = sid(MODERN + "app-token=" + session("alice"));
    RawSocket alice = raw();
    assertEquals(101, alice.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    assertEquals("1::", alice.text());
    RawSocket.Answer answer = raw().http("GET", path.replace("SID", sid), Map.of(), "");
    assertEquals(200, answer.status());
    assertEquals("", answer.body());
    assertEquals(1000, alice.awaitClose());
    assertEquals(200, raw().http("GET", path.replace("SID", "gone"), Map.of(), "").status());
  }

  @Test
  @DisplayName("A Socket.IO 8: escapes in acks and events, bare acks twice")
  void escapesEverywhere() {
    RawSocket pbx = rawSocket("app-secret=" + SECRET);
    pbx.send("5:1+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/\u2028\u2029\u0085é\"}]}");
    String ack = pbx.text();
    assertTrue(ack.chars().allMatch(c -> c >= ' ' && c < 0x7f), ack);
    JsonObject body =
        Json.parseObject(Json.parseArray(ack.substring("6:::1+".length())).getString(0));
    assertTrue(body.getString("error").contains("\u2028\u2029\u0085é"));
  }

  @Test
  @DisplayName("A requests 1: merges query, path and body, and decodes leniently")
  void mergesParameters() {
    RawClient alice = connect("alice", RawClient.ANDROID);
    for (int i = 0; i < 3; i++) {
      ok(
          alice,
          "post",
          "http://x/v1/channels/50% off/publish?persist=true",
          "{\"message\":\"m" + i + "\"}");
    }
    JsonArray history =
        ok(alice, "get", "/v1/groups/50%25 off/history/?limit=2", null).asJsonArray();
    assertEquals(3, 1 + history.size());
  }

  @Test
  @DisplayName("A requests 2: bare acks are one string of JSON, also for errors and arrays")
  void bareAcksAreStrings() {
    RawSocket node = rawSocket("app-secret=" + SECRET + "&Respoke-SDK=Respoke-Node.js/2.0.1");
    int id = 1;
    for (String request :
        List.of(
            "\"post\",\"args\":[\"{\\\"url\\\":\\\"https://h/v1/endpoints/n/connections\\\"}\"]",
            "\"get\",\"args\":[{\"url\":\"https://h/v1/groups\"}]",
            "\"get\",\"args\":[{\"url\":\"https://h/v1/nothing\"}]",
            "\"post\",\"args\":[7]")) {
      node.send("5:" + id + "+::{\"name\":" + request + "}");
      String ack = node.text();
      String prefix = "6:::" + id++ + "+";
      assertTrue(ack.startsWith(prefix), ack);
      JsonArray args = Json.parseArray(ack.substring(prefix.length()));
      assertEquals(1, args.size());
      assertTrue(args.get(0) instanceof JsonString, ack);
      JsonValue body = Json.parse(args.getString(0));
      assertTrue(body instanceof JsonObject || body instanceof JsonArray, ack);
    }
  }

  @Test
  @DisplayName("A requests 3: every ack has body, headers and statusCode; error iff it failed")
  void wrappedAcksAreWhole() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    int id = 1;
    for (String url : List.of("/v1/turn", "/v1/groups/g", "/v1/nothing", "/v1/groups")) {
      alice.send("5:" + id + "+::{\"name\":\"get\",\"args\":[{\"url\":\"" + url + "\"}]}");
      JsonObject ack =
          Json.parseArray(alice.text().substring(("6:::" + id++ + "+").length())).getJsonObject(0);
      assertEquals(Set.of("body", "headers", "statusCode"), ack.keySet());
      boolean failed = ack.get("body") instanceof JsonObject body && body.containsKey("error");
      assertEquals(!failed, ack.getInt("statusCode") == 200, ack::toString);
    }
  }

  @Test
  @DisplayName("A requests 4: the recipient's event is queued before the sender's ack; FIFO")
  void eventsComeBeforeTheAck() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    alice.send(CONNECT);
    assertTrue(alice.text().startsWith("6:::1+"));
    for (int i = 2; i < 30; i++) {
      alice.send(
          "5:"
              + i
              + "+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/messages\","
              + "\"data\":{\"to\":\"alice\",\"message\":\"m"
              + i
              + "\"}}]}");
    }
    for (int i = 2; i < 30; i++) {
      assertTrue(alice.text().contains("\"body\":\"m" + i + "\""));
      assertTrue(alice.text().startsWith("6:::" + i + "+"));
    }
  }

  @Test
  @DisplayName(
      "A requests 5: observers, history, members, conversations are arrays, search an object")
  void answersHaveTheirShape() {
    RawClient alice = connect("alice", RawClient.ANDROID);
    join(alice, "room");
    ok(alice, "post", "/v1/groups/room/publish", "{\"message\":\"x\",\"persist\":true}");
    assertEquals(1, observe(alice, "nobody").size());
    for (String path :
        List.of(
            "/v1/groups/room/history",
            "/v1/groups/room",
            "/v1/channels/room/subscribers",
            "/v1/endpoints/alice/conversations")) {
      assertEquals(1, ok(alice, "get", path, null).asJsonArray().size(), path);
    }
    JsonObject conversation =
        ok(alice, "get", "/v1/endpoints/alice/conversations", null).asJsonArray().getJsonObject(0);
    assertEquals(
        Set.of("groupId", "sourceId", "unreadCount", "timestamp", "latestMsg"),
        conversation.keySet());
    assertNotNull(conversation.getJsonObject("latestMsg").getJsonObject("header"));
    JsonValue found =
        ok(alice, "post", "/v1/group-history-search", "{\"groupIds\":[\"room\"],\"limit\":\"1\"}");
    assertEquals(1, found.asJsonObject().getJsonArray("room").size());
  }

  @Test
  @DisplayName("A requests 6: DELETE /connections/{endpointId} ends the caller's connection alone")
  void deregistersTheCallerAlone() {
    RawClient alice = browser("alice");
    RawClient phone = connect("alice", RawClient.IOS);
    ok(alice, "delete", "/v1/connections/alice/", null);
    ok(browser("bob"), "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"x\"}");
    phone.event("message");
    clock.advance(Duration.ofMillis(4_999));
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("A events 1: only sockets that registered get events")
  void onlyRegisteredSocketsHear() {
    RawClient unregistered = unregistered("alice", RawClient.BROWSER);
    ok(browser("bob"), "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"early\"}");
    assertEquals(List.of(), unregistered.leftovers());
    unregistered.register(null);
    ok(browser("bob"), "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"now\"}");
    assertEquals("now", unregistered.event("message").getString("body"));
  }

  @Test
  @DisplayName("A events 2: fromType is on signals; no null anywhere in an event of ours")
  void eventsHaveNoNulls() {
    RawClient alice = connect("alice", RawClient.IOS);
    RawClient bob = browser("bob");
    bob.request(
        "post",
        "/v1/signaling",
        json("{\"to\":\"alice\",\"signal\":\"{\\\"signalType\\\":\\\"bye\\\"}\"}"));
    JsonObject signal = alice.event("signal");
    assertEquals("web", header(signal).getString("fromType"));
    assertFalse(signal.toString().contains("null"));
    ok(
        bob,
        "post",
        "/v1/presence",
        "{\"presence\":{\"type\":\"away\",\"show\":null,\"status\":null}}");
    observe(alice, "bob");
    ok(bob, "post", "/v1/presence", "{\"presence\":{\"type\":\"dnd\",\"status\":null}}");
    assertFalse(alice.event("presence").toString().contains("null"));
  }

  @Test
  @DisplayName("A events 3: message has body, pubsub message, signal an object, presence type")
  void eventsHaveTheirKeys() {
    RawClient alice = connect("alice", RawClient.ANDROID);
    RawClient bob = browser("bob");
    join(alice, "room");
    observe(alice, "bob");
    ok(bob, "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"x\"}");
    ok(bob, "post", "/v1/groups/room/publish", "{\"message\":\"y\"}");
    presence(bob, "\"away\"");
    assertEquals(Set.of("header", "body"), alice.event("message").keySet());
    assertEquals(Set.of("header", "message"), alice.event("pubsub").keySet());
    assertEquals(Set.of("header", "type"), alice.event("presence").keySet());
  }

  @Test
  @DisplayName("A events 4: no self-join echo, publisher excluded per connection, no stray copies")
  void echoesNothing() {
    RawClient alice = browser("alice");
    join(alice, "room");
    ok(alice, "post", "/v1/groups/room/publish", "{\"message\":\"x\"}");
    ok(alice, "post", "/v1/messages", "{\"to\":\"bob\",\"ccSelf\":true,\"message\":\"x\"}");
    presence(alice, "\"away\"");
    ok(alice, "delete", "/v1/groups/", "{\"groups\":[\"room\"]}");
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("A events 6: on the end of a connection leave per group, then presence unavailable")
  void endsInOrder() {
    RawClient alice = browser("alice");
    join(browser("bob"), "one", "two");
    join(alice, "one", "two");
    observe(alice, "bob");
    alice.event("presence");
    service.hooks().closeConnections("bob", 1000, true);
    assertEquals("one", header(alice.event("leave")).getString("channel"));
    assertEquals("two", header(alice.event("leave")).getString("channel"));
    assertEquals("unavailable", alice.event("presence").getString("type"));
  }
}
