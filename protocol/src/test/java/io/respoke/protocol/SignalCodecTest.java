package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignalCodecTest {
  private static final String ID = "78874211-99B7-4A7C-987B-81F41A41F561";
  private static final Candidate HOST =
      new Candidate("candidate:1 1 udp 2122194687 192.0.2.2 45448 typ host", "0", 0, "rOp/");

  private static String text(String type, String more) {
    return "{\"signalType\":\""
        + type
        + "\",\"sessionId\":\""
        + ID
        + "\",\"target\":\"call\",\"signalId\":\"S1\""
        + more
        + ",\"version\":\"1.0\"}";
  }

  /** The examples of protocol-calls §1.12, and each other type in the form of its sender. */
  static Stream<Arguments> signals() {
    String description = ",\"sessionDescription\":{\"sdp\":\"v=0\\r\\n\",\"type\":\"";
    String host =
        "{\"candidate\":\"candidate:1 1 udp 2122194687 192.0.2.2 45448 typ host\","
            + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":\"rOp/\"}";
    return Stream.of(
        Arguments.of(
            text("offer", description + "offer\"}"), new Signal.Offer(ID, "call", "S1", "v=0\r\n")),
        Arguments.of(
            text(
                "offer",
                description
                    + "offer\"},\"callerId\":{\"name\":\"Kirk\",\"number\":\"+1\"},"
                    + "\"connectionId\":\"B1\",\"conferenceId\":\"C\",\"metadata\":{\"a\":[1]}"),
            new Signal.Offer(
                ID,
                "call",
                "S1",
                "v=0\r\n",
                null,
                Json.parse("{\"a\":[1]}"),
                new CallerId("Kirk", "+1"),
                "C",
                "B1")),
        Arguments.of(
            text("offer", ",\"parsedSDP\":{\"media\":[]}"),
            new Signal.Offer(
                ID,
                "call",
                "S1",
                null,
                Json.parseObject("{\"media\":[]}"),
                null,
                null,
                null,
                null)),
        Arguments.of(
            text("answer", description + "answer\"},\"connectionId\":\"A1\""),
            new Signal.Answer(ID, "call", "S1", "v=0\r\n", "A1")),
        Arguments.of(
            text("connected", ",\"connectionId\":\"B1\""),
            new Signal.Connected(ID, "call", "S1", "B1")),
        Arguments.of(
            text("iceCandidates", ",\"iceCandidates\":[" + host + "]"),
            new Signal.IceCandidates(ID, "call", "S1", List.of(HOST), null, null)),
        Arguments.of(
            text(
                "iceCandidates",
                ",\"iceCandidates\":[],\"connectionId\":\"B1\",\"finalCandidates\":[" + host + "]"),
            new Signal.IceCandidates(ID, "call", "S1", List.of(), List.of(HOST), "B1")),
        Arguments.of(
            text("modify", ",\"connectionId\":\"B1\",\"action\":\"initiate\""),
            new Signal.Modify(ID, "call", "S1", Signal.Modify.INITIATE, "B1")),
        Arguments.of(
            text("modify", ",\"connectionId\":\"B1\""),
            new Signal.Modify(ID, "call", "S1", null, "B1")),
        Arguments.of(text("bye", ""), new Signal.Bye(ID, "call", "S1", null, null)),
        Arguments.of(
            text("bye", ",\"reason\":\"busy\",\"connectionId\":\"A1\""),
            new Signal.Bye(ID, "call", "S1", "busy", "A1")),
        Arguments.of(
            text(
                "bye",
                ",\"reason\":\"redirecting\",\"redirectionInfo\":{\"endpointId\":\"spock\","
                    + "\"endpointType\":\"web\",\"appId\":\"X\"}"),
            new Signal.Bye(
                ID,
                "call",
                "S1",
                "redirecting",
                new Signal.Redirection("spock", "web", "X"),
                null)),
        Arguments.of(
            text("status", ",\"status\":\"ringing\""),
            new Signal.Status(ID, "call", "S1", "ringing")),
        Arguments.of(
            text("error", ",\"detail\":\"no codec\""),
            new Signal.CallError(ID, "call", "S1", "no codec")),
        Arguments.of(
            text("ack", ",\"ackedSignalType\":\"offer\""),
            new Signal.Ack(ID, "call", "S1", "offer")),
        Arguments.of(
            text("wave", ",\"hand\":\"left\""),
            new Signal.Unknown(
                ID, "call", "S1", "wave", Json.parseObject(text("wave", ",\"hand\":\"left\"")))));
  }

  @ParameterizedTest
  @MethodSource("signals")
  void readsEverySignal(String text, Signal signal) {
    assertEquals(signal, SignalCodec.decode(Json.parseObject(text)));
  }

  @ParameterizedTest
  @MethodSource("signals")
  void writesEverySignalInTheOrderOfTheRealClient(String text, Signal signal) {
    assertEquals(text, Json.write(SignalCodec.encode(signal)));
  }

  @Test
  void keepsAllThatTheRealClientSends() {
    List<JsonObject> recorded = Transcripts.signals();
    Map<String, Long> types =
        recorded.stream()
            .map(
                body -> {
                  Signal signal = SignalCodec.decode(body);
                  assertEquals(body.toString(), SignalCodec.encode(signal).toString());
                  assertTrue(!(signal instanceof Signal.Unknown), signal::toString);
                  return signal;
                })
            .collect(Collectors.groupingBy(Signal::signalType, Collectors.counting()));
    assertEquals(
        Map.of("offer", 7L, "answer", 5L, "connected", 5L, "iceCandidates", 31L, "bye", 7L), types);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"sessionId\":\"1\"} | signal without signalType",
        "{\"signalType\":\"\",\"sessionId\":\"1\"} | signal without signalType",
        "{\"signalType\":[],\"sessionId\":\"1\"} | signal without signalType",
        "{\"signalType\":\"bye\"} | signal without sessionId",
        "{\"signalType\":\"wave\",\"sessionId\":{}} | signal without sessionId",
        "{\"signalType\":\"offer\",\"sessionId\":\"1\"} | signal without a session description",
        "{\"signalType\":\"offer\",\"sessionId\":\"1\",\"sessionDescription\":\"v=0\"} | signal without a session description",
        "{\"signalType\":\"answer\",\"sessionId\":\"1\",\"sessionDescription\":{\"type\":\"answer\"}} | signal without a session description",
        "{\"signalType\":\"answer\",\"sessionId\":\"1\",\"parsedSDP\":\"v=0\"} | signal without a session description",
        "{\"signalType\":\"iceCandidates\",\"sessionId\":\"1\",\"iceCandidates\":{}} | signal without iceCandidates",
        "{\"signalType\":\"status\",\"sessionId\":\"1\"} | signal without status"
      })
  void refusesWhatCannotDoWithout(String text, String problem) {
    MalformedSignalException e =
        assertThrows(
            MalformedSignalException.class, () -> SignalCodec.decode(Json.parseObject(text)));
    assertTrue(e.getMessage().startsWith(problem + ": "), e::getMessage);
  }

  @Test
  void quotesNoMoreThanTheStartOfABadSignal() {
    JsonObject body = Json.object().add("sdp", "x".repeat(10_000)).build();
    MalformedSignalException e =
        assertThrows(MalformedSignalException.class, () -> SignalCodec.decode(body));
    assertTrue(e.getMessage().length() < 200, e::getMessage);
  }

  @Test
  void takesASignalWithoutATargetForACall() {
    Signal signal =
        SignalCodec.decode(Json.parseObject("{\"signalType\":\"bye\",\"sessionId\":\"s\"}"));
    assertEquals(new Signal.Bye("s", Signal.CALL, null, null, null), signal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "{\"candidate\":\"candidate:1\",\"sdpMid\":\"audio\",\"sdpMLineIndex\":1} | audio | 1",
        "{\"candidate\":\"a=candidate:1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0} | 0 | 0",
        "{\"candidate\":\" a=candidate:1\\r\\n\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0} | 0 | 0",
        "{\"candidate\":\"candidate:1\",\"sdpMLineIndex\":2} | null | 2",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":null,\"sdpMLineIndex\":\"2\"} | null | 2",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":\"\",\"sdpMLineIndex\":1} | `` | 1",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":0,\"sdpMLineIndex\":1.0} | 0 | 1",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":\"video\"} | video | 0"
      })
  void readsCandidatesOfEveryClient(String candidate, String mid, int index) {
    assertEquals(List.of(new Candidate("candidate:1", mid, index)), candidates(candidate));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"candidate\":\"\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
        "{\"candidate\":\"a=\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
        "{\"candidate\":\"a= a=b\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
        "{\"candidate\":null,\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":-1}",
        "{\"candidate\":\"candidate:1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":4294967296}",
        "{\"candidate\":\"candidate:1\"}",
        "{}",
        "null",
        "\"candidate:1\""
      })
  void leavesOutCandidatesThatNobodyCanUse(String candidate) {
    assertEquals(List.of(), candidates(candidate));
  }

  private static List<Candidate> candidates(String json) {
    Signal signal =
        SignalCodec.decode(
            Json.parseObject(text("iceCandidates", ",\"iceCandidates\":[" + json + "]")));
    return assertInstanceOf(Signal.IceCandidates.class, signal).candidates();
  }

  @Test
  void readsFinalCandidatesOfASenderWithoutNewOnes() {
    Signal signal =
        SignalCodec.decode(
            Json.parseObject(
                text(
                    "iceCandidates",
                    ",\"finalCandidates\":[{\"candidate\":\"candidate:1\",\"sdpMLineIndex\":0}]")));
    assertEquals(
        new Signal.IceCandidates(
            ID, "call", "S1", List.of(), List.of(new Candidate("candidate:1", null, 0)), null),
        signal);
  }

  @Test
  void aSignalCannotBeMadeWithoutADescription() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Signal.Offer("s", "call", null, null, null, null, null, null, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Signal.Answer("s", "call", null, null, null, null));
    assertThrows(IllegalArgumentException.class, () -> new Candidate("", "0", 0));
    assertThrows(IllegalArgumentException.class, () -> new Candidate("a=candidate:1", "0", 0));
    assertThrows(IllegalArgumentException.class, () -> new Candidate("candidate:1", "0", -1));
  }
}
