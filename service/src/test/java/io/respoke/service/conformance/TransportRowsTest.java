package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Handshake;
import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server column of protocol-wire §9.1: transport and handshake. */
class TransportRowsTest extends Conformance {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private HttpResponse<String> handshake(String query, String... headers) {
    return RawClient.get(service.baseUrl(), "/socket.io/1/?" + query, headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  @DisplayName("R-1 accepts any verb for the handshake and ignores its body")
  void takesAnyVerb(String verb) {
    String query = MODERN + "app-token=" + session("alice");
    String body = verb.equals("GET") ? "" : "anything";
    RawSocket.Answer answer = raw().http(verb, "/socket.io/1/?" + query, Map.of(), body);
    assertEquals(200, answer.status());
    assertTrue(Handshake.parse(answer.body()).offersWebSocket());
  }

  @Test
  @DisplayName("R-2 binds credential and SDK version to the sid and ignores the WebSocket's query")
  void bindsToTheSid() {
    String sid = sid(MODERN + "app-token=" + session("alice") + "&Respoke-SDK=Respoke-iOS/1.4.0");
    RawSocket socket = raw();
    String query = "?app-token=" + session("mallory") + "&__sails_io_sdk_version=0.9.0";
    assertEquals(101, socket.upgrade("/socket.io/1/websocket/" + sid + query, Map.of()).status());
    assertEquals("1::", socket.text());
    socket.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    JsonObject ack = Json.parseArray(socket.text().substring("6:::1+".length())).getJsonObject(0);
    assertEquals("alice", ack.getJsonObject("body").getString("endpointId"));
  }

  @Test
  @DisplayName("R-3 advertises websocket, but never as the whole list")
  void advertisesMoreThanWebSocket() {
    Handshake handshake = Handshake.parse(handshake("app-secret=" + SECRET).body());
    assertEquals(List.of("websocket", "x"), handshake.transports());
  }

  @Test
  @DisplayName("R-4 announces 60:60, two digits each")
  void announcesSixtySeconds() {
    String body = handshake("app-secret=" + SECRET).body();
    assertTrue(body.matches("[A-Za-z0-9_-]{20}:60:60:websocket,x"), body);
    assertFalse(body.contains("error"));
  }

  @Test
  @DisplayName("R-5 refuses respoke.js on the opened transport with 7:::2, and forgets the sid")
  void refusesBrowsersOnTheTransport() {
    String sid = sid(MODERN + "app-token=NONE&Respoke-SDK=Respoke.js/2.2.0");
    RawSocket socket = raw();
    assertEquals(101, socket.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    assertEquals("7:::2", socket.text());
    assertEquals(1000, socket.awaitClose());
    HttpResponse<String> next =
        RawClient.get(service.baseUrl(), "/socket.io/1/xhr-polling/" + sid + "?t=1");
    assertEquals(200, next.statusCode());
    assertEquals("7:::1+0", next.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app-token=NONE&Respoke-SDK=Respoke-Android/1.5.0",
        "app-token=NONE&Respoke-SDK=Respoke-iOS/1.4.0",
        "app-secret=NONE&Respoke-SDK=Respoke-Asterisk/1.2.1",
        "app-secret=NONE&Respoke-SDK=Respoke-Node.js/2.0.1",
        "admin-token=NONE&Respoke-SDK=Respoke-Node.js/2.0.1",
        "app-secret=NONE&Respoke-SDK=Respoke.js/2.2.0",
        "app-token=NONE",
        ""
      })
  @DisplayName(
      "R-5 refuses Android, iOS, app servers and unknown clients with 403 at the handshake")
  void refusesOthersAtTheHandshake(String query) {
    HttpResponse<String> answer = handshake(MODERN + query);
    assertEquals(403, answer.statusCode());
    assertEquals("handshake unauthorized", answer.body());
  }

  @Test
  @DisplayName("R-5 never closes an accepted Android socket before its 1::")
  void opensBeforeItRefusesAndroid() {
    RawClient android = unregistered("alice", RawClient.ANDROID);
    service.hooks().expireSessions();
    android.expect("0::");
    assertEquals(1000, android.awaitClosed().code());
  }

  @Test
  @DisplayName("R-6 sends 0:: before it closes, but not to chan_respoke and respoke-admin")
  void saysGoodBye() {
    RawClient alice = browser("alice");
    RawClient phone = connect("alice", RawClient.ANDROID);
    RawSocket asterisk = rawSocket("app-secret=" + SECRET + "&Respoke-SDK=Respoke-Asterisk/1.2.1");
    RawSocket admin = rawSocket("app-secret=" + SECRET + "&Respoke-SDK=Respoke-Node.js/2.0.1");
    service.close();
    alice.expect("0::");
    phone.expect("0::");
    assertEquals(1001, admin.awaitClose());
    assertEquals(1001, alice.awaitClosed().code());
    assertEquals(1001, phone.awaitClosed().code());
    assertEquals(1001, asterisk.awaitClose());
  }

  @Test
  @DisplayName("R-7 keeps the socket open after DELETE /connections, without events, then drops it")
  void keepsTheSocketAfterDeleteConnection() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    ok(alice, "delete", "/v1/connections/alice/", null);
    assertStaysWithoutEvents(alice, bob);
  }

  @Test
  @DisplayName(
      "R-7 keeps the socket open after DELETE /session-tokens, without events, then drops it")
  void keepsTheSocketAfterLogout() {
    String token = session("alice");
    RawClient alice = closing(RawClient.open(service, "app-token", token, RawClient.BROWSER));
    alice.register(null);
    RawClient bob = browser("bob");
    assertEquals(200, http("DELETE", "/v1/session-tokens", null, "App-Token", token).statusCode());
    assertStaysWithoutEvents(alice, bob);
  }

  private void assertStaysWithoutEvents(RawClient alice, RawClient bob) {
    ok(bob, "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"gone?\"}");
    clock.advance(GRACE.minusMillis(1));
    assertEquals(List.of(), alice.leftovers());
    assertTrue(alice.isOpen());
    clock.advance(Duration.ofMillis(1));
    alice.expect("0::");
    assertEquals(1000, alice.awaitClosed().code());
  }

  @Test
  @DisplayName("R-7 lets a socket that registers again live on")
  void registeringAgainKeepsTheSocket() {
    RawClient alice = browser("alice");
    ok(alice, "delete", "/v1/connections/alice/", null);
    alice.register(null);
    clock.advance(GRACE.multipliedBy(2));
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("R-8 sends no events to sockets that never registered")
  void unregisteredSocketsHearNothing() {
    RawClient zombie = unregistered("alice", RawClient.ANDROID);
    RawClient alice = connect("alice", RawClient.ANDROID);
    RawClient bob = browser("bob");
    ok(bob, "post", "/v1/messages", "{\"to\":\"alice\",\"message\":\"hello\"}");
    alice.event("message");
    assertEquals(List.of(), zombie.leftovers());
    assertEquals(2, service.snapshot().connections());
  }

  @Test
  @DisplayName("R-8 answers the handshake of an expired session with 403, whatever the client")
  void expiredSessionsCannotComeBack() {
    String token = session("alice");
    String query = MODERN + "app-token=" + token + "&Respoke-SDK=Respoke-Android/1.5.0";
    assertEquals(200, handshake(query).statusCode());
    service.hooks().expireSessions();
    assertEquals(403, handshake(query).statusCode());
  }

  @Test
  @DisplayName("R-9 takes heartbeats in either form, also before its own 1::, and answers none")
  void answersNoHeartbeat() {
    String sid = sid(MODERN + "app-token=" + session("alice"));
    RawSocket socket = raw();
    assertEquals(101, socket.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    socket.sendTogether(List.of("2:::", "2::"));
    assertEquals("1::", socket.text());
    socket.sendTogether(List.of("2::", "2:::", "2::"));
    socket.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    assertTrue(socket.text().startsWith("6:::1+"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "7, 7", "999999999999, 999999999999", "007, 7"})
  @DisplayName("R-10 echoes the ack id, zero included, without leading zeros")
  void echoesAckIds(String sent, String echoed) {
    RawSocket socket = rawSocket(MODERN + "app-token=" + session("alice"));
    socket.send("5:" + sent + "+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    String ack = socket.text();
    assertTrue(ack.startsWith("6:::" + echoed + "+["), ack);
  }

  @Test
  @DisplayName("R-11 escapes all non-ASCII in what it sends")
  void sendsAsciiOnly() {
    String text = "\u2028 \u2029 \u0085 é ✓ 😀 \ud800";
    RawSocket alice = rawSocket("app-secret=" + SECRET);
    alice.send(
        "5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\","
            + "\"data\":{\"endpointId\":\"zoë\u2028\"}}]}");
    assertAscii(alice.text());
    RawClient bob = browser("bob");
    ok(
        bob,
        "post",
        "/v1/messages",
        Json.write(Json.object().add("to", "zoë\u2028").add("message", text).build()));
    String event = alice.text();
    assertAscii(event);
    JsonObject payload = Json.parseObject(event.substring(4)).getJsonArray("args").getJsonObject(0);
    assertEquals(text, payload.getString("body"));
  }

  private static void assertAscii(String frame) {
    assertTrue(frame.chars().allMatch(c -> c >= ' ' && c < 0x7f), frame);
  }

  @Test
  @DisplayName("R-12 accepts unmasked frames and pings nobody, only 2:: each 25 s")
  void servesAsterisk() {
    RawSocket asterisk =
        rawSocket("app-secret=" + SECRET + "&Respoke-SDK=Respoke-Asterisk/1.2.1").unmasked();
    asterisk.send(
        "5:1+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/endpoints/pbx/connections\\\"}\"]}");
    assertTrue(asterisk.text().startsWith("6:::1+[\"{"));
    for (int minute = 0; minute < 4; minute++) {
      clock.advance(Duration.ofSeconds(25));
      assertEquals("2::", asterisk.text());
      asterisk.send("2::");
      awaitHeard(asterisk, minute + 2);
    }
  }

  /** A round trip: what was sent before it has been read. */
  private static void awaitHeard(RawSocket socket, int id) {
    socket.send(
        "5:" + id + "+::{\"name\":\"get\",\"args\":[\"{\\\"url\\\":\\\"/v1/nothing\\\"}\"]}");
    assertTrue(socket.text().startsWith("6:::" + id + "+"));
  }

  @Test
  @DisplayName("R-12 echoes the subprotocol socket.io only when it was offered, and no extension")
  void echoesTheSubprotocolWhenOffered() {
    Map<String, String> offer =
        Map.of(
            "Sec-WebSocket-Protocol", "socket.io",
            "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    RawSocket.Answer offered =
        raw().upgrade("/socket.io/1/websocket/" + sid("app-secret=" + SECRET), offer);
    assertEquals(101, offered.status());
    assertEquals("socket.io", offered.header("Sec-WebSocket-Protocol"));
    assertNull(offered.header("Sec-WebSocket-Extensions"));
    RawSocket.Answer bare =
        raw().upgrade("/socket.io/1/websocket/" + sid("app-secret=" + SECRET), Map.of());
    assertEquals(101, bare.status());
    assertNull(bare.header("Sec-WebSocket-Protocol"));
  }

  @Test
  @DisplayName("R-12 answers the handshake in one piece: Content-Length, no compression")
  void answersTheHandshakeInOnePiece() {
    RawSocket.Answer answer =
        raw()
            .http(
                "GET",
                "/socket.io/1/?app-secret=" + SECRET,
                Map.of("Accept-Encoding", "gzip, deflate"),
                "");
    assertEquals(answer.body().length(), Integer.parseInt(answer.header("Content-Length")));
    assertNull(answer.header("Content-Encoding"));
    assertTrue(answer.header("Content-Type").startsWith("text/plain"));
  }

  @Test
  @DisplayName("R-14 makes tokens, App-Tokens and connection ids that need no encoding")
  void idsAreUpperCaseUuids() {
    JsonObject minted =
        object(post("/v1/tokens", "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"alice\"}"));
    assertTrue(UPPER_UUID.matcher(minted.getString("tokenId")).matches());
    assertTrue(UPPER_UUID.matcher(session("alice")).matches());
    assertTrue(UPPER_UUID.matcher(browser("alice").connectionId()).matches());
  }

  @Test
  @DisplayName("R-15 answers the handshake at once: its clock need not move")
  void waitsForNothing() {
    long before = clock.now();
    assertEquals(200, handshake("app-secret=" + SECRET).statusCode());
    assertEquals(before, clock.now());
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "__sails_io_sdk_version=0.9.0&, true",
    "__sails_io_sdk_version=0.10.1&, true",
    "__sails_io_sdk_version=0.10.0&, false"
  })
  @DisplayName("R-16 answers with bare text unless the version is exactly 0.10.0")
  void answersInTheFormOfTheVersion(String version, boolean bare) {
    RawSocket socket = rawSocket(version + "app-token=" + session("alice"));
    socket.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    var args = Json.parseArray(socket.text().substring("6:::1+".length()));
    assertEquals(1, args.size());
    assertEquals(bare, args.get(0) instanceof JsonString);
    JsonObject body =
        bare ? Json.parseObject(args.getString(0)) : args.getJsonObject(0).getJsonObject("body");
    assertEquals("alice", body.getString("endpointId"));
  }
}
