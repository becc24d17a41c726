package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskSdpTest {
  private static final Candidate HOST =
      new Candidate("candidate:1 1 udp 100 192.0.2.2 4000 typ host generation 0", "0", 0);

  private static List<JsonObject> media(JsonObject parsed) {
    return parsed.getJsonArray("media").getValuesAs(JsonObject.class);
  }

  private static List<String> ips(JsonObject medium) {
    return medium.getJsonArray("candidates").getValuesAs(JsonObject.class).stream()
        .map(candidate -> candidate.getString("ip"))
        .toList();
  }

  @Test
  void foldsCandidatesIntoTheirMedia() {
    List<JsonObject> media =
        media(
            AsteriskSdp.forAsterisk(
                SdpSamples.text("audio-video-offer-trickle"),
                List.of(
                    HOST,
                    new Candidate("candidate:2 1 udp 90 192.0.2.3 4001 typ host", "1", 0),
                    new Candidate("candidate:3 1 udp 80 192.0.2.4 4002 typ host", null, 1),
                    new Candidate("candidate:4 1 udp 80 192.0.2.5 4002 typ host", "gone", 0))));
    assertEquals(2, media.size());
    assertEquals(List.of("192.0.2.2"), ips(media.get(0)));
    assertEquals(List.of("192.0.2.3", "192.0.2.4"), ips(media.get(1)));
  }

  @Test
  void addsNoCandidateThatIsWrittenAlready() {
    String text = SdpSamples.text("audio-offer-full");
    List<Candidate> again =
        text.lines()
            .filter(line -> line.startsWith("a=candidate:"))
            .map(line -> new Candidate(line.substring(2), "0", 0))
            .toList();
    assertEquals(2, again.size());
    assertEquals(AsteriskSdp.forAsterisk(text, List.of()), AsteriskSdp.forAsterisk(text, again));
  }

  @ParameterizedTest
  @CsvSource({
    "candidate:1 1 tcp 100 192.0.2.9 9 typ host tcptype active",
    "candidate:1 1 TCP 100 192.0.2.9 9 typ host tcptype active",
    "candidate:1 1 udp 100 8a3c.local 4000 typ host",
    "candidate:1 1 udp 100 8A3C.LOCAL 4000 typ host",
    "candidate:nonsense",
    "no candidate at all"
  })
  void leavesOutCandidatesThatAsteriskCannotUse(String candidate) {
    JsonObject parsed =
        AsteriskSdp.forAsterisk(
            SdpSamples.text("audio-offer-trickle"),
            List.of(new Candidate(candidate, "0", 0), HOST));
    assertEquals(List.of("192.0.2.2"), ips(media(parsed).get(0)));
  }

  @Test
  void writesAllThatAsteriskNeedsAndNothingThatWouldOnlyMakeItLarge() {
    String text = SdpSamples.text("audio-video-offer-full");
    JsonObject parsed = AsteriskSdp.forAsterisk(text, List.of());
    JsonObject audio = media(parsed).get(0);
    for (String needed :
        List.of("type", "rtp", "setup", "fingerprint", "iceUfrag", "icePwd", "connection")) {
      assertTrue(audio.containsKey(needed), needed);
    }
    for (String large : List.of("invalid", "rtcpFb", "ssrcs", "ext")) {
      assertFalse(audio.containsKey(large), large);
      assertFalse(parsed.containsKey(large), large);
    }
    assertTrue(Json.write(parsed).length() < 8_000);
  }

  @Test
  void anAnswerHasTheMediaOfTheOfferInItsOrder() {
    String offer =
        """
        v=0
        o=- 1 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE v a d
        m=video 9 UDP/TLS/RTP/SAVPF 96 97
        a=setup:actpass
        a=mid:v
        m=audio 9 UDP/TLS/RTP/SAVPF 0
        a=setup:actpass
        a=mid:a
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel
        a=mid:d
        """;
    JsonObject answer = ParsedSdp.parse(AsteriskSdp.answer(SdpSamples.asterisk(), offer));
    List<JsonObject> media = media(answer);
    assertEquals(
        Json.parse(
            "{\"type\":\"video\",\"port\":0,\"protocol\":\"UDP/TLS/RTP/SAVPF\","
                + "\"payloads\":\"96 97\",\"connection\":{\"version\":4,\"ip\":\"0.0.0.0\"},"
                + "\"mid\":\"v\",\"direction\":\"inactive\"}"),
        media.get(0));
    assertEquals(12034, media.get(1).getInt("port"));
    assertEquals("a", media.get(1).getString("mid"));
    assertEquals("active", media.get(1).getString("setup"));
    assertEquals(3, media.get(1).getJsonArray("candidates").size());
    assertEquals("application", media.get(2).getString("type"));
    assertEquals(0, media.get(2).getInt("port"));
    assertEquals(3, media.size());
    assertFalse(answer.containsKey("groups"));
  }

  @Test
  void aGroupHoldsOnlyWhatWasAccepted() {
    JsonObject bundled =
        Json.object(SdpSamples.asterisk())
            .add("groups", Json.parse("[{\"type\":\"BUNDLE\",\"mids\":\"audio\"}]"))
            .build();
    JsonObject answer =
        ParsedSdp.parse(AsteriskSdp.answer(bundled, SdpSamples.text("audio-video-offer-trickle")));
    assertEquals(Json.parse("[{\"type\":\"BUNDLE\",\"mids\":\"0\"}]"), answer.get("groups"));
    JsonObject refused =
        ParsedSdp.parse(AsteriskSdp.answer(bundled, SdpSamples.text("data-offer-trickle")));
    assertFalse(refused.containsKey("groups"));
  }

  @ParameterizedTest
  @CsvSource({
    "actpass, actpass, active",
    "actpass, active, passive",
    "actpass, passive, active",
    "holdconn, actpass, active",
    "active, actpass, active",
    "passive, actpass, passive"
  })
  void anAnswerSaysWhoBeginsTheHandshake(String answered, String offered, String expected) {
    JsonObject asterisk =
        Json.parseObject(SdpSamples.asterisk().toString().replace("actpass", answered));
    String offer =
        SdpSamples.text("audio-offer-trickle").replace("a=setup:actpass", "a=setup:" + offered);
    JsonObject answer = ParsedSdp.parse(AsteriskSdp.answer(asterisk, offer));
    assertEquals(expected, media(answer).get(0).getString("setup"));
  }
}
