package io.respoke.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {
  private static RequestRejectedException refusal(int status, String body) {
    return Refusal.of(
        "post /v1/messages",
        new ApiResponse(status, Map.of("Request-Id", "r-17"), Json.parse(body)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID, a parameter is missing or invalid",
    "401, NOT_AUTHENTICATED, not authenticated",
    "403, NOT_AUTHORIZED, not authorized",
    "404, NOT_FOUND, not found",
    "409, CONFLICT, wrong state",
    "429, RATE_LIMITED, too many requests",
    "503, MAINTENANCE, down for maintenance",
    "500, SERVER_ERROR, status 500",
    "502, SERVER_ERROR, status 502",
    "418, OTHER, status 418"
  })
  void everyStatusHasAReasonAndWords(int status, Reason reason, String words) {
    RequestRejectedException error = refusal(status, "{}");

    assertEquals(status, error.status());
    assertEquals(reason, error.reason());
    assertEquals(words, error.error());
    assertEquals(Optional.of("r-17"), error.requestId());
    assertEquals("post /v1/messages", error.request());
    assertEquals(
        "The service refused post /v1/messages: "
            + words
            + " (status "
            + status
            + ", Request-Id r-17)",
        error.getMessage());
  }

  static Stream<Arguments> specialRefusals() {
    return Stream.of(
        arguments(
            "{\"error\":\"x\",\"details\":{\"reason\":\"billing suspension\"}}",
            Reason.BILLING_SUSPENDED),
        arguments(
            "{\"error\":\"x\",\"details\":{\"message\":\"Account suspended\"}}",
            Reason.ACCOUNT_SUSPENDED),
        arguments("{\"error\":\"Connection limit exceeded\"}", Reason.CONNECTION_LIMIT),
        arguments("{\"error\":\"x\",\"details\":\"billing suspension\"}", Reason.NOT_AUTHENTICATED),
        arguments("[]", Reason.NOT_AUTHENTICATED));
  }

  @ParameterizedTest
  @MethodSource("specialRefusals")
  void theSpecialRefusalsOf401AreTold(String body, Reason reason) {
    assertEquals(reason, refusal(401, body).reason());
  }

  @Test
  void theServicesWordsAndDetailsAreKept() {
    assertEquals(
        "no (too bad)", refusal(400, "{\"error\":\"no\",\"details\":\"too bad\"}").error());
    assertEquals(
        "no ({\"ttl\":\"too long\"})",
        refusal(400, "{\"error\":\"no\",\"validationErrors\":{\"ttl\":\"too long\"}}").error());
  }

  @Test
  void longWordsAreShortenedAndSecretsAreTakenOut() {
    String error = refusal(400, "{\"error\":\"" + "x".repeat(5000) + "\"}").error();
    assertEquals(301, error.length());

    String secret = "3f6c1e9a-aaaa-bbbb-cccc-123456789abc";
    String words =
        refusal(400, "{\"error\":\"no\",\"details\":{\"App-Secret\":\"" + secret + "\"}}").error();
    assertFalse(words.contains(secret), words);
    assertTrue(words.startsWith("no ("), words);
  }

  @Test
  void anAnswerWithoutARequestIdIsRefusedAllTheSame() {
    RequestRejectedException error =
        Refusal.of("get /v1/apps", new ApiResponse(500, Map.of(), Json.parse("null")));

    assertEquals(Optional.empty(), error.requestId());
    assertTrue(error.getMessage().endsWith("(status 500)"), error.getMessage());
  }
}
