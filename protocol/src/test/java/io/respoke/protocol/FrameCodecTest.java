package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
  private static final JsonArray NONE = JsonValue.EMPTY_JSON_ARRAY;

  private static Frame.Id id(long number) {
    return new Frame.Id(number, false);
  }

  private static Frame.Id idWithData(long number) {
    return new Frame.Id(number, true);
  }

  /** Text, frame, and the text that the frame is written as when it is not the same. */
  static Stream<Arguments> frames() {
    return Stream.of(
        Arguments.of("0::", Frame.DISCONNECT, null),
        Arguments.of("0::/chat", new Frame.Disconnect("/chat"), null),
        Arguments.of("1::", Frame.CONNECT, null),
        Arguments.of("1:::?a=b:c", new Frame.Connect("", "?a=b:c"), null),
        Arguments.of("2::", Frame.HEARTBEAT, null),
        Arguments.of("2:::", Frame.HEARTBEAT, "2::"),
        Arguments.of("3:::plain: \"text\"", new Frame.Message(null, "", "plain: \"text\""), null),
        Arguments.of("3:1::x", new Frame.Message(id(1), "", "x"), null),
        Arguments.of("3:1+::", new Frame.Message(idWithData(1), "", ""), null),
        Arguments.of("4:::[1]", new Frame.JsonMessage(null, "", Json.parse("[1]")), null),
        Arguments.of("4:2::null", new Frame.JsonMessage(id(2), "", JsonValue.NULL), null),
        Arguments.of(
            "5:::{\"name\":\"join\",\"args\":[{\"a\":1}]}",
            new Frame.Event(null, "", "join", Json.parseArray("[{\"a\":1}]")),
            null),
        Arguments.of(
            "5:0+::{\"name\":\"post\",\"args\":[\"{}\"]}",
            new Frame.Event(idWithData(0), "", "post", Json.parseArray("[\"{}\"]")),
            null),
        Arguments.of(
            "5:7:/x:{\"args\":[1,2,3],\"name\":\"n\",\"more\":0}",
            new Frame.Event(id(7), "/x", "n", Json.parseArray("[1,2,3]")),
            "5:7:/x:{\"name\":\"n\",\"args\":[1,2,3]}"),
        Arguments.of(
            "5:::{\"name\":\"bare\"}",
            new Frame.Event(null, "", "bare", NONE),
            "5:::{\"name\":\"bare\",\"args\":[]}"),
        Arguments.of("6:::1", new Frame.Ack("", 1, NONE), null),
        Arguments.of("6:::0+[\"null\"]", new Frame.Ack("", 0, Json.parseArray("[\"null\"]")), null),
        Arguments.of("6:::12+[]", new Frame.Ack("", 12, NONE), "6:::12"),
        Arguments.of("6:::007+", new Frame.Ack("", 7, NONE), "6:::7"),
        Arguments.of(
            "6:::999999999999999999+[{}]",
            new Frame.Ack("", 999_999_999_999_999_999L, Json.parseArray("[{}]")),
            null),
        Arguments.of("7:::1+0", new Frame.Error("", "1", "0"), null),
        Arguments.of("7:::2", new Frame.Error("", "2", ""), null),
        Arguments.of("7::", new Frame.Error("", "", ""), "7:::"),
        Arguments.of("7:::+0", new Frame.Error("", "", "0"), null),
        Arguments.of("8::", new Frame.Noop(""), null));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsEveryTypeOfFrame(String text, Frame frame) {
    assertEquals(frame, FrameCodec.decode(text));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void writesEveryTypeOfFrame(String text, Frame frame, String written) {
    assertEquals(written == null ? text : written, FrameCodec.encode(frame));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "::",
        "5",
        "5:",
        "9::",
        "a::",
        "55::",
        " 2::",
        "5:x::{\"name\":\"n\"}",
        "5:-1::{\"name\":\"n\"}",
        "5:+::{\"name\":\"n\"}",
        "5:1++::{\"name\":\"n\"}",
        "5:1234567890123456789::{\"name\":\"n\"}",
        "5:\u0661::{\"name\":\"n\"}",
        "5::",
        "5:::",
        "5:::{",
        "5:::[]",
        "5:::\"post\"",
        "5:::{}",
        "5:::{\"name\":null}",
        "5:::{\"name\":7,\"args\":[]}",
        "5:::{\"name\":\"n\",\"args\":{}}",
        "5:::{\"name\":\"n\",\"args\":null}",
        "5:::{\"name\":\"n\"}{}",
        "4:::",
        "4:::nul",
        "6:::",
        "6::",
        "6:::+[]",
        "6:::x+[]",
        "6:::-1+[]",
        "6:::1+{}",
        "6:::1+[",
        "6:::1+[1]]",
        "6:::1234567890123456789",
        "<html>: : :</html>"
      })
  void refusesWhatIsNoFrame(String text) {
    assertThrows(MalformedFrameException.class, () -> FrameCodec.decode(text));
  }

  @Test
  void readsTextThatThePeerDidNotEscape() {
    Frame frame = FrameCodec.decode("6:::1+[\"a\u2028b\u2029c\u0085d é ✓ 😀\"]");
    assertEquals(
        new Frame.Ack("", 1, Json.strings(List.of("a\u2028b\u2029c\u0085d é ✓ 😀"))), frame);
  }

  @Test
  void writesAsciiOnly() {
    String text =
        FrameCodec.encode(
            new Frame.Event(null, "", "é", Json.strings(List.of("\u2028\u2029\u0085😀\u007f"))));
    assertEquals(
        "5:::{\"name\":\"\\u00e9\",\"args\":[\"\\u2028\\u2029\\u0085\\ud83d\\ude00\\u007f\"]}",
        text);
  }

  @ParameterizedTest
  @CsvSource({
    "7:::0, transport not supported",
    "7:::1+0, client not handshaken",
    "7:::2, unauthorized",
    "7:::, no reason given",
    "7:::too busy, too busy"
  })
  void namesTheReasonOfAnError(String text, String reason) {
    assertEquals(reason, ((Frame.Error) FrameCodec.decode(text)).reasonText());
  }

  @Test
  void leavesRoomForTheEnvelopeAroundTheDeepestBody() {
    JsonValue deepest = Json.parse("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH));
    ServerEvent.Message message =
        new ServerEvent.Message(EventHeader.from("message", "a", "A"), deepest);
    Frame.Event frame = ServerEventCodec.encode(message);
    assertEquals(
        List.of(message),
        ServerEventCodec.decode((Frame.Event) FrameCodec.decode(FrameCodec.encode(frame))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5:1+::{\"name\":\"post\",\"args\":[", "6:::1+[", "4:::["})
  void refusesBottomlessNesting(String start) {
    String text = start + "[".repeat(100_000);
    assertThrows(MalformedFrameException.class, () -> FrameCodec.decode(text));
  }

  @Test
  void saysNothingOfTheContentInToString() {
    Frame event =
        FrameCodec.decode(
            "5:3+::{\"name\":\"post\",\"args\":[\"{\\\"App-Token\\\":\\\"T0P\\\"}\"]}");
    Frame ack = FrameCodec.decode("6:::3+[\"{\\\"token\\\":\\\"T0P\\\"}\"]");
    Frame message = FrameCodec.decode("3:::T0P");
    Frame json = FrameCodec.decode("4:::\"T0P\"");
    assertEquals("Event[id=Id[number=3, withData=true], name=post]", event.toString());
    assertEquals("Ack[id=3]", ack.toString());
    assertFalse((message + " " + json).contains("T0P"));
  }

  @Test
  void idsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new Frame.Id(-1, true));
    assertThrows(IllegalArgumentException.class, () -> new Frame.Ack("", -1, NONE));
    assertTrue(new Frame.Id(0, true).withData());
  }
}
