package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParsedSdpTest {
  static List<String> samples() {
    return SdpSamples.NAMES;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsEveryLineOfAnEngine(String name) {
    String text = SdpSamples.text(name);
    JsonObject parsed = ParsedSdp.parse(text);
    String written = ParsedSdp.format(parsed);
    assertEquals(sections(text), sections(written));
    assertEquals(parsed, ParsedSdp.parse(written));
  }

  /**
   * The lines of each section, sorted: attributes of different kinds may change places. A candidate
   * is what {@link ParsedSdp} promises to keep of it.
   */
  private static List<String> sections(String sdp) {
    List<String> sections = new ArrayList<>();
    for (String section : sdp.split("(?=m=)")) {
      sections.add(
          section
              .lines()
              .map(line -> line.replaceAll(" (network-id|network-cost|ufrag) \\S+", ""))
              .map(line -> line.replaceFirst("candidate:\\d+", "candidate:F"))
              .sorted()
              .collect(Collectors.joining("\n")));
    }
    return sections;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=ice-ufrag:0123 | {\"iceUfrag\":\"0123\"}",
        "a=ice-pwd:12 | {\"icePwd\":\"12\"}",
        "a=fingerprint:sha-256 AA:BB | {\"fingerprint\":{\"type\":\"sha-256\",\"hash\":\"AA:BB\"}}",
        "a=setup:active | {\"setup\":\"active\"}",
        "a=mid:0 | {\"mid\":\"0\"}",
        "a=sendonly | {\"direction\":\"sendonly\"}",
        "a=rtcp-mux | {\"rtcpMux\":\"rtcp-mux\"}",
        "a=rtcp:9 IN IP4 0.0.0.0 | {\"rtcp\":{\"port\":9,\"netType\":\"IN\",\"ipVer\":4,\"address\":\"0.0.0.0\"}}",
        "a=rtcp:9 | {\"rtcp\":{\"port\":9}}",
        "a=rtpmap:0 PCMU/8000 | {\"rtp\":[{\"payload\":0,\"codec\":\"PCMU\",\"rate\":8000}]}",
        "a=rtpmap:111 opus/48000/2 | {\"rtp\":[{\"payload\":111,\"codec\":\"opus\",\"rate\":48000,\"encoding\":2}]}",
        "a=fmtp:111 minptime=10;useinbandfec=1 | {\"fmtp\":[{\"payload\":111,\"config\":\"minptime=10;useinbandfec=1\"}]}",
        "a=rtcp-fb:96 nack pli | {\"rtcpFb\":[{\"payload\":96,\"type\":\"nack\",\"subtype\":\"pli\"}]}",
        "a=rtcp-fb:* ccm | {\"rtcpFb\":[{\"payload\":\"*\",\"type\":\"ccm\"}]}",
        "a=extmap:1/sendonly urn:x y | {\"ext\":[{\"value\":1,\"direction\":\"sendonly\",\"uri\":\"urn:x\",\"config\":\"y\"}]}",
        "a=ssrc:7 msid:a b | {\"ssrcs\":[{\"id\":7,\"attribute\":\"msid\",\"value\":\"a b\"}]}",
        "a=ptime:20 | {\"ptime\":20}",
        "a=maxptime:60 | {\"maxptime\":60}",
        "a=group:BUNDLE 0 1 | {\"groups\":[{\"type\":\"BUNDLE\",\"mids\":\"0 1\"}]}",
        "a=msid-semantic: WMS * | {\"msidSemantic\":{\"semantic\":\"WMS\",\"token\":\"*\"}}",
        "a=msid-semantic: WMS | {\"msidSemantic\":{\"semantic\":\"WMS\"}}",
        "a=candidate:1 1 UDP 5 192.0.2.1 9 typ host | {\"candidates\":[{\"foundation\":1,\"component\":1,\"transport\":\"UDP\",\"priority\":5,\"ip\":\"192.0.2.1\",\"port\":9,\"type\":\"host\"}]}",
        "a=candidate:1 2 udp 5 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport 7 generation 0 | {\"candidates\":[{\"foundation\":1,\"component\":2,\"transport\":\"udp\",\"priority\":5,\"ip\":\"192.0.2.1\",\"port\":9,\"type\":\"srflx\",\"raddr\":\"10.0.0.1\",\"rport\":7,\"generation\":0}]}",
        "a=candidate:1 1 tcp 5 192.0.2.1 9 typ host tcptype active | {\"candidates\":[{\"foundation\":1,\"component\":1,\"transport\":\"tcp\",\"priority\":5,\"ip\":\"192.0.2.1\",\"port\":9,\"type\":\"host\",\"tcptype\":\"active\"}]}",
        "a=sctp-port:5000 | {\"invalid\":[{\"value\":\"sctp-port:5000\"}]}",
        "a=rtpmap:nonsense | {\"invalid\":[{\"value\":\"rtpmap:nonsense\"}]}",
        "b=AS:64 | {\"bandwidth\":[{\"type\":\"AS\",\"limit\":64}]}"
      })
  void readsAndWritesEveryAttribute(String line, String members) {
    String head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    String medium = "m=audio 9 RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n";
    JsonObject expected = Json.parseObject(members);
    JsonObject parsed = ParsedSdp.parse(head + medium + line + "\r\n");
    JsonObject section = parsed.getJsonArray("media").getJsonObject(0);
    expected.forEach((member, value) -> assertEquals(value, section.get(member), member));
    assertEquals(5 + expected.size(), section.size());
    assertTrue(ParsedSdp.format(parsed).endsWith("\r\n" + line + "\r\n"));
  }

  @Test
  void readsTheHeadOfADescription() {
    JsonObject parsed =
        ParsedSdp.parse(
            "v=0\no=- 5778434554684007096 2 IN IP6 ::1\ns=call\ni=ignored\nc=IN IP4 192.0.2.1\nt=1 2\n");
    assertEquals(
        Json.parse(
            "{\"version\":0,\"origin\":{\"username\":\"-\",\"sessionId\":\"5778434554684007096\","
                + "\"sessionVersion\":2,\"netType\":\"IN\",\"ipVer\":6,\"address\":\"::1\"},"
                + "\"name\":\"call\",\"connection\":{\"version\":4,\"ip\":\"192.0.2.1\"},"
                + "\"timing\":{\"start\":1,\"stop\":2},\"media\":[]}"),
        parsed);
  }

  @Test
  void foundationsAreNumbersThatAreEqualForEqualText() {
    String text =
        "v=0\r\nm=audio 9 RTP/SAVPF 0\r\n"
            + "a=candidate:Hc0a80001 1 udp 1 192.0.2.1 9 typ host\r\n"
            + "a=candidate:Hc0a80001 2 udp 1 192.0.2.1 9 typ host\r\n"
            + "a=candidate:4294967295 1 udp 1 192.0.2.1 9 typ host\r\n";
    List<Integer> foundations =
        ParsedSdp.parse(text)
            .getJsonArray("media")
            .getJsonObject(0)
            .getJsonArray("candidates")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(candidate -> candidate.getJsonNumber("foundation").intValueExact())
            .toList();
    assertEquals(foundations.get(0), foundations.get(1));
    assertEquals(Integer.MAX_VALUE, foundations.get(2));
    assertTrue(foundations.stream().allMatch(foundation -> foundation >= 0), foundations::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | description without v=0",
        "m=audio 9 RTP/SAVPF 0 | description without v=0",
        "v=0;audio | description with a line that is none",
        "v=0;m | description with a line that is none",
        "v=0;o=- | description with a bad line",
        "v=0;m=audio nine RTP/SAVPF 0 | description with a bad line",
        "v=0;c=IN IP4 | description with a bad line",
        "v=0;t=now | description with a bad line",
        "v=0;a=mid:\u0000x | parsed description with a control character"
      })
  void refusesTextThatIsNoDescription(String text, String problem) {
    MalformedSignalException e =
        assertThrows(
            MalformedSignalException.class, () -> ParsedSdp.parse(text.replace(";", "\r\n")));
    assertTrue(e.getMessage().startsWith(problem), e::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | parsed description without media",
        "{\"media\":{}} | parsed description without media",
        "{\"media\":[1]} | parsed description: medium is no object",
        "{\"media\":[{}]} | parsed description without type",
        "{\"media\":[{\"type\":\"audio\"}]} | parsed description without protocol",
        "{\"media\":[{\"type\":\"audio\",\"protocol\":\"x\"}]} | parsed description: medium without payloads",
        "{\"media\":[{\"type\":\"audio\\r\\na=x\",\"protocol\":\"x\"}]} | parsed description with a control character",
        "{\"media\":[{\"type\":\"audio\",\"protocol\":\"x\",\"payloads\":\"0\",\"rtp\":{}}]} | parsed description: rtp is no list",
        "{\"media\":[{\"type\":\"audio\",\"protocol\":\"x\",\"payloads\":\"0\",\"rtp\":[0]}]} | parsed description: not an object",
        "{\"media\":[{\"type\":\"audio\",\"protocol\":\"x\",\"payloads\":\"0\",\"setup\":\"a\\nb\"}]} | parsed description with a control character",
        "{\"media\":[{\"type\":\"audio\",\"protocol\":\"x\",\"payloads\":\"0\",\"invalid\":[{\"value\":\"a\\nb\"}]}]} | parsed description with a control character"
      })
  void refusesJsonThatIsNoDescription(String json, String problem) {
    MalformedSignalException e =
        assertThrows(
            MalformedSignalException.class, () -> ParsedSdp.format(Json.parseObject(json)));
    assertTrue(e.getMessage().startsWith(problem), e::getMessage);
  }

  @Test
  void writesAsterisksForm() {
    assertEquals(
        """
        v=0
        o=- 1447164201 1447164201 IN IP4 192.0.2.10
        s=Asterisk
        t=0 0
        m=audio 12034 RTP/SAVPF 0 101
        c=IN IP4 192.0.2.10
        a=ice-ufrag:7e1d2c3b
        a=ice-pwd:5f0a1b2c3d4e5f60718293a4b5c6d7e8
        a=fingerprint:sha-256 AA:BB:CC
        a=setup:actpass
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=candidate:12345 1 UDP 2130706431 192.0.2.10 12034 typ host
        a=candidate:12345 2 UDP 2130706430 192.0.2.10 12035 typ host
        a=candidate:678 1 UDP 1694498815 198.51.100.7 40000 typ srflx raddr 192.0.2.10 rport 12034 generation 0
        """
            .replace("\n", "\r\n"),
        AsteriskSdp.offer(SdpSamples.asterisk()));
    assertEquals(SdpSamples.asterisk(), ParsedSdp.parse(AsteriskSdp.offer(SdpSamples.asterisk())));
  }

  @Provide
  Arbitrary<List<String>> attributes() {
    Arbitrary<String> known =
        Arbitraries.of(
            SdpSamples.NAMES.stream()
                .flatMap(name -> SdpSamples.text(name).lines())
                .filter(line -> line.startsWith("a="))
                .distinct()
                .toList());
    Arbitrary<String> odd =
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).map(text -> "a=" + text);
    return Arbitraries.oneOf(known, odd).list().ofMaxSize(20);
  }

  @Property
  void whateverIsReadIsWrittenSoThatItIsReadTheSame(
      @ForAll("attributes") List<String> session, @ForAll("attributes") List<String> medium) {
    String text =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
            + String.join("\r\n", session)
            + "\r\nm=audio 9 RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n"
            + String.join("\r\n", medium);
    JsonObject parsed = ParsedSdp.parse(text);
    assertEquals(parsed, ParsedSdp.parse(ParsedSdp.format(parsed)));
  }
}
