package io.respoke.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver behind the JDK's own server. */
class WebhookServerTest {
  private static final String SECRET = "whsec_server";

  private final List<WebhookEvent> events = new CopyOnWriteArrayList<>();
  private final WebhookReceiver receiver = WebhookReceiver.of(SECRET);
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/webhook",
        exchange -> {
          WebhookResult result =
              receiver.receive(
                  exchange.getRequestBody().readAllBytes(), exchange.getRequestHeaders()::getFirst);
          if (result instanceof WebhookResult.Accepted accepted) {
            events.add(accepted.event());
          }
          exchange.sendResponseHeaders(result.status(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int post(String body, String signature) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("respoke-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void everyResultHasItsStatus() throws Exception {
    String body = WebhookReceiverTest.joined("r1");
    long now = Instant.now().getEpochSecond();
    String signature =
        WebhookReceiverTest.signature(SECRET, now, body.getBytes(StandardCharsets.UTF_8));
    assertEquals(401, post(body.replace("r1", "r2"), signature));
    assertEquals(List.of(), events);
    assertEquals(200, post(body, signature));
    assertEquals(200, post(body, signature));
    assertEquals(1, events.size());
    assertInstanceOf(WebhookEvent.GroupJoined.class, events.get(0));
    String nonsense = "nonsense";
    assertEquals(
        400,
        post(
            nonsense,
            WebhookReceiverTest.signature(SECRET, now, nonsense.getBytes(StandardCharsets.UTF_8))));
  }
}
