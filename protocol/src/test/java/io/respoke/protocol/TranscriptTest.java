package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.Transcripts.Line;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {
  private static final List<Line> FRAMES = Transcripts.frames();

  static List<Line> frames() {
    return FRAMES;
  }

  @Test
  void holdsAllThatWasRecorded() {
    assertEquals(430, FRAMES.size());
    Map<String, Integer> kinds = new HashMap<>();
    FRAMES.forEach(line -> kinds.merge(line.text().substring(0, 1), 1, Integer::sum));
    assertEquals(Map.of("0", 2, "1", 26, "5", 243, "6", 159), kinds);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void decodesAsRecordedAndEncodesToEqualJson(Line line) {
    Frame frame = FrameCodec.decode(line.text());
    String written = FrameCodec.encode(frame);
    assertEquals(frame, FrameCodec.decode(written));
    assertEquals(head(line.text()), head(written));
    assertEquals(json(line.text()), json(written));
    assertEquals(line.parsed().getInt("type"), line.text().charAt(0) - '0');
    if (frame instanceof Frame.Event event) {
      JsonObject data = line.parsed().getJsonObject("data");
      assertEquals(data.getString("name"), event.name());
      // The recorder unpacked the JSON text of a request's argument.
      JsonArray args = data.getJsonArray("args");
      assertEquals(args.size(), event.args().size());
      assertEquals(
          line.parsed().getString("id", ""), event.id() == null ? "" : "" + event.id().number());
    } else if (frame instanceof Frame.Ack ack) {
      assertEquals(line.parsed().getString("ackId"), "" + ack.id());
      assertEquals(line.parsed().getJsonArray("args"), ack.args());
    }
  }

  /** All before the JSON: {@code 5:1+::} or {@code 6:::1}. */
  private static String head(String text) {
    return text.substring(0, text.length() - jsonText(text).length());
  }

  private static JsonValue json(String text) {
    String json = jsonText(text);
    return json.isEmpty() ? JsonValue.NULL : Json.parse(json);
  }

  private static String jsonText(String text) {
    return switch (text.charAt(0)) {
      case '5' -> text.substring(text.indexOf('{'));
      case '6' -> text.indexOf('[') < 0 ? "" : text.substring(text.indexOf('['));
      default -> "";
    };
  }

  @Test
  void everyPushIsAnEventThatIsKnown() {
    Map<String, Long> events =
        FRAMES.stream()
            .filter(line -> !line.fromClient())
            .map(line -> FrameCodec.decode(line.text()))
            .filter(Frame.Event.class::isInstance)
            .map(frame -> ServerEventCodec.decode((Frame.Event) frame))
            .peek(decoded -> assertEquals(1, decoded.size()))
            .map(decoded -> decoded.get(0))
            .peek(event -> assertFalse(event instanceof ServerEvent.Unknown, event::toString))
            .peek(
                event ->
                    assertEquals(
                        List.of(event), ServerEventCodec.decode(ServerEventCodec.encode(event))))
            .collect(Collectors.groupingBy(ServerEvent::name, Collectors.counting()));
    assertEquals(
        Map.of("message", 7L, "pubsub", 3L, "presence", 9L, "join", 3L, "leave", 2L, "signal", 60L),
        events);
  }

  @Test
  void everyEventOfTheClientIsARequestAndIsAnswered() {
    int requests = 0;
    int answers = 0;
    for (Line line : FRAMES) {
      Frame frame = FrameCodec.decode(line.text());
      if (line.fromClient() && frame instanceof Frame.Event event) {
        requests++;
        assertTrue(event.id() != null && event.id().withData());
        ApiRequest request = ApiRequestCodec.decode(event);
        assertTrue(request.path().startsWith("/v1/"), request.path());
        assertEquals("Respoke.js/v1.56.0", request.header(Wire.SDK_HEADER));
        assertTrue(request.header("App-Token") != null);
        Frame.Event again =
            ApiRequestCodec.encode(request, event.id().number(), ArgumentForm.STRING);
        assertEquals(argument(event), argument(again));
      } else if (frame instanceof Frame.Ack ack) {
        answers++;
        ApiResponse response = ApiResponseCodec.decode(ack);
        assertEquals(200, response.status());
        assertFalse(response.failed());
        Frame.Ack again = ApiResponseCodec.encode(response, ack.id(), AckForm.WRAPPED);
        assertEquals(response, ApiResponseCodec.decode(again));
      }
    }
    assertEquals(159, requests);
    assertEquals(159, answers);
  }

  private static JsonObject argument(Frame.Event event) {
    return Json.parseObject(event.args().getString(0));
  }

  @Test
  void everySignalOfTheClientIsAnObjectInsideText() {
    List<ApiRequest> signals =
        FRAMES.stream()
            .filter(line -> line.fromClient() && line.text().startsWith("5"))
            .map(line -> ApiRequestCodec.decode((Frame.Event) FrameCodec.decode(line.text())))
            .filter(request -> request.path().equals(Paths.SIGNALING))
            .toList();
    assertFalse(signals.isEmpty());
    for (ApiRequest signal : signals) {
      Frame.Event push =
          new Frame.Event(
              null,
              "",
              "signal",
              Json.array()
                  .add(Json.object().add("body", signal.data().getString("signal")))
                  .build());
      ServerEvent.Signal read =
          assertInstanceOf(ServerEvent.Signal.class, ServerEventCodec.decode(push).get(0));
      assertTrue(read.body().containsKey("signalType"));
    }
  }

  @Test
  void noCredentialSurvivesRedaction() {
    Map<String, Long> tokens =
        FRAMES.stream()
            .filter(line -> line.fromClient() && line.text().startsWith("5"))
            .map(line -> ApiRequestCodec.decode((Frame.Event) FrameCodec.decode(line.text())))
            .collect(
                Collectors.groupingBy(
                    request -> String.valueOf(request.header("App-Token")), Collectors.counting()));
    assertFalse(tokens.isEmpty());
    String all = FRAMES.stream().map(Line::text).collect(Collectors.joining("\n"));
    String safe =
        FRAMES.stream().map(Line::text).map(Redaction::redact).collect(Collectors.joining("\n"));
    for (String token : tokens.keySet()) {
      assertTrue(all.contains(token));
      assertFalse(safe.contains(token));
    }
  }
}
