package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway gets, and how often. */
class HttpPushSenderTest {
  private static final PushNotification NOTIFICATION =
      new PushNotification("app", "bob", "apple", "device-token", "hi", false, 2, "", "");

  private static String failure(ClosingServer gateway) {
    PushSender sender = PushSender.http(gateway.url(), "Bearer s3cret");
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
