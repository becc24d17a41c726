package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.ManualServiceClock;
import io.respoke.service.PushNotification;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app's server was asked about push notifications outlives the service, in an H2 file. */
@Tag("slow")
class PushSurvivalTest {
  private static final String SECRET = "0123456789abcdef";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private final LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<PushNotification> sent = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try (Storage storage = open()) {
      try (RespokeService service = start(storage, START)) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        ok(
            call(
                service,
                "PUT",
                "/v1/apps/app/webhook",
                "{'url':'" + url + "','types':['pushEvent']}"));
        ok(
            call(
                service,
                "PUT",
                "/v1/apps/app/push",
                "{'message':{'enable':true,'sound':'ping','sendPushEvent':true}}"));
      }
      storage
          .store(List.of(new Change.DeviceStored("app", "push_1", "bob", "google", "device-token")))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Storage open() {
    return JdbcStorage.open(JdbcOptions.directory(directory));
  }

  private RespokeService start(Storage storage, Instant at) {
    return RespokeService.start(
        ServiceOptions.builder()
            .noRateLimit()
            .clock(new ManualServiceClock(at))
            .privateWebhooks(true)
            .openMetrics()
            .pushSender(sent::add)
            .storage(storage)
            .app(AppOptions.builder().id("app").secret(SECRET).build())
            .build());
  }

  private static HttpResponse<String> call(
      RespokeService service, String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.baseUrl().resolve(path))
            .header("App-Secret", SECRET)
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static void message(RespokeService service) throws Exception {
    ok(
        call(
            service,
            "POST",
            "/v1/messages",
            "{'to':'bob','endpointId':'alice','message':'hi','push':true}"));
  }

  private JsonObject next() throws InterruptedException {
    String body = bodies.poll(10, TimeUnit.SECONDS);
    assertNotNull(body);
    return Json.parseObject(body);
  }

  private static String path(JsonObject event) {
    return "/v1/push-notification/" + event.getString("pushNotificationId");
  }

  private static long kept(Storage storage, Class<? extends Change> kind) {
    return storage.load().stream().filter(kind::isInstance).count();
  }

  private static void await(Storage storage, Class<? extends Change> kind, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (kept(storage, kind) != count) {
      assertTrue(System.nanoTime() < deadline, () -> "still " + storage.load());
    }
  }

  private void notified(RespokeService service, JsonObject event) throws Exception {
    ok(call(service, "POST", path(event), "{'pushText':'changed'}"));
    PushNotification notification = sent.poll(10, TimeUnit.SECONDS);
    assertNotNull(notification);
    assertEquals("changed", notification.text());
    assertEquals("ping", notification.sound());
    assertEquals("device-token", notification.deviceToken());
    assertEquals(404, call(service, "POST", path(event), "{'pushText':'x'}").statusCode());
    assertEquals(0, sent.size());
  }

  @Test
  void aServerThatWasNotReachedIsAskedAgain() throws Exception {
    status = 503;
    JsonObject first;
    try (Storage storage = open();
        RespokeService service = start(storage, START)) {
      message(service);
      first = next();
    }
    status = 200;
    bodies.clear();
    try (Storage storage = open();
        RespokeService service = start(storage, START.plusSeconds(60))) {
      assertEquals(first, next());
      notified(service, first);
      await(storage, Change.PushAsked.class, 0);
    }
    try (Storage storage = open();
        RespokeService service = start(storage, START.plusSeconds(120))) {
      assertEquals(404, call(service, "POST", path(first), "{'pushText':'x'}").statusCode());
    }
  }

  @Test
  void aServerThatWasAskedBeforeMayAnswerAfterARestart() throws Exception {
    JsonObject event;
    try (Storage storage = open();
        RespokeService service = start(storage, START)) {
      message(service);
      event = next();
      await(storage, Change.EventFinished.class, 1);
    }
    bodies.clear();
    try (Storage storage = open();
        RespokeService service = start(storage, START.plusSeconds(599))) {
      notified(service, event);
      assertEquals(0, bodies.size(), "it was not asked again");
    }
  }

  @Test
  void whatWasNotAnsweredInTimeEndsAndIsCounted() throws Exception {
    JsonObject event;
    try (Storage storage = open();
        RespokeService service = start(storage, START)) {
      message(service);
      event = next();
      await(storage, Change.EventFinished.class, 1);
      await(storage, Change.PushAsked.class, 1);
    }
    Instant later = START.plus(Duration.ofMinutes(10));
    try (Storage storage = open();
        RespokeService service = start(storage, later)) {
      await(storage, Change.PushAsked.class, 0);
      assertEquals(404, call(service, "POST", path(event), "{'pushText':'late'}").statusCode());
      String metrics = call(service, "GET", "/metrics", "").body();
      assertTrue(metrics.contains("\nrespoke_push_unanswered_total 1\n"), metrics);
    }
    assertEquals(0, sent.size());
  }
}
