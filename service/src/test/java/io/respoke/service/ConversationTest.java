package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main conversations between clients, over real sockets. */
class ConversationTest {
  private RespokeService service;

  @BeforeEach
  void start() {
    service = RespokeService.start(ServiceOptions.builder().noRateLimit().build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private RawClient connect(String endpointId) {
    return RawClient.connect(service, endpointId, RawClient.BROWSER);
  }

  @Test
  void aMessageReachesAllConnectionsOfItsRecipientAndTheSendersOthers() {
    try (RawClient alice = connect("alice");
        RawClient aliceToo = connect("alice");
        RawClient bob = connect("bob");
        RawClient bobToo = connect("bob")) {
      RawClient.Ack ack =
          alice.request(
              "post",
              "/v1/messages",
              Json.object().add("to", "bob").add("message", "hello").add("ccSelf", true).build());
      assertEquals(200, ack.status());
      assertEquals("success", ack.object().getString("message"));
      assertNotNull(ack.headers().getString("Request-Id"));
      for (RawClient recipient : List.of(bob, bobToo)) {
        JsonObject event = recipient.event("message");
        JsonObject header = event.getJsonObject("header");
        assertEquals("hello", event.getString("body"));
        assertEquals("alice", header.getString("from"));
        assertEquals(alice.connectionId(), header.getString("fromConnection"));
        assertEquals("bob", header.getString("to"));
        assertFalse(header.containsKey("toOriginal"));
      }
      JsonObject copy = aliceToo.event("message").getJsonObject("header");
      assertEquals("bob", copy.getString("toOriginal"));
      assertEquals(List.of(), alice.leftovers());
    }
  }

  @Test
  void presenceIsAnsweredPushedAndEndsWithUnavailable() {
    try (RawClient alice = connect("alice")) {
      RawClient bob = connect("bob");
      bob.request("post", "/v1/presence", presence("away"));
      RawClient.Ack ack =
          alice.request(
              "post",
              "/v1/presence-observers",
              Json.object().add("endpointList", Json.array().add("bob").add("carol")).build());
      JsonObject states = ack.array().getJsonObject(0).getJsonObject("connectionStates");
      assertEquals("away", states.getJsonObject(bob.connectionId()).getString("type"));
      assertTrue(ack.array().getJsonObject(1).getJsonObject("connectionStates").isEmpty());
      assertEquals("away", alice.event("presence").getString("type"));
      bob.request("post", "/v1/presence", presence("dnd"));
      JsonObject change = alice.event("presence");
      assertEquals("dnd", change.getString("type"));
      assertEquals("presence:bob", change.getJsonObject("header").getString("channel"));
      bob.close();
      JsonObject end = alice.event("presence");
      assertEquals("unavailable", end.getString("type"));
      assertEquals(bob.connectionId(), end.getJsonObject("header").getString("fromConnection"));
    }
  }

  private static JsonObject presence(String type) {
    return Json.object().add("presence", Json.object().add("type", type)).build();
  }

  @Test
  void aGroupHasMembersMessagesAndPartings() {
    try (RawClient alice = connect("alice");
        RawClient bob = connect("bob")) {
      JsonObject groups = Json.object().add("groups", Json.array().add("room 1")).build();
      assertEquals(200, bob.request("post", "/v1/groups/", groups).status());
      assertEquals(200, alice.request("post", "/v1/groups", groups).status());
      JsonObject joined = bob.event("join");
      assertEquals("alice", joined.getString("endpointId"));
      assertEquals("room 1", joined.getJsonObject("header").getString("channel"));
      assertEquals(
          2, alice.request("get", "/v1/channels/room%201/subscribers/", null).array().size());
      assertEquals(
          200,
          alice
              .request(
                  "post",
                  "/v1/channels/room%201/publish/",
                  Json.object().add("message", "hi all").build())
              .status());
      assertEquals("hi all", bob.event("pubsub").getString("message"));
      assertEquals(200, alice.request("delete", "/v1/groups/", groups).status());
      assertEquals("alice", bob.event("leave").getString("endpointId"));
      assertEquals(List.of(), alice.leftovers());
    }
  }

  @Test
  void aLostConnectionLeavesItsGroupsBeforeItsPresenceEnds() {
    try (RawClient alice = connect("alice")) {
      RawClient bob = connect("bob");
      JsonObject groups = Json.object().add("groups", Json.array().add("room")).build();
      alice.request("post", "/v1/groups", groups);
      alice.request(
          "post",
          "/v1/presenceobservers",
          Json.object().add("endpointList", Json.array().add("bob")).build());
      bob.request("post", "/v1/groups", groups);
      alice.event("join");
      alice.event("presence");
      alice.event("presence");
      assertEquals(1, service.hooks().dropConnections("bob"));
      assertEquals("bob", alice.event("leave").getString("endpointId"));
      assertEquals("unavailable", alice.event("presence").getString("type"));
      assertEquals(1006, bob.awaitClosed().code());
      assertEquals(1, service.snapshot().connections());
    }
  }

  @Test
  void aTokenIsGoodForOneSession() {
    JsonObject minted =
        Json.parseObject(
            RawClient.post(
                    service,
                    "/v1/tokens",
                    Json.object()
                        .add("appId", service.app().id())
                        .add("endpointId", "alice")
                        .build())
                .body());
    assertTrue(minted.getBoolean("forDevelopment"));
    JsonObject exchange = Json.object().add("tokenId", minted.getString("tokenId")).build();
    assertEquals(200, RawClient.post(service, "/v1/session-tokens", exchange).statusCode());
    var again = RawClient.post(service, "/v1/session-tokens", exchange);
    assertEquals(401, again.statusCode());
    assertTrue(Json.parseObject(again.body()).containsKey("error"));
    assertTrue(again.headers().firstValue("Request-Id").isPresent());
  }

  @Test
  void closingSaysGoodByeToEverySocketAndEndsTheThreads() throws InterruptedException {
    RawClient alice = connect("alice");
    service.close();
    alice.expect("0::");
    assertEquals(1001, alice.awaitClosed().code());
    service.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("vert.x-")) {
        thread.join(30_000); // what it has said it has done, before its last instruction
        assertFalse(thread.isAlive(), thread::getName);
      }
    }
  }
}
