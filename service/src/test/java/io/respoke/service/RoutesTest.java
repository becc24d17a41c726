package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes beside messages, presence and membership. */
class RoutesTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .clock(clock)
                .turn(new TurnOptions("shared", "turn:relay.example:3478?transport=udp"))
                .build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private RawClient connect(String endpointId, String sdk) {
    return RawClient.connect(service, endpointId, sdk);
  }

  private static JsonObject persisted(String text) {
    return Json.object().add("message", text).add("persist", true).build();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }

  @Test
  void historyGivesTheNewestPersistedMessagesFirst() {
    try (RawClient alice = connect("alice", RawClient.IOS)) {
      alice.request("post", "/v1/groups/room", null);
      alice.request("post", "/v1/groups/room/publish/", json("{'message':'not kept'}"));
      for (int i = 1; i <= 3; i++) {
        clock.advance(Duration.ofMillis(10));
        alice.request("post", "/v1/groups/room/publish/", persisted("m" + i));
      }
      JsonArray all = alice.request("get", "/v1/groups/room/history", null).array();
      assertEquals(3, all.size());
      assertEquals("m3", all.getJsonObject(0).getString("message"));
      JsonObject header = all.getJsonObject(0).getJsonObject("header");
      assertEquals("alice", header.getString("from"));
      assertEquals("room", header.getString("channel"));
      long newest = header.getJsonNumber("timestamp").longValue();
      JsonArray older =
          alice
              .request("get", "/v1/groups/room/history?limit=1&before=" + newest + ".25", null)
              .array();
      assertEquals(1, older.size());
      assertEquals("m2", older.getJsonObject(0).getString("message"));
      JsonObject found =
          alice
              .request(
                  "post",
                  "/v1/group-history-search",
                  json("{'groupIds':['room','other'],'limit':'1'}"))
              .object();
      assertEquals(1, found.getJsonArray("room").size());
      assertTrue(found.getJsonArray("other").isEmpty());
    }
  }

  @Test
  void conversationsCountWhatWasNotRead() {
    try (RawClient alice = connect("alice", RawClient.ANDROID);
        RawClient bob = connect("bob", RawClient.OTHER)) {
      for (RawClient each : List.of(alice, bob)) {
        each.request("post", "/v1/groups/room", null);
      }
      bob.request("post", "/v1/channels/room/publish", persisted("one"));
      clock.advance(Duration.ofSeconds(5));
      bob.request("post", "/v1/channels/room/publish", persisted("two"));
      JsonObject unread = conversation(alice);
      assertEquals(2, unread.getInt("unreadCount"));
      assertEquals("bob", unread.getString("sourceId"));
      assertEquals("two", unread.getJsonObject("latestMsg").getString("message"));
      // As Android sends it: the time of the first message, in seconds.
      alice.request(
          "put",
          "/v1/endpoints/alice/conversations",
          json("{'groups':[{'groupId':'room','timestamp':'Thu Jan 01 01:00:00 GMT+01:00 2026'}]}"));
      assertEquals(1, conversation(alice).getInt("unreadCount"));
      alice.request(
          "post",
          "/v1/endpoints/alice/conversations",
          json("{'groups':[{'groupId':'room','timestamp':" + clock.now() + ".5}]}"));
      assertEquals(0, conversation(alice).getInt("unreadCount"));
      assertEquals(0, conversation(bob, "bob").getInt("unreadCount"));
      assertEquals(403, bob.request("get", "/v1/endpoints/alice/conversations", null).status());
    }
  }

  private static JsonObject conversation(RawClient client) {
    return conversation(client, "alice");
  }

  private static JsonObject conversation(RawClient client, String endpointId) {
    return client
        .request("get", "/v1/endpoints/" + endpointId + "/conversations", null)
        .array()
        .getJsonObject(0);
  }

  @Test
  void turnCredentialsAreMadeFromTheSharedSecret() throws Exception {
    HttpResponse<String> answer =
        RawClient.get(
            service.baseUrl(), "/v1/turn?endpointId=pbx", "App-Secret", service.app().secret());
    JsonObject turn = Json.parseObject(answer.body());
    assertEquals(clock.now() / 1000 + 86_400 + ":pbx", turn.getString("username"));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    assertEquals(
        Base64.getEncoder()
            .encodeToString(
                mac.doFinal(turn.getString("username").getBytes(StandardCharsets.UTF_8))),
        turn.getString("password"));
    try (RawClient alice = connect("alice", RawClient.OTHER)) {
      JsonObject stun = alice.request("get", "/v1/turn", null).object();
      assertFalse(stun.containsKey("username"));
      assertEquals("stun:127.0.0.1:3478", stun.getJsonArray("uris").getString(0));
    }
  }

  @Test
  void signalsAreRelayedAsObjectsAndConnectedGoesToAll() {
    try (RawClient alice = connect("alice", RawClient.BROWSER);
        RawClient bob = connect("bob", RawClient.BROWSER);
        RawClient bobToo = connect("bob", RawClient.ANDROID)) {
      JsonObject offer =
          Json.object()
              .add("to", "bob")
              .add("toType", "web")
              .add("signal", "{\"signalType\":\"offer\",\"sessionId\":\"s\"}")
              .build();
      assertEquals(200, alice.request("post", "/v1/signaling", offer).status());
      for (RawClient each : List.of(bob, bobToo)) {
        JsonObject signal = each.event("signal");
        assertEquals("web", signal.getJsonObject("header").getString("fromType"));
        assertEquals("offer", signal.getJsonObject("body").getString("signalType"));
        assertEquals("call", signal.getJsonObject("body").getString("target"));
      }
      JsonObject answer =
          Json.object()
              .add("to", "alice")
              .add("signal", "{\"signalType\":\"answer\",\"sessionId\":\"s\"}")
              .build();
      assertEquals(200, bob.request("post", "/v1/signaling", answer).status());
      JsonObject connected =
          Json.object()
              .add("to", "bob")
              .add("toConnection", bob.connectionId())
              .add("signal", "{\"signalType\":\"connected\",\"sessionId\":\"s\"}")
              .build();
      alice.request("post", "/v1/signaling", connected);
      assertEquals(
          "connected", bobToo.event("signal").getJsonObject("body").getString("signalType"));
      JsonObject number =
          Json.object(offer)
              .add("toType", "did")
              .add("signal", "{\"signalType\":\"offer\",\"sessionId\":\"t\"}")
              .build();
      assertEquals(400, alice.request("post", "/v1/signaling", number).status());
    }
  }

  @Test
  void aPageOfAnyOriginMayAskAndSeeTheErrors() {
    HttpResponse<String> preflight =
        RawClient.http(
            service.baseUrl(), "OPTIONS", "/v1/tokens", null, "Origin", "https://app.example");
    assertEquals(200, preflight.statusCode());
    assertEquals("https://app.example", header(preflight, "Access-Control-Allow-Origin"));
    assertTrue(header(preflight, "Access-Control-Allow-Headers").contains("respoke-sdk"));
    HttpResponse<String> error = RawClient.get(service.baseUrl(), "/v1/nothing", "Origin", "null");
    assertEquals(404, error.statusCode());
    assertEquals("null", header(error, "Access-Control-Allow-Origin"));
    assertTrue(header(error, "Access-Control-Expose-Headers").contains("RateLimit-Limit"));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  @Test
  void formsOfTheMobileSdksAreReadAsTheyAre() {
    HttpResponse<String> minted =
        RawClient.http(
            service.baseUrl(),
            "POST",
            "/v1/tokens/",
            "appId=" + service.app().id() + "&endpointId=al+ice 50% off&ttl=21600",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/xml");
    assertEquals(200, minted.statusCode());
    assertEquals("al+ice 50% off", Json.parseObject(minted.body()).getString("endpointId"));
    assertEquals("application/json; charset=utf-8", header(minted, "Content-Type"));
  }

  @Test
  void aBodyOverTheLimitOrNoJsonIsRefused() {
    try (RawClient alice = connect("alice", RawClient.OTHER)) {
      JsonObject fits = Json.object().add("to", "bob").add("message", "é".repeat(10_000)).build();
      assertEquals(200, alice.request("post", "/v1/messages", fits).status());
      JsonObject large = Json.object().add("to", "bob").add("message", "é".repeat(10_600)).build();
      assertEquals(400, alice.request("post", "/v1/messages", large).status());
    }
    for (String body : List.of("{", "[1]", "{\"a\":")) {
      HttpResponse<String> refused =
          RawClient.http(
              service.baseUrl(), "POST", "/v1/tokens", body, "Content-Type", "application/json");
      assertEquals(400, refused.statusCode(), body);
    }
  }

  @Test
  void aLogoutKeepsTheSocketOpenForAWhileWithoutEvents() {
    try (RawClient alice = connect("alice", RawClient.BROWSER);
        RawClient bob = connect("bob", RawClient.BROWSER)) {
      assertEquals(200, alice.request("delete", "/v1/connections/alice/", null).status());
      bob.request("post", "/v1/messages", json("{'to':'alice','message':'x'}"));
      assertEquals(List.of(), alice.leftovers());
      clock.advance(Duration.ofSeconds(4));
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      clock.advance(Duration.ofSeconds(1));
      alice.awaitClosed();
      assertTrue(bob.isOpen());
    }
  }

  @Test
  void observersOutliveALostConnectionAndEndWithALogout() {
    try (RawClient bob = connect("bob", RawClient.BROWSER)) {
      RawClient alice = connect("alice", RawClient.BROWSER);
      alice.request("post", "/v1/presenceobservers", json("{'endpointList':['bob']}"));
      alice.event("presence");
      alice.abort();
      awaitConnections(1);
      try (RawClient back = connect("alice", RawClient.BROWSER)) {
        assertEquals("unavailable", back.event("presence").getString("type"));
        bob.request("post", "/v1/presence", json("{'presence':{'type':'away'}}"));
        assertEquals("away", back.event("presence").getString("type"));
        back.request("delete", "/v1/connections/alice", null);
      }
      assertEquals(0, service.snapshot().observers());
      alice = connect("alice", RawClient.OTHER);
      alice.request("post", "/v1/presenceobservers", json("{'endpointList':['bob']}"));
      alice.abort();
      awaitConnections(1);
      clock.advance(Duration.ofMinutes(10).plusSeconds(1));
      assertEquals(0, service.snapshot().observers());
    }
  }

  private void awaitConnections(int count) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (service.snapshot().connections() != count) {
      assertTrue(System.nanoTime() < deadline, "connections did not end");
      Thread.onSpinWait();
    }
  }

  @Test
  void mobileClientsGetMessagesAsText() {
    try (RawClient phone = connect("phone", RawClient.ANDROID);
        RawClient page = connect("phone", RawClient.BROWSER);
        RawClient alice = connect("alice", RawClient.BROWSER)) {
      alice.request("post", "/v1/messages", json("{'to':'phone','message':{'a':1}}"));
      assertEquals("{\"a\":1}", phone.event("message").getString("body"));
      assertEquals(1, page.event("message").getJsonObject("body").getInt("a"));
    }
  }

  @Test
  void asteriskAndNodeGetBareAcks() {
    try (RawClient pbx =
        RawClient.open(service, "app-secret", service.app().secret(), RawClient.ASTERISK)) {
      RawClient.Ack ack =
          pbx.request("post", "/v1/endpoints/pbx/connections", json("{'clientType':'asterisk'}"));
      assertEquals(0, ack.status());
      assertEquals("pbx", ack.object().getString("endpointId"));
      assertEquals("ASTERISK", ack.object().getString("clientType"));
    }
  }
}
