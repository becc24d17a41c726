package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import io.respoke.service.RawClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server column of protocol-wire §9.3: requests and responses. */
class RequestRowsTest extends Conformance {
  private static void publish(RawClient client, String group, String message) {
    ok(
        client,
        "post",
        "/v1/channels/" + group + "/publish/",
        "{\"message\":\"" + message + "\",\"persist\":true}");
  }

  private static List<String> messages(JsonValue history) {
    return history.asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(entry -> entry.getString("message"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"/v1/presence\",\"data\":{\"presence\":{\"type\":\"away\"}}}",
        "{\"headers\":{},\"url\":\"/v1/presence\",\"params\":{\"presence\":{\"type\":\"away\"}}}",
        "\"{\\\"url\\\":\\\"/v1/presence\\\",\\\"data\\\":{\\\"presence\\\":{\\\"type\\\":\\\"away\\\"}}}\""
      })
  @DisplayName("R-31 takes the argument as an object and as JSON text")
  void takesBothArguments(String argument) {
    RawClient alice = browser("alice");
    alice.send("5:77+::{\"name\":\"post\",\"args\":[" + argument + "]}");
    assertEquals(200, alice.ack(77).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/presenceobservers",
        "/v1/presenceobservers/",
        "/v1/presence-observers",
        "/V1/PresenceObservers",
        "https://api.respoke.io/v1/presence-observers",
        "http://127.0.0.1:8080/v1/presenceobservers/",
        "v1/presenceobservers"
      })
  @DisplayName("R-32 takes absolute URLs, a slash at the end, dashes and any case")
  void normalisesUrls(String url) {
    RawClient alice = browser("alice");
    JsonObject data = json("{\"endpointList\":[\"bob\"]}");
    assertEquals(1, alice.request("post", url, data).array().size());
  }

  @ParameterizedTest
  @CsvSource({
    "room 1, room 1",
    "room%201, room 1",
    "50% off, 50% off",
    "50%25%20off, 50% off",
    "a/b, a/b",
    "a%2Fb, a/b",
    "a+b, a+b",
    "@u:h, @u:h",
    "zoë, zoë",
    "zo%C3%AB, zoë",
    "subscribers, subscribers",
    "publish/publish, publish/publish"
  })
  @DisplayName("R-33 decodes ids leniently and matches them greedily")
  void decodesIds(String written, String group) {
    RawClient alice = connect("alice", RawClient.ANDROID);
    RawClient bob = browser("bob");
    join(alice, group);
    join(bob, group);
    assertEquals(group, header(alice.event("join")).getString("channel"));
    JsonObject data = json("{\"message\":\"hi\"}");
    assertEquals(
        200, alice.request("post", "/v1/channels/" + written + "/publish/", data).status());
    assertEquals(group, header(bob.event("pubsub")).getString("channel"));
    assertEquals(
        2, alice.request("get", "/v1/channels/" + written + "/subscribers/", null).array().size());
  }

  @Test
  @DisplayName("R-34 sets both a status and an error on every failure")
  void failuresHaveStatusAndError() {
    RawClient guest = withRole("guest", "guest");
    refused(403, guest.request("post", "/v1/groups", groups("other")));
    refused(404, guest.request("get", "/v1/nothing", null));
    refused(405, guest.request("put", "/v1/messages", json("{}")));
    refused(400, guest.request("post", "/v1/messages", json("{}")));
    refused(409, unregistered("x", RawClient.BROWSER).request("post", "/v1/groups", groups("g")));
    guest.send("5:90+::{\"name\":\"post\",\"args\":[]}");
    refused(400, guest.ack(90));
    guest.send("5:91+::{\"name\":\"frobnicate\",\"args\":[{\"url\":\"/v1/turn\"}]}");
    refused(400, guest.ack(91));
    guest.send(
        "5:92+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\",\"headers\":{\"App-Token\":\"X\"}}]}");
    refused(401, guest.ack(92));
  }

  @Test
  @DisplayName("R-35 answers every request with a non-null object or array, never one of numbers")
  void bodiesAreStructures() {
    RawClient alice = browser("alice");
    join(alice, "g");
    publish(alice, "g", "x");
    List<RawClient.Ack> acks = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/turn",
            "/v1/groups",
            "/v1/groups/g",
            "/v1/groups/g/history",
            "/v1/groups/empty/history",
            "/v1/channels/g/subscribers",
            "/v1/endpoints/alice/conversations",
            "/v1/conferences/c/participants/",
            "/v1/nothing")) {
      acks.add(alice.request("get", path, null));
    }
    acks.add(alice.request("post", "/v1/group-history-search", json("{\"groupIds\":[\"g\"]}")));
    acks.add(alice.request("post", "/v1/presence", json("{\"presence\":{\"type\":0}}")));
    acks.add(alice.request("post", "/v1/presenceobservers", json("{\"endpointList\":[]}")));
    acks.add(alice.request("post", "/v1/call-debugs", json("{\"debugData\":{}}")));
    acks.add(alice.request("delete", "/v1/conferences/c/", null));
    acks.add(alice.request("delete", "/v1/conferences/c/participants/bob", null));
    acks.add(alice.request("delete", "/v1/groups", groups("g", "never joined")));
    acks.add(alice.request("delete", "/v1/connections/alice/", null));
    for (RawClient.Ack ack : acks) {
      assertTrue(ack.body() instanceof JsonStructure, ack::toString);
      if (ack.body() instanceof JsonArray array) {
        assertTrue(array.stream().noneMatch(JsonNumber.class::isInstance), ack::toString);
      }
    }
  }

  @Test
  @DisplayName("R-36 has no error and no rateLimit in the body of a success, not even null")
  void successHasNoError() {
    RawClient alice = browser("alice");
    for (RawClient.Ack ack :
        List.of(
            alice.register(null),
            alice.request("post", "/v1/presence", json("{\"presence\":{\"type\":\"away\"}}")),
            alice.request("post", "/v1/messages", json("{\"to\":\"bob\",\"message\":\"x\"}")),
            alice.request("post", "/v1/groups", groups("g")),
            alice.request("get", "/v1/turn", null))) {
      assertEquals(200, ack.status());
      assertFalse(ack.object().containsKey("error") || ack.object().containsKey("rateLimit"));
    }
    refused(400, alice.request("post", "/v1/groups", groups("error")));
    refused(400, alice.request("post", "/v1/groups/rateLimit", null));
  }

  @Test
  @DisplayName("R-37 leaves rateLimit out of a 429 and says the limit in its headers")
  void limitIsInHeadersOnly() {
    RawClient alice = browser("alice");
    service.hooks().rateLimitNext(1);
    RawClient.Ack ack = alice.request("get", "/v1/turn", null);
    assertEquals(429, ack.status());
    assertFalse(ack.object().containsKey("rateLimit"));
    assertTrue(ack.headers().getInt("RateLimit-Limit") >= 1);
    assertEquals(0, ack.headers().getInt("RateLimit-Remaining"));
    assertEquals(200, alice.request("get", "/v1/turn", null).status());
  }

  @Test
  @DisplayName("R-38 has an error in the body of a 429")
  void limitHasAnError() {
    RawClient alice = browser("alice");
    service.hooks().rateLimitNext(1);
    assertEquals("API rate limit was exceeded.", alice.request("get", "/v1/turn", null).error());
  }

  @Test
  @DisplayName("R-39 acknowledges everything before it closes")
  void acknowledgesBeforeItCloses() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    List<String> requests = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      requests.add("5:" + i + "+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\"}]}");
    }
    requests.add("0::");
    alice.sendTogether(requests);
    for (int i = 1; i <= 50; i++) {
      String ack = alice.text();
      assertTrue(ack.startsWith("6:::" + i + "+"), ack);
    }
    assertEquals(1000, alice.awaitClose());
  }

  @Test
  @DisplayName("R-40 answers requests in order and without waiting: its clock need not move")
  void answersInOrder() {
    RawClient alice = browser("alice");
    long before = clock.now();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(alice.sendRequest("get", "/v1/turn", null));
    }
    for (long id : ids) {
      assertEquals(200, alice.ack(id).status());
    }
    assertEquals(before, clock.now());
  }

  private static JsonObject message(int bytes) {
    JsonObject empty = Json.object().add("to", "nobody").add("message", "").build();
    String text = "x".repeat(bytes - Wire.utf8Length(Json.write(empty)));
    return Json.object(empty).add("message", text).build();
  }

  @Test
  @DisplayName("R-41 takes 21 000 bytes of data and no more, over the socket and HTTP")
  void limitsTheBody() {
    RawClient alice = browser("alice");
    assertEquals(200, alice.request("post", "/v1/messages", message(20_000)).status());
    assertEquals(200, alice.request("post", "/v1/messages", message(21_000)).status());
    refused(400, alice.request("post", "/v1/messages", message(21_001)));
    refused(400, alice.request("post", "/v1/messages", message(200_000)));
    String token = session("alice");
    assertEquals(
        200,
        http("POST", "/v1/messages", Json.write(message(21_000)), "App-Token", token).statusCode());
    refused(400, http("POST", "/v1/messages", Json.write(message(21_001)), "App-Token", token));
  }

  @Test
  @DisplayName("R-41 measures UTF-8 bytes of the data alone")
  void measuresBytes() {
    RawClient alice = browser("alice");
    JsonObject fits = Json.object().add("to", "nobody").add("message", "é".repeat(10_400)).build();
    JsonObject tooLong = Json.object().add("to", "b").add("message", "é".repeat(10_500)).build();
    assertEquals(200, alice.request("post", "/v1/messages", fits).status());
    refused(400, alice.request("post", "/v1/messages", tooLong));
  }

  @Test
  @DisplayName("R-41 exempts signaling with the App-Secret, not with a token")
  void exemptsAsterisk() {
    String offer =
        Json.write(
            Json.object()
                .add("signalType", "offer")
                .add("sessionId", "S1")
                .add("sessionDescription", Json.object().add("sdp", "v=0 " + "x".repeat(30_000)))
                .build());
    JsonObject data =
        Json.object().add("to", "bob").add("toType", "web").add("signal", offer).build();
    RawClient bob = browser("bob");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    assertFalse(pbx.request("post", "/v1/signaling", data).object().containsKey("error"));
    assertEquals("offer", bob.event("signal").getJsonObject("body").getString("signalType"));
    refused(400, browser("alice").request("post", "/v1/signaling", data));
  }

  @Test
  @DisplayName("R-42 gives members for GET /groups/{id} and the groups for GET /groups")
  void tellsMembersFromGroups() {
    RawClient alice = connect("alice", RawClient.IOS);
    join(alice, "room1");
    JsonArray members = ok(alice, "get", "/v1/groups/room1", null).asJsonArray();
    assertEquals(1, members.size());
    assertEquals("alice", members.getJsonObject(0).getString("endpointId"));
    assertEquals(alice.connectionId(), members.getJsonObject(0).getString("connectionId"));
    assertEquals(members, ok(alice, "get", "/v1/channels/room1/subscribers/", null));
    JsonArray groups = ok(alice, "get", "/v1/groups", null).asJsonArray();
    assertEquals("room1", groups.getJsonObject(0).getString("id"));
  }

  private int unread(RawClient client) {
    JsonArray all = ok(client, "get", "/v1/endpoints/alice/conversations", null).asJsonArray();
    return all.getJsonObject(0).getInt("unreadCount");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "put | \"Thu Jan 01 01:00:02 GMT+01:00 2026\"",
        "put | \"Thu Jan 01 00:00:02 UTC 2026\"",
        "put | 1767225602999",
        "post | 1767225602999.25",
        "post | \"1767225602999\"",
        "post | \"2026-01-01T00:00:02.999Z\""
      })
  @DisplayName("R-43 takes read marks by PUT and POST, as numbers, text and Java dates")
  void takesReadMarks(String method, String timestamp) {
    RawClient alice = connect("alice", RawClient.ANDROID);
    RawClient bob = browser("bob");
    join(alice, "room");
    for (int i = 0; i < 5; i++) {
      publish(bob, "room", "m" + i);
      clock.advance(Duration.ofSeconds(1));
    }
    assertEquals(5, unread(alice));
    String mark = "{\"groups\":[{\"groupId\":\"room\",\"timestamp\":" + timestamp + "}]}";
    ok(alice, method, "/v1/endpoints/alice/conversations", mark);
    assertEquals(2, unread(alice));
    String earlier = "{\"groups\":[{\"groupId\":\"room\",\"timestamp\":1767225600000}]}";
    ok(alice, method, "/v1/endpoints/alice/conversations", earlier);
    assertEquals(2, unread(alice), "a mark never goes back");
  }

  @Test
  @DisplayName("R-44 reads limit and before as numbers or text, with fractions and exponents")
  void readsNumbersLeniently() {
    RawClient alice = connect("alice", RawClient.IOS);
    for (int i = 0; i < 5; i++) {
      publish(alice, "room", "m" + i);
      clock.advance(Duration.ofSeconds(1));
    }
    String history = "/v1/groups/room/history";
    List<String> newestFirst = List.of("m4", "m3", "m2", "m1", "m0");
    assertEquals(newestFirst, messages(ok(alice, "get", history, null)));
    for (String data : List.of("{\"limit\":2}", "{\"limit\":\"2\"}", "{\"limit\":2.0}")) {
      assertEquals(List.of("m4", "m3"), messages(ok(alice, "get", history, data)));
    }
    for (String query :
        List.of(
            "?limit=2&before=1767225602000",
            "?limit=2&before=1767225602000.123",
            "?before=1.767225602E12&limit=2")) {
      assertEquals(List.of("m1", "m0"), messages(ok(alice, "get", history + query, null)));
    }
    refused(400, alice.request("get", history + "?limit=few", null));
    JsonObject found =
        ok(
                alice,
                "post",
                "/v1/group-history-search",
                "{\"groupIds\":[\"room\",\"none\"],\"limit\":\"1\"}")
            .asJsonObject();
    assertEquals(List.of("m4"), messages(found.get("room")));
    assertEquals(List.of(), messages(found.get("none")));
  }

  @Test
  @DisplayName("R-45 answers presenceobservers with an array and pushes the states to respoke.js")
  void answersObservers() {
    RawClient bob = browser("bob");
    presence(bob, "\"away\"");
    for (String sdk : List.of(RawClient.BROWSER, RawClient.ANDROID)) {
      RawClient alice = connect("alice", sdk);
      JsonArray states = observe(alice, "bob", "carol");
      assertEquals(2, states.size());
      assertEquals(
          json("{\"" + bob.connectionId() + "\":{\"type\":\"away\"}}"),
          states.getJsonObject(0).getJsonObject("connectionStates"));
      assertEquals(
          json("{\"endpointId\":\"carol\",\"connectionStates\":{}}"), states.getJsonObject(1));
      if (sdk.equals(RawClient.BROWSER)) {
        assertEquals("away", alice.event("presence").getString("type"));
      }
      assertEquals(List.of(), alice.leftovers());
    }
  }

  @Test
  @DisplayName(
      "R-46 takes the endpoint id or the connection id in DELETE /connections, for self only")
  void endsOnlyTheCaller() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    RawClient bob = browser("bob");
    refused(403, alice.request("delete", "/v1/connections/bob/", null));
    refused(403, alice.request("delete", "/v1/connections/" + bob.connectionId() + "/", null));
    refused(403, alice.request("delete", "/v1/connections/" + aliceToo.connectionId(), null));
    assertEquals(3, service.snapshot().connections());
    ok(alice, "delete", "/v1/connections/alice/", null);
    assertEquals(2, service.snapshot().connections());
    ok(aliceToo, "delete", "/v1/connections/" + aliceToo.connectionId() + "/", null);
    assertEquals(1, service.snapshot().connections());
    ok(aliceToo, "delete", "/v1/connections/alice/", null);
    assertEquals(1, service.snapshot().connections());
  }

  @Test
  @DisplayName("R-47 ignores a pushTokenId that nobody knows")
  void ignoresUnknownPushTokens() {
    RawClient phone = unregistered("alice", RawClient.IOS);
    JsonObject data = json("{\"pushTokenId\":\"push_gone\"}");
    assertEquals(200, phone.request("post", "/v1/connections", data).status());
  }

  @Test
  @DisplayName("R-48 registers a connection without any data")
  void dataIsOptional() {
    RawClient phone = unregistered("alice", RawClient.IOS);
    RawClient.Ack ack = phone.request("post", "/v1/connections", null);
    assertEquals("alice", ack.object().getString("endpointId"));
    assertEquals(
        ack.object().getString("id"),
        phone.request("post", "/v1/connections", null).object().getString("id"));
  }

  @Test
  @DisplayName("R-49 joins all groups of a list or none")
  void listsAreAtomic() {
    RawClient guest = withRole("guest", "guest");
    refused(403, guest.request("post", "/v1/groups", groups("lobby", "vault")));
    assertEquals(0, ok(guest, "get", "/v1/groups/lobby", null).asJsonArray().size());
    refused(400, guest.request("post", "/v1/groups", groups("lobby", "error")));
    assertEquals(0, ok(guest, "get", "/v1/groups/lobby", null).asJsonArray().size());
    join(guest, "lobby");
    refused(403, guest.request("delete", "/v1/groups", groups("lobby", "vault")));
    assertEquals(1, ok(guest, "get", "/v1/groups/lobby", null).asJsonArray().size());
  }

  @Test
  @DisplayName("R-50 ignores requestConnectionReply and persist on private messages")
  void ignoresOddFlags() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    ok(
        alice,
        "post",
        "/v1/messages",
        "{\"to\":\"bob\",\"requestConnectionReply\":true,\"persist\":true,\"message\":\"x\"}");
    assertEquals(Set.of("header", "body"), bob.event("message").keySet());
    assertEquals(0, ok(bob, "get", "/v1/endpoints/bob/conversations", null).asJsonArray().size());
  }

  @Test
  @DisplayName("R-33 lets the body win over the query")
  void bodyWins() {
    RawClient alice = browser("alice");
    publish(alice, "room", "m0");
    publish(alice, "room", "m1");
    JsonValue history = ok(alice, "get", "/v1/groups/room/history?limit=2", "{\"limit\":1}");
    assertEquals(List.of("m1"), messages(history));
    Set<String> ids =
        history.asJsonArray().getValuesAs(JsonObject.class).stream()
            .map(entry -> ((JsonString) header(entry).get("requestId")).getString())
            .collect(Collectors.toSet());
    assertNotEquals(Set.of(), ids);
  }
}
