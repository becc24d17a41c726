package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of a receiver that did not answer, with real sockets. */
class WebhookProblemsTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;
  private String app;

  @TempDir Path directory;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder().noRateLimit().clock(clock).privateWebhooks(true).build());
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

  private String send(String url) {
    ok("PUT", app + "/webhook", "{\"url\":\"" + url + "/hook?key=s3cret\",\"types\":[]}");
    return ok("POST", app + "/webhook/test", "").getString("id");
  }

  private String problem(String id) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    JsonObject delivery = ok("GET", app + "/webhook-deliveries/" + id, null);
    while (!delivery.containsKey("problem")) {
      String seen = delivery.toString();
      assertTrue(System.nanoTime() < deadline, () -> "still " + seen);
      delivery = ok("GET", app + "/webhook-deliveries/" + id, null);
    }
    String problem = delivery.getString("problem");
    assertFalse(problem.contains("s3cret") || problem.contains("Exception"), problem);
    return problem;
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String at(ServerSocket socket) {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Reads the head of a request. */
  private static void readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, "the request ended");
      head.append((char) next);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    String where;
    try (ServerSocket socket = listen()) {
      where = at(socket);
    }
    assertEquals(
        "could not connect to " + where + ": connection refused", problem(send("http://" + where)));
  }

  @Test
  void theNameIsUnknown() {
    assertEquals(
        "the host receiver.invalid is not known", problem(send("https://receiver.invalid")));
  }

  @Test
  void nothingIsAnswered() throws Exception {
    try (ServerSocket socket = listen()) {
      String id = send("http://" + at(socket));
      try (Socket connection = socket.accept()) {
        readHead(connection);
        clock.advance(Duration.ofSeconds(10));
        assertEquals("no answer within 10 seconds", problem(id));
      }
    }
  }

  @Test
  void theConnectionIsClosedWithoutAnAnswer() throws Exception {
    try (ServerSocket socket = listen()) {
      String id = send("http://" + at(socket));
      try (Socket connection = socket.accept()) {
        readHead(connection);
      }
      assertEquals(
          "the connection to " + at(socket) + " was closed without an answer", problem(id));
    }
  }

  @Test
  void theAnswerIsNonsense() throws Exception {
    try (ServerSocket socket = listen()) {
      String id = send("http://" + at(socket));
      try (Socket connection = socket.accept()) {
        readHead(connection);
        connection
            .getOutputStream()
            .write("SSH-2.0-hello there\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("the answer of " + at(socket) + " is not one of HTTP", problem(id));
      }
    }
  }

  @Test
  void theCertificateIsNotTrusted() throws Exception {
    Path store = directory.resolve("self-signed.p12");
    KeyStores.make(store, "self-signed");
    try (RespokeService other =
        RespokeService.start(
            ServiceOptions.builder().tlsKeyStore(store, KeyStores.PASSWORD).build())) {
      String where = "127.0.0.1:" + other.port();
      assertEquals(
          "TLS with " + where + ": the certificate is not trusted",
          problem(send("https://" + where)));
    }
  }

  @Test
  void theOtherSideDoesNotSpeakTls() throws Exception {
    try (ServerSocket socket = listen()) {
      String id = send("https://" + at(socket));
      try (Socket connection = socket.accept()) {
        connection
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("TLS with " + at(socket) + ": the other side does not speak TLS", problem(id));
      }
    }
  }

  @Test
  void theHandshakeIsBrokenOff() throws Exception {
    try (ServerSocket socket = listen()) {
      String id = send("https://" + at(socket));
      try (Socket connection = socket.accept()) {
        assertTrue(connection.getInputStream().read() >= 0);
      }
      assertEquals(
          "TLS with " + at(socket) + ": the connection was closed during the handshake",
          problem(id));
    }
  }
}
