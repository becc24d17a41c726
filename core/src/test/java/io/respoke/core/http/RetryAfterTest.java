package io.respoke.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.ApiResponse;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static Duration after(Map<String, String> headers) {
    return RetryAfter.of(new ApiResponse(429, headers, JsonValue.EMPTY_JSON_OBJECT));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 100",
    "1, 1000",
    "4, 250",
    "1000, 100",
    "0, 1000",
    "-5, 1000",
    "x, 1000",
    "2.5, 1000",
    "'', 1000",
    "99999999999999999999, 1000"
  })
  void theWaitIsTheTimeInWhichOneMoreRequestBecomesFree(String limit, long millis) {
    assertEquals(Duration.ofMillis(millis), after(Map.of("RateLimit-Limit", limit)));
  }

  @Test
  void withoutHeadersTheWaitIsASecond() {
    assertEquals(Duration.ofSeconds(1), after(Map.of()));
  }

  @Test
  void headersAreFoundWhateverTheirCase() {
    assertEquals(Duration.ofMillis(200), after(Map.of("ratelimit-limit", "5")));
  }
}
