package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.service.RateLimit;
import io.respoke.service.RawClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many requests an app and an address may make. */
class RequestLimitsTest extends Conformance {
  private static final RateLimit FEW = new RateLimit(1, 5);

  private int turn(String... credential) {
    return http("GET", "/v1/turn", null, credential).statusCode();
  }

  @Test
  void anAppHasItsRequestsTogether() {
    restart(options().rateLimitPerApp(new RateLimit(1, 12)));
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    clock.advance(Duration.ofSeconds(12));

    for (int i = 0; i < 4; i++) {
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      assertEquals(200, bob.request("get", "/v1/turn", null).status());
      assertEquals(200, turn("App-Secret", SECRET));
    }

    refused(429, alice.request("get", "/v1/turn", null));
    refused(429, bob.request("get", "/v1/turn", null));
    assertEquals(429, turn("App-Secret", SECRET));
    clock.advance(Duration.ofSeconds(2));
    assertEquals(200, bob.request("get", "/v1/turn", null).status());
    assertEquals(200, turn("App-Secret", SECRET));
    assertEquals(429, turn("App-Secret", SECRET));
  }

  @Test
  void anAddressWithoutACredentialHasFew() {
    restart(options().rateLimitPerAddress(FEW));
    for (int i = 0; i < 5; i++) {
      assertEquals(401, turn("App-Token", "guess " + i));
    }

    assertEquals(429, turn("App-Token", "guess"));
    assertEquals(429, turn("App-Secret", "guess"));
    HttpResponse<String> anonymous =
        post("/v1/tokens", "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"joe\"}");
    refused(429, anonymous);
    assertEquals("0", anonymous.headers().firstValue("RateLimit-Remaining").orElseThrow());

    assertEquals(200, turn("App-Secret", SECRET));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(401, turn("App-Token", "guess"));
  }
}
