package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls with chan_respoke (protocol-calls §8 #10, #24, #26; flows 19 and 20). */
class AsteriskCallsTest extends Calls {
  private static final String HOST = "1 1 udp 100 192.0.2.2 4000 typ host";

  private static final String PARSED =
      ",\"parsedSDP\":{\"version\":0,\"name\":\"Asterisk\",\"origin\":{\"username\":\"-\","
          + "\"sessionId\":\"7\",\"sessionVersion\":7,\"netType\":\"IN\",\"ipVer\":4,"
          + "\"address\":\"192.0.2.10\"},\"timing\":{\"start\":0,\"stop\":0},\"media\":[{"
          + "\"type\":\"audio\",\"port\":12034,\"protocol\":\"RTP/SAVPF\",\"payloads\":\"0\","
          + "\"rtp\":[{\"payload\":0,\"codec\":\"PCMU\",\"rate\":8000}],"
          + "\"connection\":{\"version\":4,\"ip\":\"192.0.2.10\"},\"iceUfrag\":\"u\","
          + "\"icePwd\":\"p\",\"fingerprint\":{\"type\":\"sha-256\",\"hash\":\"AA\"},"
          + "\"setup\":\"actpass\",\"candidates\":[{\"foundation\":1,\"component\":1,"
          + "\"transport\":\"UDP\",\"priority\":9,\"ip\":\"192.0.2.10\",\"port\":12034,"
          + "\"type\":\"host\"},{\"foundation\":1,\"component\":2,\"transport\":\"UDP\","
          + "\"priority\":8,\"ip\":\"192.0.2.10\",\"port\":12035,\"type\":\"host\"}]}]}";

  private static String candidates(String fresh, String all) {
    return ",\"iceCandidates\":["
        + fresh
        + "]"
        + (all == null ? "" : ",\"finalCandidates\":[" + all + "]");
  }

  private static List<String> ips(JsonObject body) {
    return body
        .getJsonObject("parsedSDP")
        .getJsonArray("media")
        .getJsonObject(0)
        .getJsonArray("candidates")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(candidate -> candidate.getString("ip"))
        .toList();
  }

  private static String sdp(JsonObject body) {
    return body.getJsonObject("sessionDescription").getString("sdp");
  }

  @Test
  @DisplayName("10, 24: an offer waits for the final candidates and holds them, parsed")
  void anOfferIsComplete() {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    taken(signal(alice, "pbx", "iceCandidates", candidates(candidate(HOST), null)));
    silent(pbx);
    String later = candidate("2 1 udp 90 192.0.2.3 4001 typ host");
    String tcp = candidate("3 1 tcp 90 192.0.2.4 9 typ host tcptype active");
    String hidden = candidate("4 1 udp 90 0a1b.local 4001 typ host");
    taken(
        signal(
            alice,
            "pbx",
            "iceCandidates",
            candidates(later, candidate(HOST) + "," + later + "," + tcp + "," + hidden)));
    JsonObject event = got(pbx, "offer");
    assertEquals("alice", header(event).getString("from"));
    assertEquals("pbx", header(event).getString("to"));
    JsonObject body = event.getJsonObject("body");
    assertFalse(body.containsKey("sessionDescription"));
    assertEquals(List.of("192.0.2.2", "192.0.2.3"), ips(body));
    taken(
        signal(
            alice,
            "pbx",
            "iceCandidates",
            candidates(candidate("5 1 udp 90 192.0.2.5 1 typ host"), null)));
    silent(alice, pbx);
  }

  @Test
  @DisplayName("10: three quiet seconds stand for the final candidates that some never send")
  void anOfferDoesNotWaitForEver() {
    RawClient alice = connect("alice", RawClient.IOS);
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    clock.advance(Duration.ofSeconds(2));
    taken(signal(alice, "pbx", "iceCandidates", candidates(candidate(HOST), null)));
    clock.advance(Duration.ofSeconds(2));
    silent(pbx);
    clock.advance(Duration.ofSeconds(2));
    assertEquals(List.of("192.0.2.2"), ips(gotBody(pbx, "offer")));
  }

  @Test
  @DisplayName("24: Asterisk's answer becomes text with the media of the offer")
  void anAnswerFitsTheOffer() {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    taken(signal(alice, "pbx", "iceCandidates", candidates("", candidate(HOST))));
    got(pbx, "offer");
    taken(signal(pbx, "alice", alice, "answer", PARSED + ",\"answer\":\"final\""));
    JsonObject body = gotBody(alice, "answer");
    assertFalse(body.containsKey("parsedSDP"));
    assertEquals("answer", body.getJsonObject("sessionDescription").getString("type"));
    String[] media = sdp(body).split("(?=m=)");
    assertEquals(3, media.length, sdp(body));
    assertTrue(media[1].startsWith("m=audio 12034 RTP/SAVPF 0\r\n"), media[1]);
    assertTrue(media[1].contains("a=mid:a0\r\n"), media[1]);
    assertTrue(media[1].contains("a=setup:active\r\n"), media[1]);
    assertTrue(media[1].contains("a=candidate:1 2 UDP 8 192.0.2.10 12035 typ host\r\n"), media[1]);
    assertTrue(media[2].startsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\n"), media[2]);
    assertTrue(media[2].contains("a=mid:v1\r\n"), media[2]);
    taken(signal(pbx, "alice", alice, "bye", ",\"reason\":\"hangup\""));
    assertEquals("hangup", gotBody(alice, "bye").getString("reason"));
    silent(alice);
  }

  @Test
  @DisplayName("24, 26: Asterisk's offer becomes text; the service says who won")
  void asteriskCalls() {
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    RawClient bob = browser("bob");
    RawClient bobToo = browser("bob");
    String caller = ",\"callerId\":{\"name\":\"Kirk\",\"number\":\"+1\"}";
    taken(signal(pbx, "bob", "offer", PARSED + caller));
    for (RawClient each : List.of(bob, bobToo)) {
      JsonObject body = gotBody(each, "offer");
      assertEquals("offer", body.getJsonObject("sessionDescription").getString("type"));
      assertTrue(sdp(body).contains("m=audio 12034 RTP/SAVPF 0\r\n"), sdp(body));
      assertTrue(sdp(body).contains("a=setup:actpass\r\n"), sdp(body));
      assertEquals("Kirk", body.getJsonObject("callerId").getString("name"));
    }
    taken(signal(bobToo, "pbx", pbx, "answer", described("answer")));
    for (RawClient each : List.of(bob, bobToo)) {
      assertEquals(bobToo.connectionId(), gotBody(each, "connected").getString("connectionId"));
    }
    silent(pbx);
    taken(signal(bobToo, "pbx", pbx, "iceCandidates", candidates("", candidate(HOST))));
    assertEquals(List.of("192.0.2.2"), ips(gotBody(pbx, "answer")));
    taken(signal(bob, "pbx", pbx, "bye", ""));
    silent(pbx, bob, bobToo);
  }

  @Test
  @DisplayName("10: a call that ends before its offer was complete never reaches Asterisk")
  void anOfferThatIsTakenBackIsNotSent() {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    taken(signal(alice, "pbx", "bye", ""));
    clock.advance(Duration.ofSeconds(5));
    silent(pbx);
  }

  @Test
  @DisplayName("17: nobody renegotiates with Asterisk")
  void modifyIsRejected() {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    taken(signal(alice, "pbx", "offer", described("offer")));
    taken(signal(alice, "pbx", "iceCandidates", candidates("", candidate(HOST))));
    got(pbx, "offer");
    taken(signal(pbx, "alice", alice, "answer", PARSED));
    got(alice, "answer");
    taken(signal(alice, "pbx", pbx, "modify", ",\"action\":\"initiate\""));
    assertEquals("reject", gotBody(alice, "modify").getString("action"));
    silent(pbx);
  }

  @Test
  @DisplayName("24: a parsed description that is none is refused")
  void malformedDescriptionsAreRefused() {
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    RawClient bob = browser("bob");
    RawClient.Ack ack = signal(pbx, "bob", "offer", ",\"parsedSDP\":{\"media\":[{}]}");
    assertTrue(ack.error().contains("without type"), ack::toString);
    silent(bob);
  }

  @Test
  @DisplayName("24: two Asterisks exchange their own form")
  void asterisksUnderstandEachOther() {
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    RawClient other = server("other", RawClient.ASTERISK);
    taken(signal(pbx, "other", "offer", PARSED));
    assertEquals(List.of("192.0.2.10", "192.0.2.10"), ips(gotBody(other, "offer")));
    taken(signal(other, "pbx", pbx, "answer", PARSED));
    assertTrue(gotBody(pbx, "answer").containsKey("parsedSDP"));
  }
}
