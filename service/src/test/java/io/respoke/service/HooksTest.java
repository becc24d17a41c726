package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the test hooks and the controllable clock do to clients. */
class HooksTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;

  @BeforeEach
  void start() {
    service = RespokeService.start(ServiceOptions.builder().clock(clock).build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private RawClient connect(String endpointId) {
    return RawClient.connect(service, endpointId, RawClient.OTHER);
  }

  private HttpResponse<String> mint() {
    return RawClient.post(
        service,
        "/v1/tokens",
        Json.object().add("appId", service.app().id()).add("endpointId", "alice").build());
  }

  @Test
  void closeConnectionsSendsTheCodeAndTheDisconnectFrame() {
    try (RawClient alice = connect("alice")) {
      assertEquals(1, service.hooks().closeConnections("alice", 1012, true));
      alice.expect("0::");
      assertEquals(1012, alice.awaitClosed().code());
    }
  }

  @Test
  void dropAllCutsUnregisteredSocketsToo() {
    String session = RawClient.session(service, service.app(), "alice", null);
    try (RawClient alice = RawClient.open(service, "app-token", session, RawClient.OTHER)) {
      assertEquals(1, service.hooks().dropAll());
      assertEquals(1006, alice.awaitClosed().code());
      assertEquals(0, service.snapshot().sockets());
    }
  }

  @Test
  void aStalledConnectionGetsItsFramesInOrderWhenItResumes() {
    try (RawClient alice = connect("alice");
        RawClient bob = connect("bob")) {
      assertEquals(1, service.hooks().stall("bob"));
      for (int i = 0; i < 3; i++) {
        assertEquals(200, alice.request("post", "/v1/messages", message(i)).status());
      }
      long unanswered = bob.sendRequest("get", "/v1/turn", null);
      assertEquals(1, service.hooks().resume("bob"));
      for (int i = 0; i < 3; i++) {
        assertEquals("m" + i, bob.event("message").getString("body"));
      }
      assertEquals(200, bob.ack(unanswered).status());
    }
  }

  private static JsonObject message(int number) {
    return Json.object().add("to", "bob").add("message", "m" + number).build();
  }

  @Test
  void handshakesAreRefusedForAsLongAsOrdered() {
    String session = RawClient.session(service, service.app(), "alice", null);
    service.hooks().refuseHandshakes(503, 1);
    AssertionError refused =
        assertThrows(
            AssertionError.class,
            () -> RawClient.open(service, "app-token", session, RawClient.BROWSER));
    assertTrue(refused.getMessage().contains("503"), refused.getMessage());
    RawClient.open(service, "app-token", session, RawClient.BROWSER).close();
  }

  @Test
  void routesAreRefusedOverHttpAndOverASocket() {
    JsonObject body = Json.object().add("error", "no").build();
    service.hooks().refuseRoute("post", "/v1/tokens", 500, body, 1);
    HttpResponse<String> refused = mint();
    assertEquals(500, refused.statusCode());
    assertEquals("{\"error\":\"no\"}", refused.body());
    assertEquals(200, mint().statusCode());
    try (RawClient alice = connect("alice")) {
      service.hooks().refuseRoute("*", "/v1/turn", 418, null, 1);
      RawClient.Ack ack = alice.request("get", "/v1/turn", null);
      assertEquals(418, ack.status());
      assertFalse(ack.error().isEmpty());
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
    }
  }

  @Test
  void anAnswerCanBeOtherThanJson() {
    service.hooks().answerNonJson("post", "/v1/tokens", 502, "<html>Bad gateway</html>", 1);
    HttpResponse<String> answer = mint();
    assertEquals(502, answer.statusCode());
    assertEquals("<html>Bad gateway</html>", answer.body());
  }

  @Test
  void rateLimitNextAnswers429WithTheHeaders() {
    try (RawClient alice = connect("alice")) {
      service.hooks().rateLimitNext(2);
      for (int i = 0; i < 2; i++) {
        RawClient.Ack ack = alice.request("get", "/v1/turn", null);
        assertEquals(429, ack.status());
        assertEquals("API rate limit was exceeded.", ack.error());
        assertEquals(10, ack.headers().getInt("RateLimit-Limit"));
        assertEquals(0, ack.headers().getInt("RateLimit-Remaining"));
        assertFalse(ack.object().containsKey("rateLimit"));
      }
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
    }
  }

  @Test
  void theRateLimitRefillsWithTheClock() {
    try (RawClient alice = connect("alice")) {
      for (int i = 0; i < 19; i++) {
        assertEquals(200, alice.request("get", "/v1/turn", null).status());
      }
      assertEquals(429, alice.request("get", "/v1/turn", null).status());
      clock.advance(Duration.ofMillis(100));
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      assertEquals(429, alice.request("get", "/v1/turn", null).status());
    }
  }

  @Test
  void expiredTokensCannotBeExchanged() {
    String tokenId = Json.parseObject(mint().body()).getString("tokenId");
    assertEquals(1, service.hooks().expireTokens());
    JsonObject exchange = Json.object().add("tokenId", tokenId).build();
    assertEquals(401, RawClient.post(service, "/v1/session-tokens", exchange).statusCode());
  }

  @Test
  void aTokenMustBeExchangedInItsActivationWindow() {
    String early = Json.parseObject(mint().body()).getString("tokenId");
    String late = Json.parseObject(mint().body()).getString("tokenId");
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    JsonObject exchange = Json.object().add("tokenId", early).build();
    assertEquals(200, RawClient.post(service, "/v1/session-tokens", exchange).statusCode());
    clock.advance(Duration.ofMillis(1));
    exchange = Json.object().add("tokenId", late).build();
    assertEquals(401, RawClient.post(service, "/v1/session-tokens", exchange).statusCode());
  }

  @Test
  void anExpiredSessionClosesItsSockets() {
    try (RawClient alice = connect("alice")) {
      assertEquals(1, service.hooks().expireSessions());
      alice.expect("0::");
      alice.awaitClosed();
      assertEquals(0, service.snapshot().connections());
    }
  }

  @Test
  void aSessionEndsWithTheTtlOfItsToken() {
    service.hooks().stopHeartbeats();
    try (RawClient alice = connect("alice")) {
      clock.advance(Duration.ofSeconds(21_600 - 1));
      assertTrue(alice.isOpen());
      clock.advance(Duration.ofSeconds(1));
      alice.expect("0::");
      alice.awaitClosed();
    }
  }

  @Test
  void heartbeatsComeEvery25SecondsAndSilenceEndsTheSocket() {
    try (RawClient alice = connect("alice")) {
      clock.advance(Duration.ofSeconds(25));
      alice.expect("2::");
      alice.send("2::");
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      clock.advance(Duration.ofSeconds(25));
      alice.expect("2::");
      clock.advance(Duration.ofSeconds(60));
      alice.expect("0::");
      alice.awaitClosed();
    }
  }

  @Test
  void heartbeatsCanBeLateOrStop() {
    try (RawClient alice = connect("alice")) {
      service.hooks().delayHeartbeats(Duration.ofSeconds(30));
      clock.advance(Duration.ofSeconds(54));
      assertEquals(List.of(), alice.leftovers());
      clock.advance(Duration.ofSeconds(1));
      alice.expect("2::");
      alice.send("2::");
      service.hooks().stopHeartbeats();
      clock.advance(Duration.ofMinutes(10));
      assertEquals(List.of(), alice.leftovers());
    }
  }

  @Test
  void anyTextCanBeSent() {
    try (RawClient alice = connect("alice")) {
      assertEquals(1, service.hooks().sendRaw("alice", "garbage"));
      alice.expect("garbage");
    }
  }

  @Test
  void newConnectionsAreRefusedWhileOldOnesStay() {
    try (RawClient alice = connect("alice")) {
      service.hooks().refuseConnections(true);
      assertThrows(
          java.io.IOException.class,
          () -> {
            try (var socket = new java.net.Socket("127.0.0.1", service.port())) {
              socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());
              if (socket.getInputStream().read() < 0) {
                throw new java.io.EOFException();
              }
            }
          });
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      service.hooks().refuseConnections(false);
      assertEquals(200, mint().statusCode());
    }
  }

  @Test
  void aClientThatDoesNotReadIsGivenUp() {
    service.close();
    service =
        RespokeService.start(ServiceOptions.builder().noRateLimit().outboundLimit(20_000).build());
    try (RawClient alice = connect("alice");
        RawClient bob = connect("bob")) {
      service.hooks().stall("bob");
      JsonObject large = Json.object().add("to", "bob").add("message", "x".repeat(9_000)).build();
      for (int i = 0; i < 3; i++) {
        assertEquals(200, alice.request("post", "/v1/messages", large).status());
      }
      assertEquals(1006, bob.awaitClosed().code());
      assertEquals(1, service.snapshot().slowConsumers());
      assertEquals(1, service.snapshot().connections());
    }
  }

  @Test
  void aMemberThatDoesNotReadKeepsNothingFromTheOthers() {
    service.close();
    service =
        RespokeService.start(ServiceOptions.builder().noRateLimit().outboundLimit(20_000).build());
    try (RawClient alice = connect("alice");
        RawClient bob = connect("bob");
        RawClient carol = connect("carol")) {
      for (RawClient member : List.of(bob, carol)) {
        for (String group : List.of("den", "room", "yard")) {
          assertEquals(200, member.request("post", "/v1/groups/" + group, null).status());
        }
      }
      service.hooks().stall("bob");
      String large = "x".repeat(9_000);
      for (int i = 0; i < 3; i++) {
        JsonObject body = Json.object().add("message", i + large).build();
        assertEquals(200, alice.request("post", "/v1/groups/room/publish", body).status());
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(i + large, carol.event("pubsub").getString("message"));
      }
      assertEquals(1006, bob.awaitClosed().code());
      for (String group : List.of("den", "room", "yard")) {
        assertEquals(
            1, alice.request("get", "/v1/groups/" + group + "/subscribers", null).array().size());
      }
      assertEquals(2, service.snapshot().connections());
    }
  }

  @Test
  void aPortInUseIsNamed() {
    ServiceStartException failure =
        assertThrows(
            ServiceStartException.class,
            () -> RespokeService.start(ServiceOptions.builder().port(service.port()).build()));
    assertTrue(failure.getMessage().contains("in use"), failure.getMessage());
    assertTrue(failure.getMessage().contains(":" + service.port()), failure.getMessage());
  }
}
