package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.protocol.ApiResponseCodec.AckForm;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiResponseCodecTest {
  private static ApiResponse decode(String args) {
    return ApiResponseCodec.decode(new Frame.Ack("", 1, Json.parseArray(args)));
  }

  @Test
  void writesTheWrappedForm() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Request-Id", "D0000000");
    headers.put("RateLimit-Limit", "10");
    headers.put("RateLimit-Time-Units", "seconds");
    headers.put("RateLimit-Remaining", "0");
    headers.put("Odd", "007");
    headers.put("Long", "1234567890");
    ApiResponse response =
        new ApiResponse(200, headers, Json.parseObject("{\"message\":\"Success\"}"));
    assertEquals(
        "6:::2+[{\"body\":{\"message\":\"Success\"},\"headers\":{\"Request-Id\":\"D0000000\","
            + "\"RateLimit-Limit\":10,\"RateLimit-Time-Units\":\"seconds\",\"RateLimit-Remaining\":0,"
            + "\"Odd\":\"007\",\"Long\":\"1234567890\"},\"statusCode\":200}]",
        FrameCodec.encode(ApiResponseCodec.encode(response, 2, AckForm.WRAPPED)));
  }

  @Test
  void writesTheBareFormAsText() {
    ApiResponse response =
        new ApiResponse(400, Map.of("Request-Id", "x"), Json.parseObject("{\"error\":\"é\"}"));
    assertEquals(
        "6:::0+[\"{\\\"error\\\":\\\"\\\\u00e9\\\"}\"]",
        FrameCodec.encode(ApiResponseCodec.encode(response, 0, AckForm.BARE)));
  }

  @Test
  void readsTheWrappedFormOfTheHostedService() {
    ApiResponse response =
        decode(
            "[{\"body\":{\"error\":\"Validation Error.\",\"validationErrors\":{\"to\":[\"to is a missing"
                + " required parameter.\"]}},\"headers\":{\"Request-Id\":\"5bce7c0a\","
                + "\"RateLimit-Limit\":10,\"RateLimit-Time-Units\":\"seconds\",\"Null\":null},"
                + "\"statusCode\":400}]");
    assertEquals(400, response.status());
    assertEquals("Validation Error.", response.error());
    assertEquals("5bce7c0a", response.header("request-id"));
    assertEquals("10", response.header(Wire.RATE_LIMIT));
    assertNull(response.header("Null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"{\\\"id\\\":\\\"B1\\\"}\"] | {\"id\":\"B1\"}",
        "[{\"id\":\"B1\"}] | {\"id\":\"B1\"}",
        "[[1]] | [1]",
        "[\"null\"] | null",
        "[] | null",
        "[null] | null",
        "[\"plain text\"] | \"plain text\"",
        "[\"\"] | \"\"",
        "[{\"statusCode\":200}] | null",
        "[{\"statusCode\":200,\"body\":null}] | null",
        "[{\"statusCode\":200,\"body\":\"{\\\"a\\\":1}\"}] | {\"a\":1}",
        "[{\"statusCode\":200,\"body\":\"broken {\"}] | \"broken {\"",
        "[{\"statusCode\":200,\"body\":[]},\"ignored\"] | []"
      })
  void readsEveryBodyOfEitherForm(String args, String body) {
    ApiResponse response = decode(args);
    assertEquals(200, response.status());
    assertEquals(Json.parse(body), response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "200, 200",
    "429, 429",
    "100, 100",
    "999, 999",
    "99, 200",
    "1000, 200",
    "-1, 200",
    "1e99, 200",
    "404.0, 404"
  })
  void readsTheStatusLeniently(String written, int status) {
    assertEquals(status, decode("[{\"statusCode\":" + written + ",\"body\":{}}]").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "{\"error\":\"x\"} | x",
        "{\"error\":{\"a\":1}} | {\"a\":1}",
        "{\"error\":[\"x\"]} | [\"x\"]",
        "{\"error\":true} | true",
        "{\"error\":null} | none",
        "{\"error\":false} | none",
        "{\"error\":\"\"} | none",
        "{} | none",
        "[] | none",
        "null | none"
      })
  void findsTheErrorText(String body, String error) {
    assertEquals(error, new ApiResponse(200, Map.of(), Json.parse(body)).error());
  }

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "204, false",
    "205, false",
    "302, false",
    "399, false",
    "400, true",
    "401, true",
    "418, false",
    "429, true",
    "500, true",
    "503, true"
  })
  void tellsFailureByStatus(int status, boolean failed) {
    ApiResponse response = new ApiResponse(status, Map.of(), JsonValue.EMPTY_JSON_OBJECT);
    assertEquals(failed, response.failed());
  }

  @Test
  void tellsFailureByErrorWhateverTheStatus() {
    ApiResponse response = new ApiResponse(200, Map.of(), Json.parse("{\"error\":\"no\"}"));
    assertEquals(true, response.failed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"a\":[1,2,{\"b\":null}]}", "[\"x\"]"})
  void readsWhatItWrites(String body) {
    ApiResponse response =
        new ApiResponse(200, Map.of("Request-Id", "R", "RateLimit-Limit", "10"), Json.parse(body));
    assertEquals(
        response, ApiResponseCodec.decode(ApiResponseCodec.encode(response, 3, AckForm.WRAPPED)));
    assertEquals(
        new ApiResponse(200, Map.of(), Json.parse(body)),
        ApiResponseCodec.decode(ApiResponseCodec.encode(response, 3, AckForm.BARE)));
  }

  @Test
  void headersAreACopyThatCannotBeChanged() {
    Map<String, String> headers = new LinkedHashMap<>(Map.of("a", "b"));
    ApiResponse response = new ApiResponse(200, headers, JsonValue.EMPTY_JSON_OBJECT);
    headers.put("c", "d");
    assertNull(response.header("c"));
    assertThrows(UnsupportedOperationException.class, () -> response.headers().put("e", "f"));
  }

  @Test
  void saysNothingOfTheBodyInToString() {
    ApiResponse response = new ApiResponse(200, Map.of(), Json.parse("{\"token\":\"T0P\"}"));
    assertFalse(response.toString().contains("T0P"));
  }
}
