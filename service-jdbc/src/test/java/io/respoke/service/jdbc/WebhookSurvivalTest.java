package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that wait for a webhook outlive the service, in an H2 file. */
class WebhookSurvivalTest {
  private static final String SECRET = "0123456789abcdef";

  @TempDir Path directory;

  private final LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private volatile int status = 503;
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
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Storage open() {
    return JdbcStorage.open(JdbcOptions.directory(directory));
  }

  private static RespokeService start(Storage storage) {
    return RespokeService.start(
        ServiceOptions.builder()
            .noRateLimit()
            .privateWebhooks(true)
            .storage(storage)
            .app(AppOptions.builder().id("app").secret(SECRET).build())
            .build());
  }

  private static JsonObject call(RespokeService service, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.baseUrl().resolve(path))
            .header("App-Secret", SECRET)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return Json.parseObject(answer.body());
  }

  private static long count(Storage storage, Class<? extends Change> kind) {
    return storage.load().stream().filter(kind::isInstance).count();
  }

  /** How many wait: the others have ended. */
  private static long waiting(Storage storage) {
    return count(storage, Change.EventQueued.class) - count(storage, Change.EventFinished.class);
  }

  private String webhook() {
    return "{\"url\":\"http://127.0.0.1:"
        + server.getAddress().getPort()
        + "/hook\",\"types\":[\"message\"]}";
  }

  private static void message(RespokeService service, String text) throws Exception {
    call(
        service,
        "POST",
        "/v1/messages",
        "{\"to\":\"bob\",\"endpointId\":\"alice\",\"message\":\"" + text + "\"}");
  }

  private String next() throws InterruptedException {
    String body = bodies.poll(10, TimeUnit.SECONDS);
    assertNotNull(body);
    return body;
  }

  private static void await(Storage storage, long finished) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (count(storage, Change.EventFinished.class) != finished || waiting(storage) != 0) {
      assertTrue(System.nanoTime() < deadline, () -> "still " + storage.load());
    }
  }

  private static List<JsonObject> deliveries(RespokeService service) throws Exception {
    return call(service, "GET", "/v1/apps/app/webhook-deliveries", "")
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void whatWaitsIsSentAfterARestart() throws Exception {
    String first;
    try (Storage storage = open()) {
      try (RespokeService service = start(storage)) {
        call(service, "PUT", "/v1/apps/app/webhook", webhook());
        message(service, "kept");
        first = next();
      }
    }
    status = 200;
    bodies.clear();
    try (Storage storage = open()) {
      assertEquals(1, waiting(storage));
      try (RespokeService service = start(storage)) {
        assertEquals(first, next(), "the same event, id included");
        await(storage, 1);
        assertTrue(service.port() > 0);
      }
    }
  }

  @Test
  void whatHasEndedIsListedAndReplayedAfterARestart() throws Exception {
    String refused;
    List<JsonObject> before;
    try (Storage storage = open()) {
      try (RespokeService service = start(storage)) {
        call(service, "PUT", "/v1/apps/app/webhook", webhook());
        status = 422;
        message(service, "refused");
        refused = next();
        await(storage, 1);
        status = 200;
        message(service, "taken");
        next();
        await(storage, 2);
        before = deliveries(service);
      }
    }
    try (Storage storage = open();
        RespokeService service = start(storage)) {
      assertEquals(before, deliveries(service));
      JsonObject delivered = before.get(0);
      assertEquals("delivered", delivered.getString("status"));
      JsonObject dead = before.get(1);
      assertEquals("dead", dead.getString("status"));
      assertEquals("answered with 422", dead.getString("problem"));
      assertEquals(422, dead.getInt("responseStatus"));
      assertEquals(0, bodies.size(), "nothing is sent by itself");
      String path = "/v1/apps/app/webhook-deliveries/" + dead.getString("id");
      call(service, "POST", path + "/replay", "");
      assertEquals(refused, next());
      await(storage, 2);
    }
    try (Storage storage = open();
        RespokeService service = start(storage)) {
      JsonObject replayed = deliveries(service).get(0);
      assertEquals(before.get(1).getString("id"), replayed.getString("id"));
      assertEquals("delivered", replayed.getString("status"));
      assertEquals(2, replayed.getInt("attempts"));
      assertEquals(0, bodies.size());
    }
  }

  @Test
  void theNewestOfThemAreKept() throws Exception {
    int kept = 1_000;
    try (Storage storage = open()) {
      start(storage).close();
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < kept + 5; i++) {
        changes.add(new Change.EventQueued("app", "E" + i, "message", "k", "{}", i));
        changes.add(new Change.EventFinished("app", "E" + i, true, 1, i, 200, 0, null));
      }
      storage.store(changes).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    try (Storage storage = open()) {
      try (RespokeService service = start(storage)) {
        JsonObject list = call(service, "GET", "/v1/apps/app/webhook-deliveries?limit=1", "");
        assertEquals(kept, list.getInt("total"));
        assertEquals("E" + (kept + 4), list.getJsonArray("items").getJsonObject(0).getString("id"));
      }
      assertEquals(kept, count(storage, Change.EventQueued.class));
      assertEquals(kept, count(storage, Change.EventFinished.class));
    }
  }
}
