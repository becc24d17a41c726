package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A webhook that takes nothing, until its outbox is full. */
@Tag("slow") // it fills a queue of thousands
class OutboxOverflowTest {
  /** Far more than fit: an outbox has 16 Mi characters. */
  private static final int MOST = 2_000;

  private static Map<String, Long> metrics(RespokeService service) {
    return RawClient.http(service.baseUrl(), "GET", "/metrics", null)
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(row -> row[0], row -> Long.parseLong(row[1])));
  }

  private static JsonObject call(RespokeService service, String method, String path, String body) {
    HttpResponse<String> answer =
        RawClient.http(service.baseUrl(), method, path, body, "App-Secret", service.app().secret());
    assertEquals(200, answer.statusCode(), answer.body());
    return Json.parseObject(answer.body());
  }

  private static void message(RespokeService service) {
    call(
        service,
        "POST",
        "/v1/messages",
        "{\"to\":\"b\",\"endpointId\":\"a\",\"message\":\"" + "x".repeat(19_000) + "\"}");
  }

  @Test
  void whatIsDroppedAndWhatWaitsIsInTheMetrics() throws Exception {
    try (Receiver receiver = new Receiver();
        RespokeService service =
            RespokeService.start(
                ServiceOptions.builder()
                    .noRateLimit()
                    .clock(new ManualServiceClock())
                    .privateWebhooks(true)
                    .openMetrics()
                    .build())) {
      receiver.hang(true);
      String hook = "/v1/apps/" + service.app().id() + "/webhook";
      call(service, "PUT", hook, "{\"url\":\"" + receiver.url("/") + "\",\"types\":[\"message\"]}");
      Map<String, Long> before = metrics(service);
      assertEquals(0, before.get("respoke_webhook_waiting"));
      assertEquals(0, before.get("respoke_webhook_dropped_total"));
      assertEquals(0, before.get("respoke_push_waiting"));
      assertEquals(0, before.get("respoke_push_dropped_total"));
      message(service);
      message(service);
      assertEquals(2, metrics(service).get("respoke_webhook_waiting"));
      int sent = 2;
      while (call(service, "GET", hook, null).getInt("dropped") == 0) {
        assertTrue(++sent < MOST, "it is never full");
        message(service);
      }
      message(service);
      message(service);
      Map<String, Long> full = metrics(service);
      assertEquals(3, full.get("respoke_webhook_dropped_total"));
      assertEquals(sent - 1, full.get("respoke_webhook_waiting"));
      assertEquals(3, call(service, "GET", hook, null).getInt("dropped"));
      receiver.hang(false);
      call(service, "DELETE", hook, null);
      Map<String, Long> removed = metrics(service);
      assertEquals(0, removed.get("respoke_webhook_waiting"));
      assertEquals(3, removed.get("respoke_webhook_dropped_total"), "a counter does not go back");
    }
  }
}
