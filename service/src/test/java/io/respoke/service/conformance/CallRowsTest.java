package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of protocol-calls §8 that a service has to keep. */
class CallRowsTest extends Calls {
  @Test
  @DisplayName("An offer and what precedes the answer go to all connections, or to the one named")
  void forks() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    taken(signal(alice, "bob", "iceCandidates", ",\"iceCandidates\":[]"));
    for (RawClient each : List.of(bob, bobToo)) {
      JsonObject offer = got(each, "offer");
      assertEquals("alice", header(offer).getString("from"));
      assertEquals(alice.connectionId(), header(offer).getString("fromConnection"));
      assertEquals("web", header(offer).getString("fromType"));
      got(each, "iceCandidates");
    }
    taken(signal(alice, "bob", bobToo, "iceCandidates", ",\"iceCandidates\":[]"));
    got(bobToo, "iceCandidates");
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("1: connected goes to every connection of the callee, whatever it is addressed to")
  void connectedReachesAll() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    call(alice, "alice", "bob", bob);
    got(bobToo, "offer");
    String winner = ",\"connectionId\":\"" + bob.connectionId() + "\"";
    taken(signal(alice, "bob", bob, "connected", winner));
    for (RawClient each : List.of(bob, bobToo)) {
      assertEquals(bob.connectionId(), gotBody(each, "connected").getString("connectionId"));
    }
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("2: the first answer wins; a later one is swallowed and its sender told who won")
  void firstAnswerWins() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    call(alice, "alice", "bob", bob);
    got(bobToo, "offer");
    taken(signal(bobToo, "alice", alice, "answer", described("answer")));
    JsonObject told = got(bobToo, "connected");
    assertEquals(bob.connectionId(), told.getJsonObject("body").getString("connectionId"));
    assertEquals(SESSION, told.getJsonObject("body").getString("sessionId"));
    assertEquals("alice", header(told).getString("from"));
    assertEquals(alice.connectionId(), header(told).getString("fromConnection"));
    taken(signal(bob, "alice", alice, "answer", described("answer")));
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("3: after an answer a loser's bye reaches neither the caller nor the winner")
  void lateByesAreSwallowed() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    call(alice, "alice", "bob", bob);
    got(bobToo, "offer");
    taken(signal(bobToo, "alice", alice, "bye", ""));
    taken(signal(bobToo, "alice", alice, "iceCandidates", ",\"iceCandidates\":[]"));
    silent(alice, bob, bobToo);
    taken(signal(bob, "alice", alice, "bye", ""));
    got(alice, "bye");
  }

  @Test
  @DisplayName("3, 4: before an answer a bye is forwarded, and copied to the sender's others")
  void earlyByesAreForwardedAndCopied() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    got(bob, "offer");
    got(bobToo, "offer");
    taken(signal(bob, "alice", alice, "bye", ",\"reason\":\"no\""));
    assertEquals("no", gotBody(alice, "bye").getString("reason"));
    JsonObject copy = header(got(bobToo, "bye"));
    assertEquals("bob", copy.getString("from"));
    assertEquals("alice", copy.getString("toOriginal"));
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("The caller's bye before an answer ends the ringing everywhere")
  void theCallerGivesUp() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    got(bob, "offer");
    got(bobToo, "offer");
    taken(signal(alice, "bob", "bye", ""));
    got(bob, "bye");
    got(bobToo, "bye");
    assertTrue(
        signal(bob, "alice", alice, "answer", described("answer")).error().contains("is over"));
    taken(signal(bob, "alice", alice, "bye", ""));
    taken(signal(bob, "alice", alice, "iceCandidates", ",\"iceCandidates\":[]"));
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("36: after an answer only the two connections of the call hear each other")
  void anAnsweredCallIsBetweenTwoConnections() {
    RawClient alice = connect("alice", RawClient.IOS);
    RawClient aliceToo = browser("alice");
    RawClient bob = connect("bob", RawClient.IOS);
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    got(bob, "offer");
    got(bobToo, "offer");
    taken(signal(bob, "alice", "answer", described("answer")));
    taken(signal(bob, "alice", "iceCandidates", ",\"iceCandidates\":[]"));
    taken(signal(alice, "bob", "iceCandidates", ",\"iceCandidates\":[]"));
    got(alice, "answer");
    got(alice, "iceCandidates");
    got(bob, "iceCandidates");
    silent(alice, aliceToo, bob, bobToo);
  }

  @Test
  @DisplayName("29: who takes no part in a session cannot speak in it")
  void strangersAreRefused() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    RawClient bob = browser("bob");
    RawClient mallory = browser("mallory");
    call(alice, "alice", "bob", bob);
    for (String type : List.of("offer", "answer")) {
      refused(403, signal(mallory, "bob", type, described(type)));
    }
    for (String type : List.of("bye", "connected", "modify")) {
      refused(403, signal(mallory, "alice", type, ""));
    }
    refused(403, signal(aliceToo, "bob", bob, "bye", ""));
    refused(403, signal(bob, "mallory", "bye", ""));
    silent(alice, aliceToo, bob, mallory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer", "answer", "iceCandidates", "modify"})
  @DisplayName("30: a recipient who is not there is an error that ends the call")
  void unknownRecipient(String type) {
    RawClient alice = browser("alice");
    refused(404, signal(alice, "nobody", type, described(type)));
    taken(signal(alice, "nobody", "bye", ""));
  }

  @Test
  @DisplayName("5: the answer goes first, then the signal")
  void acksFirst() {
    String session = session("alice");
    var socket =
        rawSocket(
            MODERN
                + "app-token="
                + session
                + "&Respoke-SDK="
                + URLEncoder.encode(RawClient.ANDROID, StandardCharsets.UTF_8));
    socket.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    assertTrue(socket.text().startsWith("6:::1+"));
    JsonObject argument =
        Json.object()
            .add("url", "/v1/signaling")
            .add("data", Json.object().add("to", "alice").add("signal", body("offer", "")))
            .build();
    socket.send("5:2+::{\"name\":\"post\",\"args\":[" + Json.write(argument) + "]}");
    assertTrue(socket.text().startsWith("6:::2+"));
    assertTrue(socket.text().startsWith("5:::{\"name\":\"signal\""));
  }

  @Test
  @DisplayName("9: signals of one sender reach each recipient in their order")
  void keepsTheOrder() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    for (int i = 0; i < 50; i++) {
      JsonObject data =
          Json.object()
              .add("to", "bob")
              .add("signal", body("iceCandidates", ",\"n\":" + i + ",\"iceCandidates\":[]"))
              .build();
      long unused = alice.sendRequest("post", "/v1/signaling", data);
    }
    for (RawClient each : List.of(bob, bobToo)) {
      got(each, "offer");
      for (int i = 0; i < 50; i++) {
        assertEquals(i, gotBody(each, "iceCandidates").getInt("n"));
      }
    }
  }

  @Test
  @DisplayName("27: ack signals are dropped")
  void dropsAcks() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    taken(signal(alice, "bob", "ack", ",\"ackedSignalType\":\"offer\""));
    call(alice, "alice", "bob", bob);
    taken(signal(bob, "alice", alice, "ack", ",\"ackedSignalType\":\"offer\""));
    silent(alice, bob);
  }

  @Test
  @DisplayName("Signals of a session that the service does not know are relayed")
  void relaysForgottenSessions() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", bob, "modify", ",\"action\":\"initiate\""));
    got(bob, "modify");
    taken(signal(bob, "alice", alice, "answer", described("answer")));
    got(alice, "answer");
    taken(signal(alice, "bob", bob, "connected", ""));
    got(bob, "connected");
    got(bobToo, "connected");
    taken(signal(alice, "bob", bob, "bye", ""));
    got(bob, "bye");
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("17: a change of a call is asked, offered and answered between the two connections")
  void renegotiates() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    call(alice, "alice", "bob", bob);
    taken(signal(bob, "alice", alice, "modify", ",\"action\":\"initiate\""));
    assertEquals("initiate", gotBody(alice, "modify").getString("action"));
    taken(signal(alice, "bob", bob, "modify", ",\"action\":\"accept\""));
    assertEquals("accept", gotBody(bob, "modify").getString("action"));
    taken(signal(bob, "alice", alice, "offer", described("offer")));
    got(alice, "offer");
    taken(signal(alice, "bob", bob, "answer", described("answer")));
    got(bob, "answer");
    taken(signal(bob, "alice", alice, "connected", ""));
    got(alice, "connected");
    taken(signal(alice, "bob", bob, "modify", ",\"action\":\"initiate\""));
    got(bob, "modify");
    silent(alice, bob);
  }

  @ParameterizedTest
  @ValueSource(strings = {RawClient.ANDROID, RawClient.IOS})
  @DisplayName("17: a peer that knows no modify is answered for")
  void answersModifyForMobileClients(String sdk) {
    RawClient alice = browser("alice");
    RawClient bob = connect("bob", sdk);
    call(alice, "alice", "bob", bob);
    for (int i = 0; i < 2; i++) {
      taken(signal(alice, "bob", bob, "modify", ",\"action\":\"initiate\""));
      JsonObject event = got(alice, "modify");
      assertEquals("reject", event.getJsonObject("body").getString("action"));
      assertEquals("bob", header(event).getString("from"));
      assertEquals(bob.connectionId(), header(event).getString("fromConnection"));
    }
    silent(alice, bob);
  }

  @Test
  @DisplayName("18: of two requests to change a call the second is rejected")
  void glare() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    call(alice, "alice", "bob", bob);
    taken(signal(alice, "bob", bob, "modify", ",\"action\":\"initiate\""));
    got(bob, "modify");
    taken(signal(bob, "alice", alice, "modify", ",\"action\":\"initiate\""));
    assertEquals("reject", gotBody(bob, "modify").getString("action"));
    silent(alice, bob);
    taken(signal(bob, "alice", alice, "modify", ",\"action\":\"reject\""));
    got(alice, "modify");
    taken(signal(bob, "alice", alice, "modify", ",\"action\":\"initiate\""));
    assertEquals("initiate", gotBody(alice, "modify").getString("action"));
  }

  @Test
  @DisplayName("6: a call that nobody answers ends on both sides, with a reason")
  void watchesRinging() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    got(bob, "offer");
    got(bobToo, "offer");
    service.hooks().stopHeartbeats();
    clock.advance(Duration.ofSeconds(89));
    silent(alice, bob, bobToo);
    clock.advance(Duration.ofSeconds(2));
    for (RawClient each : List.of(alice, bob, bobToo)) {
      assertEquals("no answer", gotBody(each, "bye").getString("reason"));
    }
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("6: the time a call may ring is an option, and an answer stops it")
  void ringingIsAnOption() {
    restart(options().answerTimeout(Duration.ofSeconds(5)));
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    call(alice, "alice", "bob", bob);
    RawClient carol = browser("carol");
    RawClient dave = browser("dave");
    taken(
        carol.request(
            "post",
            "/v1/signaling",
            Json.object()
                .add("to", "dave")
                .add("signal", body("offer", "").replace(SESSION, "OTHER"))
                .build()));
    got(dave, "offer");
    clock.advance(Duration.ofSeconds(7));
    got(carol, "bye");
    got(dave, "bye");
    silent(alice, bob, carol, dave);
  }

  @Test
  @DisplayName("7: when a connection is lost the other side gets a bye after a grace")
  void lostConnectionsEndCalls() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    call(alice, "alice", "bob", bob);
    got(bobToo, "offer");
    service.hooks().dropConnections("alice");
    clock.advance(Duration.ofSeconds(8));
    silent(bob, bobToo);
    clock.advance(Duration.ofSeconds(4));
    for (RawClient each : List.of(bob, bobToo)) {
      assertEquals("connection lost", gotBody(each, "bye").getString("reason"));
    }
    silent(bob, bobToo);
  }

  @Test
  @DisplayName("7: when a callee loses its last connection while it rings, the caller gets a bye")
  void aLostCalleeEndsTheRinging() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    taken(signal(alice, "bob", "offer", described("offer")));
    got(bob, "offer");
    service.hooks().dropConnections("bob");
    clock.advance(Duration.ofSeconds(12));
    assertEquals("connection lost", gotBody(alice, "bye").getString("reason"));
  }

  @Test
  @DisplayName("7: who speaks again over a new connection keeps the call")
  void aNewConnectionKeepsTheCall() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    call(alice, "alice", "bob", bob);
    service.hooks().dropConnections("bob");
    RawClient back = browser("bob");
    taken(signal(back, "alice", alice, "iceCandidates", ",\"iceCandidates\":[]"));
    got(alice, "iceCandidates");
    service.hooks().dropConnections("alice");
    RawClient aliceBack = browser("alice");
    taken(signal(aliceBack, "bob", "iceCandidates", ",\"iceCandidates\":[]"));
    got(back, "iceCandidates");
    clock.advance(Duration.ofSeconds(15));
    silent(aliceBack, back);
  }

  @ParameterizedTest
  @CsvSource({"asterisk, web", "android, web", "jvm, web", "did, did", "sip, sip", "'', web"})
  @DisplayName("12: the type of a sender is one that respoke.js knows")
  void fromTypeIsKnown(String given, String seen) {
    RawClient pbx = server("pbx", RawClient.NODE);
    RawClient alice = browser("alice");
    RawClient.Ack ack =
        pbx.request(
            "post",
            "/v1/signaling",
            Json.object()
                .add("to", "alice")
                .add("from", "+15551234")
                .add("fromType", given)
                .add("signal", body("offer", described("offer")))
                .build());
    assertEquals("Success", ack.object().getString("message"));
    JsonObject header = header(got(alice, "offer"));
    assertEquals(seen, header.getString("fromType"));
    assertEquals("+15551234", header.getString("from"));
    assertEquals(pbx.connectionId(), header.getString("fromConnection"));
    taken(signal(alice, "+15551234", pbx, "answer", described("answer")));
    got(pbx, "answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "service unavailable", "incomplete address"})
  @DisplayName("26: a status that ends a call is a bye to those who know no status")
  void failuresAreByes(String status) {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    taken(signal(pbx, "alice", "status", ",\"status\":\"ringing\""));
    taken(signal(pbx, "alice", "status", ",\"status\":\"" + status + "\""));
    assertEquals(status, gotBody(alice, "bye").getString("reason"));
    silent(alice);
    assertFalse(signal(pbx, "alice", "bye", "").object().containsKey("error"));
    silent(alice);
  }

  @Test
  @DisplayName("33: call reports are kept, the last hundred, for who has the App-Secret")
  void keepsReports() {
    RawClient alice = browser("alice");
    for (int i = 0; i <= 100; i++) {
      ok(alice, "post", "/v1/call-debugs", "{\"debugData\":{\"report\":{\"n\":" + i + "}}}");
    }
    JsonArray kept =
        Json.parseArray(http("GET", "/v1/call-debugs", null, "App-Secret", SECRET).body());
    assertEquals(100, kept.size());
    assertEquals(
        1, kept.getJsonObject(0).getJsonObject("debugData").getJsonObject("report").getInt("n"));
    refused(403, alice.request("get", "/v1/call-debugs", null));
  }

  @Test
  @DisplayName("Who still rings when the caller goes before it has told who won gets the bye, too")
  void aByeInsteadOfConnectedReachesAll() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    call(alice, "alice", "bob", bob);
    got(bobToo, "offer");
    taken(signal(alice, "bob", bob, "bye", ""));
    got(bob, "bye");
    got(bobToo, "bye");
    silent(alice, bob, bobToo);
  }

  @Test
  @DisplayName("The service says how many calls there are")
  void countsCalls() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    assertEquals(0, service.snapshot().calls());
    call(alice, "alice", "bob", bob);
    assertEquals(1, service.snapshot().calls());
    taken(signal(alice, "bob", bob, "bye", ""));
    assertEquals(0, service.snapshot().calls());
    assertEquals(0, service.snapshot().forgottenCalls());
  }
}
