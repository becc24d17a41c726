package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RateLimit;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes of clients whose credential does not hold. */
class HandshakeLimitsTest extends Conformance {
  private static final String BROWSER = "&Respoke-SDK=Respoke.js/2.2.0";

  @Override
  ServiceOptions.Builder startOptions() {
    return options().rateLimitPerAddress(new RateLimit(1, 5));
  }

  private HttpResponse<String> handshake(String query) {
    return RawClient.get(service.baseUrl(), "/socket.io/1/?" + MODERN + query);
  }

  @ParameterizedTest
  @CsvSource({
    "app-token=NONE&Respoke-SDK=Respoke.js/2.2.0, 200",
    "Respoke-SDK=Respoke.js/2.2.0, 200",
    "app-token=NONE&Respoke-SDK=Respoke-Android/1.5.0, 403",
    "app-secret=NONE&Respoke-SDK=Respoke-Asterisk/1.2.1, 403",
    "admin-token=NONE, 403"
  })
  void anAddressHasFewBadOnes(String query, int status) {
    for (int i = 0; i < 5; i++) {
      assertEquals(status, handshake(query).statusCode());
    }

    HttpResponse<String> answer = handshake(query);

    assertEquals(429, answer.statusCode());
    assertEquals("API rate limit was exceeded.", answer.body());
    assertTrue(answer.headers().firstValue("RateLimit-Limit").isPresent());
    assertEquals("seconds", answer.headers().firstValue("RateLimit-Time-Units").orElseThrow());
    assertEquals("0", answer.headers().firstValue("RateLimit-Remaining").orElseThrow());
    assertFalse(answer.headers().firstValue("Request-Id").orElseThrow().isEmpty());
    String quoted = "io.j[0](new Error(\"API rate limit was exceeded.\"));";
    assertEquals(quoted, handshake(query + "&jsonp=0").body());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(status, handshake(query).statusCode());
    assertEquals(429, handshake(query).statusCode());
  }

  @Test
  void theyShareTheirLimitWithOtherRequestsAndGoodOnesHaveNone() {
    String session = session("alice");
    HttpResponse<String> last = handshake("app-token=NONE" + BROWSER);
    while (last.statusCode() == 200) {
      last = handshake("app-token=NONE" + BROWSER);
    }
    assertEquals(429, last.statusCode());
    assertEquals(429, http("GET", "/v1/turn", null, "App-Token", "NONE").statusCode());

    assertEquals(200, http("GET", "/v1/turn", null, "App-Token", session).statusCode());
    for (int i = 0; i < 10; i++) {
      assertEquals(200, handshake("app-token=" + session + BROWSER).statusCode());
      assertEquals(200, handshake("app-secret=" + SECRET).statusCode());
    }
    RawClient alice = closing(RawClient.open(service, "app-token", session, RawClient.BROWSER));
    assertEquals(200, alice.register(null).status());
  }

  @Test
  void aRefusedBrowserIsToldOnceOnItsTransport() {
    String path = "/socket.io/1/websocket/" + sid(MODERN + "app-token=NONE" + BROWSER);
    RawSocket first = raw();
    assertEquals(101, first.upgrade(path, Map.of()).status());
    assertEquals("7:::2", first.text());
    assertEquals(1000, first.awaitClose());
    RawSocket again = raw();
    assertEquals(101, again.upgrade(path, Map.of()).status());
    assertEquals("7:::1+0", again.text());

    String late = "/socket.io/1/websocket/" + sid(MODERN + "app-token=NONE" + BROWSER);
    String gone = "/socket.io/1/websocket/" + sid(MODERN + "app-token=NONE" + BROWSER);
    assertEquals(200, RawClient.get(service.baseUrl(), gone + "?disconnect").statusCode());
    clock.advance(Duration.ofSeconds(60));
    for (String over : List.of(late, gone)) {
      RawSocket socket = raw();
      assertEquals(101, socket.upgrade(over, Map.of()).status());
      assertEquals("7:::1+0", socket.text());
    }
  }
}
