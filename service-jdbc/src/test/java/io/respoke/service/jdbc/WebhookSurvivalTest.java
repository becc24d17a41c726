package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  private static void call(RespokeService service, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.baseUrl().resolve(path))
            .header("App-Secret", SECRET)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static List<Change> waiting(Storage storage) {
    return storage.load().stream().filter(Change.EventQueued.class::isInstance).toList();
  }

  @Test
  void whatWaitsIsSentAfterARestart() throws Exception {
    String first;
    try (Storage storage = open()) {
      try (RespokeService service = start(storage)) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        call(
            service,
            "PUT",
            "/v1/apps/app/webhook",
            "{\"url\":\"" + url + "\",\"types\":[\"message\"]}");
        call(
            service,
            "POST",
            "/v1/messages",
            "{\"to\":\"bob\",\"endpointId\":\"alice\",\"message\":\"kept\"}");
        first = bodies.poll(10, TimeUnit.SECONDS);
        assertNotNull(first);
      }
    }
    status = 200;
    bodies.clear();
    try (Storage storage = open()) {
      assertEquals(1, waiting(storage).size());
      try (RespokeService service = start(storage)) {
        assertEquals(first, bodies.poll(10, TimeUnit.SECONDS), "the same event, id included");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!waiting(storage).isEmpty()) {
          assertTrue(System.nanoTime() < deadline, "it was never settled");
        }
        assertTrue(service.port() > 0);
      }
    }
  }
}
