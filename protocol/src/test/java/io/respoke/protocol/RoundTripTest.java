package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** What is written can be read, and means the same. */
@Tag("once")
class RoundTripTest {
  private static final JsonReaderFactory PROVIDER =
      JsonProvider.provider().createReaderFactory(Map.of());

  @Provide
  Arbitrary<JsonValue> json() {
    return Values.json();
  }

  @Provide
  Arbitrary<Frame> frames() {
    return Values.frames();
  }

  @Provide
  Arbitrary<ServerEvent> events() {
    return Values.events();
  }

  @Provide
  Arbitrary<Signal> signals() {
    return Values.signals();
  }

  @Provide
  Arbitrary<ApiRequest> requests() {
    return Values.requests();
  }

  @Provide
  Arbitrary<ApiResponse> responses() {
    return Values.responses();
  }

  @Property
  void jsonIsReadAsItWasWrittenAndIsAscii(@ForAll("json") JsonValue value) {
    String text = Json.write(value);
    assertEquals(value, Json.parse(text));
    assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7f));
  }

  @Property
  void theProviderReadsTheSameJson(@ForAll("json") JsonValue value) {
    String text = Json.write(value);
    try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
      assertEquals(reader.readValue(), Json.parse(text));
    }
    assertEquals(value, Json.parse(value.toString()));
  }

  @Property
  void noPieceOfJsonIsJson(@ForAll("json") JsonValue value, @ForAll @IntRange(min = 1) int cut) {
    String text = Json.write(Json.array().add(value).build());
    String piece = text.substring(0, cut % text.length());
    assertThrows(MalformedJsonException.class, () -> Json.parse(piece));
    assertThrows(MalformedJsonException.class, () -> Json.parse(text + text));
  }

  @Property
  void frames(@ForAll("frames") Frame frame) {
    assertEquals(frame, FrameCodec.decode(FrameCodec.encode(frame)));
  }

  @Property
  void events(@ForAll("events") ServerEvent event) {
    assertEquals(List.of(event), ServerEventCodec.decode(sent(ServerEventCodec.encode(event))));
  }

  @Property
  void signals(@ForAll("signals") Signal signal) {
    assertEquals(
        signal, SignalCodec.decode(Json.parseObject(Json.write(SignalCodec.encode(signal)))));
  }

  @Property
  void requests(@ForAll("requests") ApiRequest request, @ForAll ArgumentForm form) {
    assertEquals(request, ApiRequestCodec.decode(sent(ApiRequestCodec.encode(request, 1, form))));
  }

  @Property
  void answers(@ForAll("responses") ApiResponse response) {
    Frame wrapped = sent(ApiResponseCodec.encode(response, 1, AckForm.WRAPPED));
    assertEquals(response, ApiResponseCodec.decode((Frame.Ack) wrapped));
    Frame bare = sent(ApiResponseCodec.encode(response, 1, AckForm.BARE));
    assertEquals(
        new ApiResponse(200, Map.of(), response.body()), ApiResponseCodec.decode((Frame.Ack) bare));
  }

  @Property
  void pathSegments(@ForAll String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        new String(bytes, StandardCharsets.UTF_8),
        URLDecoder.decode(Paths.encode(id), StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked")
  private static <F extends Frame> F sent(F frame) {
    return (F) FrameCodec.decode(FrameCodec.encode(frame));
  }
}
