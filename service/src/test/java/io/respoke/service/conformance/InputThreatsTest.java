package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is too large, too deep, or points elsewhere. */
class InputThreatsTest extends Conformance {
  @Override
  ServiceOptions.Builder startOptions() {
    return ServiceOptions.builder()
        .app(app().permittedDomains(List.of("example.com")).build())
        .noRateLimit()
        .clock(clock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void depthIsRefusedOnBothChannels(String level) {
    String deep = level.repeat(20_000 / level.length());
    refused(400, http("POST", "/v1/tokens", "{\"a\":" + deep, "Content-Type", "application/json"));

    RawClient alice = browser("alice");
    alice.send(
        "5:9+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/tokens\",\"data\":{\"a\":" + deep);
    alice.send("5:10+::{\"name\":\"post\",\"args\":" + deep);
    alice.send("4:::" + deep);
    assertEquals(200, alice.request("get", "/v1/turn", null).status());
  }

  @Test
  void aFrameThatIsFarTooLargeEndsItsSocketAndNoOther() {
    RawClient bob = browser("bob");
    RawClient alice = browser("alice");

    alice.send("3:::" + "x".repeat(300 * 1024));

    assertEquals(1009, alice.awaitClosed().code());
    RawSocket fragments = rawSocket(MODERN + "app-token=" + session("carol"));
    fragments.sendFragmented(List.of("3:::", "x".repeat(200 * 1024), "x".repeat(100 * 1024)));
    assertEquals(1009, fragments.awaitClose());
    assertEquals(200, bob.request("get", "/v1/turn", null).status());
  }

  @Test
  void headersHaveALimit() {
    RawSocket.Answer answer =
        raw().http("GET", "/health", Map.of("X-Large", "x".repeat(20_000)), "");
    assertEquals(431, answer.status(), answer.head());
    RawSocket.Answer line = raw().http("GET", "/v1/" + "x".repeat(20_000), Map.of(), "");
    assertEquals(414, line.status(), line.head());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/../v1/apps",
        "/v1/..%2fapps",
        "/v1//apps",
        "/%76%31/apps",
        "//v1/apps",
        "/v1/apps/..",
        "/v1/apps%00",
        "/v1\\apps",
        "/console/../v1/apps",
        "/console/..%2f..%2fetc/passwd",
        "/health/../v1/apps"
      })
  void pathsAreTakenAsTheyAre(String path) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      RawSocket.Answer answer = raw().http(method, path, Map.of("App-Secret", SECRET), "");
      assertTrue(answer.status() >= 400 && answer.status() < 500, () -> method + answer.head());
      assertFalse(answer.body().contains(SECRET), answer.body());
      assertFalse(answer.body().contains("root:"), answer.body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, 200",
    "https://app.example.com, 200",
    "https://example.com.evil.example, 403",
    "https://notexample.com, 403",
    "https://evil.example/?example.com, 403",
    "https://example.com@evil.example, 403",
    "null, 403",
    "file://, 403"
  })
  void pagesOfOtherDomainsGetNoSocket(String origin, int status) {
    HttpResponse<String> answer =
        http(
            "GET",
            "/socket.io/1/?" + MODERN + "app-token=" + session("alice"),
            null,
            "Origin",
            origin);
    assertEquals(status, answer.statusCode(), answer.body());
  }

  @Test
  void aSocketOpenedByOnePageIsNotTakenOverByAnother() {
    String sid = sid(MODERN + "app-token=" + session("alice"));
    RawSocket first = raw();
    assertEquals(101, first.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());
    assertEquals("1::", first.text());

    RawSocket second = raw();
    assertEquals(101, second.upgrade("/socket.io/1/websocket/" + sid, Map.of()).status());

    assertEquals("7:::1+0", second.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example\u000bX-Evil: 1", "https://a.example\tX: 1", "\u0000"})
  void anOddOriginIsNotEchoed(String origin) {
    RawSocket.Answer answer = raw().http("GET", "/v1/turn", Map.of("Origin", origin), "");
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer.head());
    assertFalse(answer.headers().containsKey("x-evil"), answer.head());
  }
}
