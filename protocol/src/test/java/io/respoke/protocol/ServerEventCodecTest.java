package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerEventCodecTest {
  private static final EventHeader FROM_BOB =
      EventHeader.from("x", "bob", "B1").at(1447164201123L, "R1");

  private static List<ServerEvent> decode(String name, String args) {
    return ServerEventCodec.decode(new Frame.Event(null, "", name, Json.parseArray(args)));
  }

  private static EventHeader header(String type) {
    return EventHeader.from(type, "bob", "B1").at(1447164201123L, "R1");
  }

  private static String headerText(String type, String more) {
    return "{\"header\":{\"type\":\""
        + type
        + "\",\"from\":\"bob\",\"fromConnection\":\"B1\","
        + more
        + "\"timestamp\":1447164201123,\"requestId\":\"R1\"}";
  }

  /** Name, payload, event: the examples of protocol-wire §5. */
  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            headerText("message", "\"to\":\"alice\",") + ",\"body\":\"hello\"}",
            new ServerEvent.Message(header("message").withTo("alice", null), Json.string("hello"))),
        Arguments.of(
            headerText(
                    "message", "\"to\":\"bob\",\"toConnection\":\"B2\",\"toOriginal\":\"alice\",")
                + ",\"body\":{\"a\":[1]}}",
            new ServerEvent.Message(
                header("message").withTo("bob", "B2").withToOriginal("alice"),
                Json.parse("{\"a\":[1]}"))),
        Arguments.of(
            headerText("pubsub", "\"channel\":\"room1\",") + ",\"message\":\"hi all\"}",
            new ServerEvent.Pubsub(
                header("pubsub").withChannel("room1"), "room1", Json.string("hi all"))),
        Arguments.of(
            headerText("presence", "\"channel\":\"presence:bob\",") + ",\"type\":\"away\"}",
            new ServerEvent.Presence(
                header("presence").withChannel("presence:bob"),
                "bob",
                "B1",
                Json.string("away"),
                null,
                null)),
        Arguments.of(
            headerText("presence", "") + ",\"type\":{\"x\":1},\"status\":\"lunch\",\"show\":true}",
            new ServerEvent.Presence(
                header("presence"),
                "bob",
                "B1",
                Json.parse("{\"x\":1}"),
                Json.string("lunch"),
                JsonValue.TRUE)),
        Arguments.of(
            headerText("join", "\"channel\":\"room1\",")
                + ",\"endpointId\":\"bob\",\"connectionId\":\"B1\"}",
            new ServerEvent.Join(header("join").withChannel("room1"), "room1", "bob", "B1")),
        Arguments.of(
            headerText("leave", "\"channel\":\"room1\",")
                + ",\"endpointId\":\"carol\",\"connectionId\":\"C1\"}",
            new ServerEvent.Leave(header("leave").withChannel("room1"), "room1", "carol", "C1")),
        Arguments.of(
            headerText("signal", "\"fromType\":\"web\",\"to\":\"alice\",\"toType\":\"web\",")
                + ",\"body\":{\"signalType\":\"bye\"}}",
            new ServerEvent.Signal(
                header("signal").withTo("alice", null).withTypes("web", "web"),
                Json.parseObject("{\"signalType\":\"bye\"}"))));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsEveryEvent(String payload, ServerEvent event) {
    assertEquals(List.of(event), decode(event.name(), "[" + payload + "]"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesEveryEvent(String payload, ServerEvent event) {
    assertEquals(
        "5:::{\"name\":\"" + event.name() + "\",\"args\":[" + payload + "]}",
        FrameCodec.encode(ServerEventCodec.encode(event)));
  }

  @Test
  void readsSeveralPayloadsInOneEvent() {
    String one = "{\"header\":{\"from\":\"bob\"},\"body\":\"1\"}";
    String two = "{\"header\":{\"from\":\"bob\"},\"body\":\"2\"}";
    List<ServerEvent> events = decode("message", "[" + one + ",7," + two + "]");
    assertEquals(3, events.size());
    assertEquals(Json.string("1"), ((ServerEvent.Message) events.get(0)).body());
    assertEquals(
        new ServerEvent.Unknown("message", Json.parseArray("[7]"), "payload is no object"),
        events.get(1));
    assertEquals(Json.string("2"), ((ServerEvent.Message) events.get(2)).body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "message | {\"header\":{\"from\":\"b\"},\"message\":\"m\"} | \"m\"",
        "message | {\"header\":{\"from\":\"b\"},\"body\":\"m\",\"message\":\"n\"} | \"m\"",
        "message | {\"header\":{\"from\":\"b\"},\"body\":null,\"message\":\"m\"} | \"m\"",
        "message | {\"header\":{\"from\":\"b\"},\"body\":null} | null",
        "message | {\"header\":{\"from\":\"b\"},\"body\":\"\"} | \"\"",
        "pubsub | {\"header\":{\"channel\":\"g\"},\"body\":\"m\"} | \"m\"",
        "pubsub | {\"header\":{\"channel\":\"g\"},\"message\":\"m\",\"body\":\"n\"} | \"m\"",
        "pubsub | {\"header\":{\"channel\":\"g\"},\"message\":0} | 0"
      })
  void takesEitherKeyForTheTextOfAMessage(String name, String payload, String text) {
    ServerEvent event = decode(name, "[" + payload + "]").get(0);
    JsonValue body =
        event instanceof ServerEvent.Message message
            ? message.body()
            : ((ServerEvent.Pubsub) event).message();
    assertEquals(Json.parse(text), body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"body\":{\"signalType\":\"bye\"}} | {\"signalType\":\"bye\"}",
        "{\"body\":\"{\\\"signalType\\\":\\\"bye\\\"}\"} | {\"signalType\":\"bye\"}",
        "{\"header\":null,\"body\":{}} | {}"
      })
  void takesASignalBodyAsObjectOrText(String payload, String body) {
    ServerEvent event = decode("signal", "[" + payload + "]").get(0);
    assertEquals(Json.parse(body), assertInstanceOf(ServerEvent.Signal.class, event).body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "typing | [{\"header\":{}}] | no such event",
        "Message | [{\"header\":{\"from\":\"b\"},\"body\":\"x\"}] | no such event",
        "message | [] | no payload",
        "message | [null] | payload is no object",
        "message | [\"text\"] | payload is no object",
        "message | [{}] | header.from or body is missing",
        "message | [{\"header\":{\"from\":\"b\"}}] | header.from or body is missing",
        "message | [{\"header\":\"b\",\"body\":\"x\"}] | header.from or body is missing",
        "message | [{\"header\":{\"from\":null},\"body\":\"x\"}] | header.from or body is missing",
        "pubsub | [{\"header\":{},\"message\":\"x\"}] | header.channel or message is missing",
        "pubsub | [{\"header\":{\"channel\":\"g\"}}] | header.channel or message is missing",
        "presence | [{\"header\":{\"from\":\"b\"},\"type\":\"away\"}] | header.from, header.fromConnection or type is missing",
        "presence | [{\"header\":{\"fromConnection\":\"B\"},\"type\":\"away\"}] | header.from, header.fromConnection or type is missing",
        "presence | [{\"header\":{\"from\":\"b\",\"fromConnection\":\"B\"}}] | header.from, header.fromConnection or type is missing",
        "join | [{\"header\":{\"channel\":\"g\"},\"endpointId\":\"b\"}] | header.channel, endpointId or connectionId is missing",
        "join | [{\"header\":{\"channel\":\"g\"},\"connectionId\":\"B\"}] | header.channel, endpointId or connectionId is missing",
        "leave | [{\"endpointId\":\"b\",\"connectionId\":\"B\"}] | header.channel, endpointId or connectionId is missing",
        "signal | [{\"header\":{}}] | body is no JSON object",
        "signal | [{\"body\":\"{\"}] | body is no JSON object",
        "signal | [{\"body\":\"[]\"}] | body is no JSON object",
        "signal | [{\"body\":7}] | body is no JSON object"
      })
  void keepsWhatItDoesNotUnderstandWhole(String name, String args, String problem) {
    ServerEvent.Unknown unknown = new ServerEvent.Unknown(name, Json.parseArray(args), problem);
    assertEquals(List.of(unknown), decode(name, args));
    assertEquals(
        new Frame.Event(null, "", name, Json.parseArray(args)), ServerEventCodec.encode(unknown));
  }

  @Test
  void writesTheChannelIntoTheHeader() {
    ServerEvent event = new ServerEvent.Pubsub(FROM_BOB, "room1", Json.string("x"));
    ServerEvent.Pubsub read =
        (ServerEvent.Pubsub) ServerEventCodec.decode(ServerEventCodec.encode(event)).get(0);
    assertEquals("room1", read.header().channel());
  }
}
