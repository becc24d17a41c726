package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port itself: TLS, endless bodies, and handshakes of every kind. */
class EdgeTest {
  private static RespokeService plain() {
    return RespokeService.start(ServiceOptions.builder().noRateLimit().build());
  }

  @Test
  void itServesTlsFromAKeyStore(@TempDir Path directory) throws Exception {
    Path store = KeyStores.make(directory.resolve("store.p12"), "localhost");
    ServiceOptions options =
        ServiceOptions.builder()
            .tlsKeyStore(store, KeyStores.PASSWORD)
            .adminUser("root", "secret word")
            .console(StaticPages.of(Map.of("index.html", new byte[] {'h', 'i'})))
            .build();
    try (RespokeService service = RespokeService.start(options)) {
      assertEquals("https", service.baseUrl().getScheme());
      SSLContext tls = KeyStores.trusting(store);
      var client = java.net.http.HttpClient.newBuilder().sslContext(tls).build();
      HttpResponse<String> health =
          client.send(
              java.net.http.HttpRequest.newBuilder(service.baseUrl().resolve("/health")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(java.net.http.HttpClient.Version.HTTP_1_1, health.version());
      assertEquals(200, health.statusCode());
      // Whichever version of HTTP they agree on, the console knows its own origin.
      for (var version : java.net.http.HttpClient.Version.values()) {
        HttpResponse<String> signedIn =
            client.send(
                java.net.http.HttpRequest.newBuilder(service.baseUrl().resolve("/console/session"))
                    .version(version)
                    .header("Origin", service.baseUrl().toString())
                    .header("Respoke-Console", "sign-in")
                    .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                            "{\"username\":\"root\",\"password\":\"secret word\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, signedIn.statusCode(), version + " " + signedIn.body());
        assertTrue(signedIn.headers().firstValue("Set-Cookie").orElseThrow().contains("Secure"));
      }
    }
  }

  @Test
  void anEndlessBodyIsAnsweredAndCutOff() throws Exception {
    try (RespokeService service = plain();
        Socket socket = new Socket("127.0.0.1", service.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[300 * 1024]);
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes(12);
      assertEquals("HTTP/1.1 413", new String(start, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void handshakesAreTakenByAnyVerbAndInEveryForm() {
    try (RespokeService service = plain()) {
      String token = RawClient.session(service, service.app(), "alice", null);
      String sid = "[A-Za-z0-9_-]{20}:60:60:websocket,x";
      for (String path : List.of("/socket.io/1/?app-token=", "/socket.io/1?x&&app-token=")) {
        for (String method : List.of("GET", "POST")) {
          HttpResponse<String> answer =
              RawClient.http(service.baseUrl(), method, path + token, null, "Origin", "null");
          assertEquals(200, answer.statusCode());
          assertTrue(answer.body().matches(sid), answer.body());
          assertEquals("null", answer.headers().firstValue("Access-Control-Allow-Origin").get());
          assertEquals(
              "true", answer.headers().firstValue("Access-Control-Allow-Credentials").get());
        }
      }
      HttpResponse<String> jsonp =
          RawClient.get(service.baseUrl(), "/socket.io/1/?jsonp=3&app-token=" + token);
      assertTrue(jsonp.body().matches("io\\.j\\[3\\]\\(\"" + sid + "\"\\);"), jsonp.body());
    }
  }

  @Test
  void aBadTokenIsRefusedWhereTheClientCanTakeIt() {
    try (RespokeService service = plain()) {
      HttpResponse<String> refused =
          RawClient.get(
              service.baseUrl(), "/socket.io/1/?app-token=BAD&Respoke-SDK=Respoke-iOS/1.4.0");
      assertEquals(403, refused.statusCode());
      HttpResponse<String> taken =
          RawClient.get(
              service.baseUrl(), "/socket.io/1/?app-token=BAD&Respoke-SDK=Respoke.js/2.2.0");
      assertEquals(200, taken.statusCode());
      String sid = taken.body().split(":")[0];
      try (RawClient client = RawClient.attach(service, sid, RawClient.BROWSER)) {
        client.expect("7:::2");
        client.awaitClosed();
      }
      try (RawClient again = RawClient.attach(service, sid, RawClient.BROWSER)) {
        again.expect("7:::1+0");
        again.awaitClosed();
      }
      HttpResponse<String> polling =
          RawClient.get(service.baseUrl(), "/socket.io/1/xhr-polling/" + sid + "?t=1");
      assertEquals("7:::1+0", polling.body());
    }
  }

  @Test
  void aForcedDisconnectEndsTheSession() {
    try (RespokeService service = plain();
        RawClient alice = RawClient.connect(service, "alice", RawClient.BROWSER)) {
      String session = RawClient.session(service, service.app(), "bob", null);
      String body = RawClient.get(service.baseUrl(), "/socket.io/1/?app-token=" + session).body();
      String sid = body.split(":")[0];
      RawClient bob = RawClient.attach(service, sid, RawClient.OTHER);
      bob.expect("1::");
      assertEquals(
          200,
          RawClient.get(service.baseUrl(), "/socket.io/1//" + sid + "/?disconnect=1").statusCode());
      bob.awaitClosed();
      assertTrue(alice.isOpen());
    }
  }

  @Test
  void garbageIsIgnoredAndTheSocketLives() {
    try (RespokeService service = plain();
        RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER)) {
      for (String garbage :
          List.of("", "x", "5", "5:::", "5:1+::{", "9::", "6:::1", "5:::{\"name\":1}", "2:::")) {
        alice.send(garbage);
      }
      alice.send("5:77+::{\"name\":\"get\",\"args\":[]}");
      assertEquals(400, alice.ack(77).status());
      alice.send("5:78+::{\"name\":\"dance\",\"args\":[]}");
      assertEquals(400, alice.ack(78).status());
      alice.send("5:0+::{\"name\":\"get\",\"args\":[{\"url\":\"https://x.example/v1/turn\"}]}");
      assertEquals(200, alice.ack(0).status());
      alice.send("3:5::hello");
      alice.expect("6:::5");
    }
  }
}
