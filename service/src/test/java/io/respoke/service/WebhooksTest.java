package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.Receiver.Received;
import io.respoke.service.state.WebhookSignature;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app's events on their way to a server of the application. */
class WebhooksTest {
  private static final String SECRET = "whsec_0123456789abcdef";

  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;
  private Receiver receiver;
  private String app;

  @BeforeEach
  void start() throws Exception {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .clock(clock)
                .privateWebhooks(true)
                .adminUser("root", "secret")
                .build());
    receiver = new Receiver();
    app = "/v1/apps/" + service.app().id();
  }

  @AfterEach
  void stop() {
    service.close();
    receiver.close();
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return RawClient.http(
        service.baseUrl(), method, path, body, "App-Secret", service.app().secret());
  }

  private JsonObject ok(String method, String path, String body) {
    HttpResponse<String> response = call(method, path, body);
    assertEquals(200, response.statusCode(), response.body());
    return Json.parseObject(response.body());
  }

  private JsonObject hook(String... types) {
    JsonObject body =
        Json.object()
            .add("url", receiver.url("/hook?room=1"))
            .add("secret", SECRET)
            .add("types", Json.strings(List.of(types)))
            .build();
    return ok("PUT", app + "/webhook", Json.write(body));
  }

  private String test() {
    return ok("POST", app + "/webhook/test", "").getString("id");
  }

  private JsonObject delivery(String id) {
    return ok("GET", app + "/webhook-deliveries/" + id, null);
  }

  /** Waits until a delivery is as it should be. */
  private JsonObject await(String id, Predicate<JsonObject> how) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    JsonObject delivery = delivery(id);
    while (!how.test(delivery)) {
      assertTrue(System.nanoTime() < deadline, "still " + delivery);
      delivery = delivery(id);
    }
    return delivery;
  }

  private JsonObject await(String id, String status, int attempts) {
    return await(id, d -> d.getString("status").equals(status) && d.getInt("attempts") == attempts);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }

  @Test
  void whatHappensIsToldInTheDocumentedEnvelopeAndSigned() throws Exception {
    hook("endpointConnected", "endpointDisconnected", "groupJoined", "groupLeft", "message");
    String connection;
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER)) {
      connection = alice.connectionId();
      Received connected = receiver.next();
      assertEquals("/hook?room=1", connected.path());
      assertEquals(
          WebhookSignature.of(SECRET, clock.now() / 1_000, connected.body()),
          connected.signature());
      JsonObject event = connected.json();
      assertEquals(
          json(
              "{'channel':'event_','type':'endpointConnected','from':'system',"
                  + "'fromConnection':'system','requestId':'"
                  + connected.id()
                  + "'}"),
          event.getJsonObject("header"));
      assertEquals("alice", event.getString("endpointId"));
      assertEquals(connection, event.getString("connectionId"));
      assertEquals(service.app().id(), event.getString("appId"));
      assertEquals(clock.now() / 1_000, event.getInt("time"));
      alice.request("post", "/v1/groups", json("{'groups':['room']}"));
      Received joined = receiver.next();
      assertEquals("groupJoined", joined.type());
      assertEquals("room", joined.json().getString("group"));
      alice.request("post", "/v1/channels/room/publish/", json("{'message':{'x':1}}"));
      Received published = receiver.next();
      assertEquals("message", published.type());
      assertEquals("room", published.json().getString("group"));
      assertEquals(json("{'x':1}"), published.json().get("message"));
      alice.request("post", "/v1/messages", json("{'to':'bob','message':'hi'}"));
      Received message = receiver.next();
      assertEquals("bob", message.json().getString("to"));
      assertEquals(Json.string("hi"), message.json().get("message"));
    }
    Set<String> last = Set.of(receiver.next().type(), receiver.next().type());
    assertEquals(Set.of("groupLeft", "endpointDisconnected"), last);
  }

  @Test
  void aCallIsToldFromItsStartToItsEnd() throws Exception {
    hook("callStarted", "callAnswered", "callEnded");
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER);
        RawClient bob = RawClient.connect(service, "bob", RawClient.OTHER)) {
      signal(alice, "bob", "offer", ",'sessionDescription':{'type':'offer','sdp':'v=0'}");
      Received started = receiver.next();
      assertEquals("callStarted", started.type());
      assertEquals("alice", started.json().getString("endpointId"));
      assertEquals("bob", started.json().getString("to"));
      assertEquals("S1", started.json().getString("sessionId"));
      signal(bob, "alice", "answer", ",'sessionDescription':{'type':'answer','sdp':'v=0'}");
      Received answered = receiver.next();
      assertEquals("callAnswered", answered.type());
      assertEquals(bob.connectionId(), answered.json().getString("connectionId"));
      signal(alice, "bob", "bye", ",'reason':'done'");
      Received ended = receiver.next();
      assertEquals("callEnded", ended.type());
      assertEquals("done", ended.json().getString("reason"));
      assertTrue(ended.json().getBoolean("answered"));
    }
    assertEquals(0, receiver.waiting());
  }

  private static void signal(RawClient from, String to, String type, String more) {
    JsonObject signal =
        json(
            "{'signalType':'"
                + type
                + "','sessionId':'S1','target':'call','signalId':'I'"
                + more
                + ",'version':'1.0'}");
    RawClient.Ack ack =
        from.request(
            "post",
            "/v1/signaling",
            Json.object().add("to", to).add("signal", Json.write(signal)).build());
    assertTrue(ack.status() == 0 || ack.status() == 200, ack::toString);
  }

  @Test
  void aFailedEventIsTriedAgainInOrderForItsKey() throws Exception {
    hook("message");
    receiver.answer(500, 503);
    for (int i = 1; i <= 2; i++) {
      ok("POST", "/v1/messages", "{\"to\":\"b\",\"endpointId\":\"a\",\"message\":" + i + "}");
    }
    Received first = receiver.next();
    JsonObject waits = await(first.id(), "pending", 1);
    Instant next = Instant.parse(waits.getString("nextAttemptAt"));
    Instant tried = Instant.parse(waits.getString("lastAttemptAt"));
    long pause = Duration.between(tried, next).toMillis();
    assertTrue(pause >= 1_000 && pause <= 2_000, waits::toString);
    clock.advance(Duration.ofSeconds(3));
    assertEquals(first.id(), receiver.next().id());
    await(first.id(), "pending", 2);
    clock.advance(Duration.ofSeconds(5));
    Received third = receiver.next();
    assertEquals(first.body(), third.body(), "the same bytes");
    assertNotEquals(first.signature(), third.signature(), "signed anew");
    Received second = receiver.next();
    assertEquals(2, second.json().getInt("message"));
    JsonObject delivered = await(first.id(), "delivered", 3);
    assertEquals(200, delivered.getInt("responseStatus"));
    assertFalse(delivered.containsKey("problem"));
    assertFalse(delivered.containsKey("nextAttemptAt"));
    assertEquals(0, receiver.waiting());
  }

  @Test
  void aRefusedEventIsDeadAndCanBeReplayed() throws Exception {
    hook();
    receiver.answer(422);
    String id = test();
    assertEquals(id, receiver.next().id());
    JsonObject dead = await(id, "dead", 1);
    assertEquals("answered with 422", dead.getString("problem"));
    assertEquals(id, dead.getJsonObject("event").getJsonObject("header").getString("requestId"));
    ok("POST", app + "/webhook-deliveries/" + id + "/replay", "");
    assertEquals(id, receiver.next().id());
    await(id, "delivered", 2);
    JsonObject list = ok("GET", app + "/webhook-deliveries?limit=1", null);
    assertEquals(1, list.getInt("total"));
    assertEquals(0, list.getInt("pending"));
    assertEquals(id, list.getJsonArray("items").getJsonObject(0).getString("id"));
    assertEquals(404, call("POST", app + "/webhook-deliveries/none/replay", "").statusCode());
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    hook();
    receiver.answer(307);
    String id = test();
    receiver.next();
    JsonObject pending = await(id, "pending", 1);
    assertEquals(
        "answered with the redirect 307, which is not followed", pending.getString("problem"));
    assertEquals(0, receiver.waiting());
  }

  @Test
  void whoHangsIsGivenUpAndOthersDoNotWaitForIt() throws Exception {
    hook("message");
    receiver.hang(true);
    ok("POST", "/v1/messages", "{\"to\":\"b\",\"endpointId\":\"a\",\"message\":1}");
    Received hung = receiver.next();
    receiver.hang(false);
    ok("POST", "/v1/messages", "{\"to\":\"b\",\"endpointId\":\"other\",\"message\":2}");
    Received other = receiver.next();
    await(other.id(), "delivered", 1);
    assertEquals("sending", delivery(hung.id()).getString("status"));
    clock.advance(Duration.ofSeconds(10));
    JsonObject late = await(hung.id(), "pending", 1);
    assertEquals("no answer within 10 seconds", late.getString("problem"));
    assertEquals(JsonValue.NULL, late.get("responseStatus"));
    clock.advance(Duration.ofSeconds(3));
    assertEquals(hung.id(), receiver.next().id());
    await(hung.id(), "delivered", 2);
  }

  @Test
  void aLongAnswerIsCutOff() throws Exception {
    hook();
    receiver.answerLength(5_000_000);
    String id = test();
    receiver.next();
    await(id, "delivered", 1);
  }

  @Test
  void nobodyThereIsAProblemWithoutTheUrl() throws Exception {
    hook();
    receiver.close();
    String id = test();
    JsonObject pending = await(id, "pending", 1);
    assertTrue(pending.getString("problem").startsWith("could not"), pending::toString);
    assertFalse(pending.toString().contains("room=1"), pending::toString);
  }

  @Test
  void anAppThatIsRemovedSendsNothingMore() throws Exception {
    hook("endpointConnected");
    receiver.hang(true);
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER)) {
      receiver.next();
      String admin =
          Json.parseObject(
                  RawClient.post(
                          service,
                          "/v1/admin-sessions",
                          json("{'username':'root','password':'secret'}"))
                      .body())
              .getString("token");
      assertEquals(
          200,
          RawClient.http(service.baseUrl(), "DELETE", app, "", "Admin-Token", admin).statusCode());
      alice.awaitClosed();
    }
    clock.advance(Duration.ofHours(1));
    assertEquals(0, receiver.waiting());
    assertEquals(0, service.snapshot().connections());
  }

  @Test
  void theSecretIsShownOnceAndChangesOnRequest() throws Exception {
    JsonObject made = ok("PUT", app + "/webhook", "{\"url\":\"" + receiver.url("/hook") + "\"}");
    String secret = made.getString("secret");
    assertEquals(9, made.getJsonArray("types").size());
    assertFalse(ok("GET", app + "/webhook", null).toString().contains(secret));
    assertNull(ok("PUT", app + "/webhook", "{\"types\":[]}").get("secret"));
    String id = test();
    Received first = receiver.next();
    assertEquals(id, first.id());
    assertEquals(WebhookSignature.of(secret, clock.now() / 1_000, first.body()), first.signature());
    String second = ok("PUT", app + "/webhook", "{\"newSecret\":true}").getString("secret");
    assertNotEquals(secret, second);
    test();
    Received signed = receiver.next();
    assertEquals(
        WebhookSignature.of(second, clock.now() / 1_000, signed.body()), signed.signature());
    ok("DELETE", app + "/webhook", "");
    assertEquals(JsonValue.NULL, ok("GET", app + "/webhook", null).get("url"));
    assertEquals(409, call("POST", app + "/webhook/test", "").statusCode());
  }

  @Test
  void whatCannotBeAWebhookIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"url\":\"ftp://example.com\"}",
            "{\"url\":\"https://a:b@example.com\"}",
            "{\"url\":\"https://example.com\",\"secret\":\"short\"}",
            "{\"url\":\"https://example.com\",\"types\":[\"nothing\"]}",
            "{\"url\":\"https://example.com\",\"types\":\"message\"}")) {
      assertEquals(400, call("PUT", app + "/webhook", body).statusCode(), body);
    }
    String token = RawClient.session(service, service.app(), "alice", null);
    assertEquals(
        403,
        RawClient.http(service.baseUrl(), "GET", app + "/webhook", null, "App-Token", token)
            .statusCode());
    assertEquals(404, call("GET", "/v1/apps/another/webhook", null).statusCode());
  }

  @Test
  void addressesThatAreNotPublicNeedPermission() throws Exception {
    try (RespokeService strict =
        RespokeService.start(ServiceOptions.builder().noRateLimit().clock(clock).build())) {
      String path = "/v1/apps/" + strict.app().id();
      String[] secret = {"App-Secret", strict.app().secret()};
      String body = "{\"url\":\"" + receiver.url("/hook") + "\"}";
      assertEquals(
          200,
          RawClient.http(strict.baseUrl(), "PUT", path + "/webhook", body, secret).statusCode());
      RawClient.http(strict.baseUrl(), "POST", path + "/webhook/test", "", secret);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      String list = "";
      while (!list.contains("problem") && System.nanoTime() < deadline) {
        list =
            RawClient.http(strict.baseUrl(), "GET", path + "/webhook-deliveries", null, secret)
                .body();
      }
      assertTrue(list.contains("webhooks.allowPrivate"), list);
      assertEquals(0, receiver.waiting());
    }
  }

  @Test
  void socketsThatSubscribeGetTheSameEvents() {
    try (RawClient server = RawClient.connectServer(service, "server", RawClient.BROWSER)) {
      assertEquals(200, server.request("post", "/v1/events/subscribers", null).status());
      try (RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER)) {
        JsonObject event = server.event("pubsub");
        assertEquals("event_", event.getJsonObject("header").getString("channel"));
        assertEquals("system", event.getJsonObject("header").getString("from"));
        JsonObject envelope = event.getJsonObject("message");
        assertEquals("endpointConnected", envelope.getJsonObject("header").getString("type"));
        assertEquals(alice.connectionId(), envelope.getString("connectionId"));
        RawClient.Ack refused = alice.request("post", "/v1/events/subscribers", null);
        assertEquals("Missing permission: events.subscribe", refused.error());
      }
      assertEquals(
          "endpointDisconnected",
          server
              .event("pubsub")
              .getJsonObject("message")
              .getJsonObject("header")
              .getString("type"));
      assertEquals(200, server.request("delete", "/v1/events/subscribers", null).status());
      try (RawClient bob =
          RawClient.connectWithRole(service, "bob", "default", RawClient.BROWSER)) {
        assertEquals(200, bob.request("post", "/v1/events/subscribers", null).status());
        assertEquals(List.of(), server.leftovers());
      }
    }
  }
}
