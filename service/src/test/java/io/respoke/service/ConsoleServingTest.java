package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a console, as they are served. */
class ConsoleServingTest {
  private static final String SCRIPT = "console.log('long enough to be packed');\n".repeat(50);

  private RespokeService service;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .console(
                    StaticPages.of(
                        Map.of(
                            "index.html", "<!doctype html>hello".getBytes(StandardCharsets.UTF_8),
                            "assets/main-1a2b.js", SCRIPT.getBytes(StandardCharsets.UTF_8))))
                .build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return RawClient.get(service.baseUrl(), path, headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void theFolderIsTheIndex() {
    HttpResponse<String> page = get("/console/");
    assertEquals(200, page.statusCode());
    assertEquals("<!doctype html>hello", page.body());
    assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
    assertEquals("no-cache", header(page, "Cache-Control"));
    HttpResponse<String> bare = get("/console");
    assertEquals(308, bare.statusCode());
    assertEquals("/console/", header(bare, "Location"));
  }

  @Test
  void filesWithAVersionAreKeptForEver() {
    HttpResponse<String> script = get("/console/assets/main-1a2b.js");
    assertEquals(SCRIPT, script.body());
    assertEquals("text/javascript; charset=utf-8", header(script, "Content-Type"));
    assertEquals("public, max-age=31536000, immutable", header(script, "Cache-Control"));
    HttpResponse<String> packed =
        get("/console/assets/main-1a2b.js", "Accept-Encoding", "br, gzip");
    assertEquals("gzip", header(packed, "Content-Encoding"));
    assertTrue(Integer.parseInt(header(packed, "Content-Length")) < SCRIPT.length());
  }

  @Test
  void whatIsKnownIsNotSentAgain() {
    String tag = header(get("/console/"), "ETag");
    HttpResponse<String> again = get("/console/", "If-None-Match", "W/\"x\", " + tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(200, get("/console/", "If-None-Match", "\"other\"").statusCode());
    assertNotEquals(tag, header(get("/console/assets/main-1a2b.js"), "ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/nothing",
        "/console/v1/apps",
        "/console/session",
        "/console"
      })
  void everyAnswerIsGuarded(String path) {
    HttpResponse<String> answer = get(path, "Origin", "https://evil.example");
    assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'self';"), path);
    assertTrue(header(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"), path);
    assertEquals("DENY", header(answer, "X-Frame-Options"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    assertEquals("", header(answer, "Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/../health",
        "/console/assets/../index.html",
        "/console/%2e%2e/health",
        "/console/assets%2fmain-1a2b.js",
        "/console//etc/passwd",
        "/console/assets/",
        "/console/assets\\main-1a2b.js",
        "/console/index.html%00.js",
        "/console/INDEX.HTML"
      })
  void pathsAreNotPlayedWith(String path) throws IOException {
    // Over a bare socket: clients would tidy the path up.
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
    }
  }

  @Test
  void filesAreOnlyRead() {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      HttpResponse<String> refused =
          RawClient.http(service.baseUrl(), method, "/console/index.html", "x");
      assertEquals(405, refused.statusCode());
      assertEquals("GET, HEAD", header(refused, "Allow"));
    }
    HttpResponse<String> head = RawClient.http(service.baseUrl(), "HEAD", "/console/", null);
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertFalse(header(head, "ETag").isEmpty());
  }

  @Test
  void withoutPagesThereIsNoConsole() {
    try (RespokeService plain = RespokeService.start(ServiceOptions.defaults())) {
      assertEquals(404, RawClient.get(plain.baseUrl(), "/console/").statusCode());
      assertEquals(404, RawClient.get(plain.baseUrl(), "/console/session").statusCode());
    }
  }

  @Test
  void pagesHaveAnIndexAndPlainNames() {
    byte[] any = {1};
    assertThrows(IllegalArgumentException.class, () -> StaticPages.of(Map.of("a.js", any)));
    assertThrows(
        IllegalArgumentException.class,
        () -> StaticPages.of(Map.of("index.html", any, "../a.js", any)));
  }
}
