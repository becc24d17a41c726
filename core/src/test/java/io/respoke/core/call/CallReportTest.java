package io.respoke.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Candidate;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import io.respoke.protocol.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallReportTest {
  private static final CallReport.Party OWN = new CallReport.Party("alice", "a-1");
  private static final CallReport.Party OTHER = new CallReport.Party("bob", null);

  private static CallReport report(boolean caller) {
    return new CallReport(
        new CallIdentity(
            "session",
            Signal.CALL,
            caller,
            OutgoingSignal.WEB,
            "bob",
            OutgoingSignal.WEB,
            "bob",
            null,
            null,
            null,
            () -> "id"),
        1000,
        "an OS");
  }

  private static Signal offer(String sdp) {
    return new Signal.Offer("session", Signal.CALL, null, sdp);
  }

  private static Signal answer(String sdp) {
    return new Signal.Answer("session", Signal.CALL, null, sdp, null);
  }

  private static Signal candidates(String... lines) {
    return new Signal.IceCandidates(
        "session",
        Signal.CALL,
        null,
        List.of(lines).stream().map(line -> new Candidate(line, "0", 0)).toList(),
        null,
        null);
  }

  private static JsonObject json(CallReport report) {
    JsonObject body = report.toJson(OWN, OTHER, 3000, "LOCAL_HANGUP");
    assertTrue(body.toString().getBytes(StandardCharsets.UTF_8).length <= Wire.BODY_LIMIT);
    return body.getJsonObject("debugData").getJsonObject("report");
  }

  @Test
  void saysWhatWasSaid() {
    CallReport report = report(true);
    report.sent(offer("o"));
    report.sent(candidates("one", "two"));
    report.received(answer("a"));
    report.received(candidates("three"));
    report.sent(new Signal.Bye("session", Signal.CALL, null, null, null));
    JsonObject json = json(report);
    assertEquals("session", json.getString("sessionId"));
    assertEquals(1000, json.getInt("callStarted"));
    assertEquals(3000, json.getInt("callStopped"));
    assertEquals("LOCAL_HANGUP", json.getString("callStoppedReason"));
    assertEquals("alice", json.getString("callerendpoint"));
    assertEquals("a-1", json.getString("callerconnection"));
    assertEquals("bob", json.getString("calleeendpoint"));
    assertFalse(json.containsKey("calleeconnection"));
    assertEquals("[{\"type\":\"offer\",\"sdp\":\"o\"}]", json.getJsonArray("sdpsSent").toString());
    assertEquals(
        "[{\"type\":\"answer\",\"sdp\":\"a\"}]", json.getJsonArray("sdpsReceived").toString());
    assertEquals("a", json.getString("lastSDPString"));
    assertEquals(2, json.getJsonArray("candidatesSent").size());
    assertEquals(
        "three", json.getJsonArray("candidatesReceived").getJsonObject(0).getString("candidate"));
    assertEquals("an OS", json.getString("os"));
    assertFalse(json.containsKey("truncated"));
  }

  @Test
  void theCalleeIsTheOtherWayRound() {
    JsonObject json = json(report(false));
    assertEquals("bob", json.getString("callerendpoint"));
    assertEquals("alice", json.getString("calleeendpoint"));
    assertEquals("a-1", json.getString("calleeconnection"));
    assertFalse(json.containsKey("lastSDPString"));
  }

  @Test
  void longOnesAreShortenedAndSaySo() {
    CallReport report = report(true);
    for (int i = 0; i < 20; i++) {
      report.sent(offer(i + "x".repeat(4000)));
      report.received(answer(i + "y".repeat(4000)));
      report.sent(candidates("c".repeat(100)));
    }
    JsonObject json = json(report);
    assertTrue(json.getBoolean("truncated"));
    assertNewest("19x", json.getJsonArray("sdpsSent"));
    assertNewest("19y", json.getJsonArray("sdpsReceived"));
  }

  private static void assertNewest(String start, JsonArray sdps) {
    String newest = sdps.getJsonObject(sdps.size() - 1).getString("sdp");
    assertEquals(start, newest.substring(0, start.length()));
    assertTrue(sdps.size() < 8);
  }

  @Test
  void evenOneDescriptionMayBeTooLong() {
    CallReport report = report(true);
    report.sent(offer("ü".repeat(15_000)));
    report.received(candidates("three"));
    JsonObject json = json(report);
    assertTrue(json.getBoolean("truncated"));
    assertEquals(0, json.getJsonArray("sdpsSent").size());
  }

  @Test
  void manyCandidatesAreNotAllKept() {
    CallReport report = report(true);
    for (int i = 0; i < 150; i++) {
      report.received(candidates("candidate " + i));
    }
    JsonObject json = json(report);
    assertEquals(100, json.getJsonArray("candidatesReceived").size());
    assertEquals(
        "candidate 50",
        json.getJsonArray("candidatesReceived").getJsonObject(0).getString("candidate"));
    assertTrue(json.getBoolean("truncated"));
  }
}
