package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.MediaException;
import io.respoke.spi.SessionDescription;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpTest {
  private static final String SDP =
      String.join(
          "\r\n",
          "v=0",
          "a=sendonly",
          "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
          "a=mid:0",
          "a=recvonly",
          "a=candidate:1 1 udp 1 10.0.0.1 9 typ host",
          "a=end-of-candidates",
          "m=video 0 UDP/TLS/RTP/SAVPF 96",
          "a=mid:1",
          "a=bundle-only",
          "m=video 0 UDP/TLS/RTP/SAVPF 96",
          "a=mid:gone",
          "a=inactive",
          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
          "");

  @Test
  void readsSections() {
    assertEquals(
        List.of(
            new Sdp.Section("audio", "0", "recvonly", false),
            new Sdp.Section("video", "1", "sendrecv", false),
            new Sdp.Section("video", "gone", "inactive", true),
            new Sdp.Section("application", "", "sendrecv", false)),
        Sdp.sections(SDP));
    assertEquals(List.of(), Sdp.sections("v=0\r\n"));
    assertEquals(Sdp.sections(SDP), Sdp.sections(SDP.replace("\r\n", "\n")));
  }

  @Test
  void saysWhoSends() {
    assertEquals(
        List.of(false, true, false, true),
        Sdp.sections(SDP).stream().map(Sdp.Section::sends).toList());
    assertEquals(
        List.of(true, true, false, true),
        Sdp.sections(SDP).stream().map(Sdp.Section::receives).toList());
  }

  @Test
  void takesCandidatesOutAndNothingElse() {
    assertEquals(
        SDP.replace("a=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\na=end-of-candidates\r\n", ""),
        Sdp.withoutCandidates(SDP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "garbage", "v=1", "v=0\0"})
  void refusesWhatIsNoDescription(String sdp) {
    MediaException refused =
        assertThrows(
            MediaException.class,
            () -> Sdp.check(new SessionDescription(SessionDescription.Type.OFFER, sdp)));
    assertEquals(MediaException.Reason.BAD_DESCRIPTION, refused.reason());
  }

  @Test
  void refusesWhatIsTooLong() {
    String sdp = "v=0" + "x".repeat(Sdp.MAX_LENGTH);
    assertThrows(
        MediaException.class,
        () -> Sdp.check(new SessionDescription(SessionDescription.Type.ANSWER, sdp)));
  }

  @Test
  void makesStreamIdsFitForADescription() {
    assertEquals("respoke-0A-b_1", Sdp.streamId("0A-b_1"));
    assertEquals("respoke-a_b__a_x", Sdp.streamId("a b\r\na=x"));
    assertEquals(64, Sdp.streamId("x".repeat(100)).length());
  }

  @Test
  void iceCredentialsAreThoseOfAllSections() {
    assertEquals(
        Set.of("a=ice-ufrag:abcd", "a=ice-ufrag:efgh"),
        Sdp.iceCredentials(
            "v=0\r\nm=audio 9 X 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:x\r\nm=video 9 X 0\na=ice-ufrag:efgh\n"));
    assertEquals(Set.of(), Sdp.iceCredentials("v=0\r\n"));
  }
}
