package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway gets, and how often. */
class HttpPushSenderTest {
  private static final PushNotification NOTIFICATION =
      new PushNotification("app", "bob", "apple", "device-token", "hi", false, 2, "", "");

  private static String failure(ClosingServer gateway) {
    return failure(gateway.url());
  }

  private static String failure(URI gateway) {
    PushSender sender = PushSender.http(gateway, "Bearer s3cret");
    return assertThrows(IOException.class, () -> sender.send(NOTIFICATION)).getMessage();
  }

  @Test
  void whatGotNoAnswerIsNotPostedAgain() throws Exception {
    try (ClosingServer gateway = new ClosingServer("")) {
      assertEquals(
          "the push gateway did not answer: the connection to "
              + gateway.where()
              + " was closed without an answer",
          failure(gateway));
      assertEquals(1, gateway.requests().size(), () -> gateway.requests().toString());
      String request = gateway.requests().get(0);
      assertTrue(request.startsWith("POST /push HTTP/1.1\r\n"), request);
      assertTrue(request.contains("\r\nAuthorization: Bearer s3cret\r\n"), request);
      assertTrue(request.contains("\"deviceToken\":\"device-token\""), request);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"push\"",
        "401 Unauthorized",
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"push\"",
        "308 Permanent Redirect\r\nLocation: /elsewhere",
        "503 Service Unavailable"
      })
  void anAnswerThatIsNoneIsToldByItsStatus(String answer) throws Exception {
    try (ClosingServer gateway =
        new ClosingServer("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n")) {
      assertEquals("the push gateway answered with " + answer.substring(0, 3), failure(gateway));
      assertEquals(1, gateway.requests().size(), () -> gateway.requests().toString());
    }
  }

  /** A connection that ends is none for the next one. */
  @Test
  void allAreTakenThoughTheGatewayClosesEachConnection() throws Exception {
    try (ClosingServer gateway =
        new ClosingServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      PushSender sender = PushSender.http(gateway.url(), "Bearer s3cret");
      for (int i = 0; i < 1_000; i++) {
        sender.send(NOTIFICATION);
      }
      assertEquals(1_000, gateway.requests().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201\r\n",
        "HTTP/1.0 200 \n",
        "HTTP/1.1 299 whatever it calls it\r\nContent-Length: 7\r\n\r\nhal"
      })
  void theStatusSaysThatItIsTaken(String answer) throws Exception {
    try (ClosingServer gateway = new ClosingServer(answer)) {
      PushSender.http(gateway.url(), "Bearer s3cret").send(NOTIFICATION);
    }
  }

  private static void assertNoAnswer(String answer, String before, String after) throws Exception {
    try (ClosingServer gateway = new ClosingServer(answer)) {
      assertEquals(
          "the push gateway did not answer: " + before + gateway.where() + after, failure(gateway));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-hello\r\n", "HTTP/2 200\r\n", "HTTP/1.1 20 OK\r\n", "\r\n"})
  void anAnswerThatIsNotOneOfHttpIsToldInWords(String answer) throws Exception {
    assertNoAnswer(answer, "the answer of ", " is not one of HTTP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK", "HTTP/1.1 100 Continue\r\n\r\n"})
  void anAnswerThatIsCutOffIsNone(String answer) throws Exception {
    assertNoAnswer(answer, "the connection to ", " was closed without an answer");
  }

  /** By TLS: nothing answers to a POST there, and says so to whom it is the right one. */
  @Test
  void aGatewayHasToShowTheCertificateOfItsHost(@TempDir Path directory) throws Exception {
    Path store = KeyStores.make(directory.resolve("store.p12"), "gateway");
    SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    try (RespokeService gateway =
        RespokeService.start(
            ServiceOptions.builder().tlsKeyStore(store, KeyStores.PASSWORD).build())) {
      int port = gateway.port();
      assertEquals(
          "the push gateway did not answer: TLS with 127.0.0.1:"
              + port
              + ": the certificate is not trusted",
          failure(URI.create("https://127.0.0.1:" + port + "/push")));
      HttpsURLConnection.setDefaultSSLSocketFactory(KeyStores.trusting(store).getSocketFactory());
      assertEquals(
          "the push gateway answered with 404",
          failure(URI.create("https://127.0.0.1:" + port + "/push?to=all")));
      assertEquals(
          "the push gateway did not answer: TLS with localhost:"
              + port
              + ": the certificate is not one for this host",
          failure(URI.create("https://localhost:" + port)));
    } finally {
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "push.example", "http:///push", "http:push"})
  void whatIsNoUrlOfAGatewayIsRefused(String gateway) {
    assertThrows(
        IllegalArgumentException.class,
        () -> PushSender.http(URI.create(gateway), "Bearer s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret\n", "Bearer s3cret\r\nX: y", "Bearer\ts3cret", "s3cret\0"})
  void aCredentialThatIsNotOneLineIsRefusedWithoutShowingIt(String authorization) {
    URI gateway = URI.create("http://127.0.0.1:1/");
    String failure =
        assertThrows(IllegalArgumentException.class, () -> PushSender.http(gateway, authorization))
            .toString();
    assertTrue(failure.contains("must be one line"), failure);
    assertFalse(failure.contains("s3cret"), failure);
  }

  @Test
  void whatIsTakenIsPostedOnce() throws Exception {
    try (ClosingServer gateway = new ClosingServer("HTTP/1.1 204 No Content\r\n\r\n")) {
      PushSender.http(gateway.url(), "Bearer s3cret").send(NOTIFICATION);
      assertEquals(1, gateway.requests().size(), () -> gateway.requests().toString());
    }
  }
}
