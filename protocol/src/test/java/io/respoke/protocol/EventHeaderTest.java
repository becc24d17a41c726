package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class EventHeaderTest {
  private static final EventHeader FULL =
      new EventHeader("signal", "a", "A", "web", "b", "B", "did", "c", "g", 7L, "R");

  @Test
  void writesEveryComponentAndReadsItBack() {
    assertEquals(
        "{\"type\":\"signal\",\"from\":\"a\",\"fromConnection\":\"A\",\"fromType\":\"web\","
            + "\"to\":\"b\",\"toConnection\":\"B\",\"toType\":\"did\",\"toOriginal\":\"c\","
            + "\"channel\":\"g\",\"timestamp\":7,\"requestId\":\"R\"}",
        Json.write(FULL.toJson()));
    assertEquals(FULL, EventHeader.of(FULL.toJson()));
  }

  @Test
  void leavesOutWhatIsAbsentInsteadOfWritingNull() {
    EventHeader empty =
        new EventHeader(null, null, null, null, null, null, null, null, null, null, null);
    assertEquals(JsonValue.EMPTY_JSON_OBJECT, empty.toJson());
    assertEquals(
        "{\"type\":\"message\",\"from\":\"a\",\"fromConnection\":\"A\"}",
        Json.write(EventHeader.from("message", "a", "A").toJson()));
  }

  @Test
  void takesNullsAndOddValuesForAbsent() {
    EventHeader header =
        EventHeader.of(
            Json.parseObject(
                "{\"type\":null,\"from\":{},\"fromConnection\":[],\"timestamp\":\"soon\","
                    + "\"to\":5,\"unknown\":1}"));
    assertEquals(
        new EventHeader(null, null, null, null, "5", null, null, null, null, null, null), header);
  }

  @Test
  void copiesDifferInWhatWasSetAlone() {
    EventHeader header =
        EventHeader.from("signal", "a", "A")
            .withTypes("web", "did")
            .withTo("b", "B")
            .withToOriginal("c")
            .withChannel("g")
            .at(7, "R");
    assertEquals(FULL, header);
  }
}
