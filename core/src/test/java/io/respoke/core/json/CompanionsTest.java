package io.respoke.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.respoke.protocol.Json;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanionsTest {
  private static final Map<String, String> TRACE = Map.of("traceparent", "00-1-2-01");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      textBlock =
          """
          ~{"a":1}~,           ~{"a":1,"traceparent":"00-1-2-01"}~
          {},                  ~{"traceparent":"00-1-2-01"}~
          {"traceparent":7},   {"traceparent":7}
          "text",              "text"
          [1],                 [1]
          7,                   7
          null,                null
          """)
  void onlyObjectsGetThemAndKeepWhatTheyHave(String message, String sent) {
    assertEquals(sent, Companions.ofMessage(Json.parse(message), TRACE).toString());
    assertEquals(
        sent, Objects.requireNonNull(Companions.ofMetadata(Json.parse(message), TRACE)).toString());
  }

  @Test
  void metadataThatIsNotThereIsMadeForThemOnly() {
    assertEquals(
        "{\"traceparent\":\"00-1-2-01\"}", String.valueOf(Companions.ofMetadata(null, TRACE)));
    assertNull(Companions.ofMetadata(null, Map.of()));
    JsonValue message = Json.object().add("a", 1).build();
    assertSame(message, Companions.ofMessage(message, Map.of()));
  }
}
