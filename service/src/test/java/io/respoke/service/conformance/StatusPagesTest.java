package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Health and metrics. */
class StatusPagesTest extends Conformance {
  private static Map<String, Long> metrics(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(row -> row[0], row -> Long.parseLong(row[1])));
  }

  @Test
  void itIsAliveAndReady() {
    for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
      HttpResponse<String> answer = http("GET", path, null);
      assertEquals(200, answer.statusCode());
      assertEquals("ok", object(answer).getString("status"));
    }
  }

  @Test
  void metricsAreShownToNobodyUnlessAsked() {
    assertEquals(404, http("GET", "/metrics", null).statusCode());

    restart(options().metrics("let me see"));
    assertEquals(401, http("GET", "/metrics", null).statusCode());
    assertEquals(401, http("GET", "/metrics", null, "Authorization", "Bearer x").statusCode());
    assertEquals(
        200, http("GET", "/metrics", null, "Authorization", "Bearer let me see").statusCode());
  }

  @Test
  void metricsCountWhatHappens() {
    restart(options().openMetrics());
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    ok(alice, "post", "/v1/messages", "{\"to\":\"bob\",\"message\":\"x\"}");
    assertEquals("x", bob.event("message").getString("body"));
    refused(403, alice.request("get", "/v1/apps", null));

    HttpResponse<String> answer = http("GET", "/metrics", null);

    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElse(""));
    Map<String, Long> shown = metrics(answer.body());
    assertEquals(2, shown.get("respoke_sockets"));
    assertEquals(2, shown.get("respoke_connections"));
    assertEquals(2, shown.get("respoke_sessions"));
    assertEquals(0, shown.get("respoke_calls"));
    assertEquals(0, shown.get("respoke_push_unanswered_total"));
    assertEquals(1, shown.get("respoke_messages_total"));
    assertEquals(1, shown.get("respoke_errors_total"));
    assertTrue(shown.get("respoke_requests_total") >= 8, shown::toString);
    shown.forEach(
        (name, value) -> {
          String type = name.endsWith("_total") ? "counter" : "gauge";
          assertTrue(answer.body().contains("# TYPE " + name + " " + type + "\n"), name);
        });
  }
}
