package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers and gateways whose answers never end: they hold nothing beyond the deadline. */
@Tag("slow") // it waits for real deadlines
class TricklingReceiverTest {
  private static final int SHORT_MILLIS = 3_000;
  private static final Duration SHORT = Duration.ofMillis(SHORT_MILLIS);

  /** What the buffers of both sides' sockets may take, and no answer that is read would. */
  private static final long BUFFERS = 32L * 1024 * 1024;

  private RespokeService service;
  private String app;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .privateWebhooks(true)
                .webhookTimeout(SHORT)
                .build());
    app = "/v1/apps/" + service.app().id();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonObject ok(String method, String path, String body) {
    HttpResponse<String> response =
        RawClient.http(service.baseUrl(), method, path, body, "App-Secret", service.app().secret());
    assertEquals(200, response.statusCode(), response.body());
    return Json.parseObject(response.body());
  }

  /** The delivery when its first attempt has ended. */
  private JsonObject attempted(String url) {
    ok("PUT", app + "/webhook", "{\"url\":\"" + url + "\",\"types\":[]}");
    String id = ok("POST", app + "/webhook/test", "").getString("id");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    JsonObject delivery = ok("GET", app + "/webhook-deliveries/" + id, null);
    while (!delivery.containsKey("durationMillis")) {
      String seen = delivery.toString();
      assertTrue(System.nanoTime() < deadline, () -> "still " + seen);
      delivery = ok("GET", app + "/webhook-deliveries/" + id, null);
    }
    return delivery;
  }

  @ParameterizedTest
  @EnumSource
  void aDeliveryEndsAtItsDeadlineAndClosesItsConnection(TricklingServer.Kind kind)
      throws Exception {
    try (TricklingServer server = new TricklingServer(kind)) {
      JsonObject delivery = attempted(server.url());
      long written = server.awaitClosed();
      assertTrue(written < BUFFERS, () -> "it took " + written);
      switch (kind) {
        case SLOW_BODY, ENDLESS_BODY -> assertEquals("delivered", delivery.getString("status"));
        case ENDLESS_HEADERS ->
            assertEquals(
                "the head of the answer of " + server.where() + " is too long",
                delivery.getString("problem"));
        case SLOW_STATUS, SLOW_HEAD, ENDLESS_INTERIM ->
            assertEquals("no answer within 3 seconds", delivery.getString("problem"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNotificationEndsAtItsDeadlineAndClosesItsConnection(TricklingServer.Kind kind)
      throws Exception {
    PushNotification notification =
        new PushNotification("app", "bob", "apple", "device-token", "hi", false, 2, "", "");
    try (TricklingServer server = new TricklingServer(kind)) {
      PushSender sender =
          new HttpPushSender(URI.create(server.url()), "Bearer s3cret", SHORT_MILLIS);
      switch (kind) {
        // The status says that it is taken.
        case SLOW_HEAD, ENDLESS_HEADERS, SLOW_BODY, ENDLESS_BODY -> sender.send(notification);
        case SLOW_STATUS, ENDLESS_INTERIM ->
            assertEquals(
                "the push gateway did not answer within 3000 ms",
                assertThrows(IOException.class, () -> sender.send(notification)).getMessage());
      }
      long written = server.awaitClosed();
      assertTrue(written < BUFFERS, () -> "it took " + written);
    }
  }

  @Test
  void aGatewayThatIsNotThereIsNamedInWords() throws Exception {
    String where;
    TricklingServer server = new TricklingServer(TricklingServer.Kind.SLOW_BODY);
    where = server.where();
    server.close();
    PushSender sender =
        new HttpPushSender(
            URI.create("http://" + where + "/?key=s3cret"), "Bearer s3cret", SHORT_MILLIS);
    PushNotification notification =
        new PushNotification("app", "bob", "apple", "device-token", "hi", false, 2, "", "");
    assertEquals(
        "the push gateway did not answer: could not connect to " + where + ": connection refused",
        assertThrows(IOException.class, () -> sender.send(notification)).getMessage());
  }
}
