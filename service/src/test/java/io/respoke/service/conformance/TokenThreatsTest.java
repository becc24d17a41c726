package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks with tokens, and what becomes of secrets. */
class TokenThreatsTest extends Conformance {
  private static final String OTHER_ID = "0d4c27e5-7a3f-4f2b-8c8e-5b3e0a3b1f11";

  @Override
  ServiceOptions.Builder startOptions() {
    return options()
        .tokenActivationWindow(Duration.ofMinutes(1))
        .app(AppOptions.builder().id(OTHER_ID).secret("the-secret-of-the-other-app").build());
  }

  private String mint(ServiceApp app) {
    return object(post("/v1/tokens", "{\"endpointId\":\"alice\"}", "App-Secret", app.secret()))
        .getString("tokenId");
  }

  private HttpResponse<String> exchange(String tokenId, String appId) {
    return RawClient.post(
        service,
        "/v1/session-tokens",
        Json.object().add("tokenId", tokenId).add("appId", appId).build());
  }

  @Test
  void whoeverTriesTokensLearnsNothing() {
    String used = mint(service.app());
    assertEquals(200, exchange(used, APP_ID).statusCode());
    String expired = mint(service.app());
    clock.advance(Duration.ofMinutes(2));
    String foreign = mint(service.apps().get(1));

    Set<String> answers = new HashSet<>();
    for (String token :
        List.of(used, expired, foreign, "F5F3D4A1-0000-4000-8000-000000000000", "x", "'; --")) {
      HttpResponse<String> answer = exchange(token, APP_ID);
      refused(401, answer);
      answers.add(answer.body());
    }

    assertEquals(1, answers.size(), answers::toString);
    refused(401, exchange(foreign, OTHER_ID)); // spent by the attempt
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tokensEndWithTheirApp(boolean reusable) {
    restart(startOptions().reusableTokens(reusable));
    ServiceApp other = service.apps().get(1);
    String tokenId = mint(other);
    String kept = mint(service.app());
    if (reusable) {
      assertEquals(200, exchange(tokenId, OTHER_ID).statusCode());
    }
    assertEquals(2, service.snapshot().pendingTokens());

    String path = "/v1/apps/" + OTHER_ID;
    assertEquals(200, http("DELETE", path, null, "Admin-Token", adminToken()).statusCode());

    assertEquals(1, service.snapshot().pendingTokens(), "they take no room");
    HttpResponse<String> answer = exchange(tokenId, OTHER_ID);
    refused(401, answer);
    assertEquals(exchange("x", OTHER_ID).body(), answer.body());
    assertEquals(0, service.snapshot().sessions());
    assertEquals(200, exchange(kept, APP_ID).statusCode());
  }

  @Test
  void tokensAreNotFoundByCounting() {
    Set<String> tokens = new HashSet<>();
    int[] ones = new int[128];
    for (int i = 0; i < 2_000; i++) {
      String token = mint(service.app());
      assertTrue(UPPER_UUID.matcher(token).matches(), token);
      assertTrue(tokens.add(token));
      String digits = token.replace("-", "");
      for (int bit = 0; bit < 128; bit++) {
        ones[bit] += Character.digit(digits.charAt(bit / 4), 16) >> (3 - bit % 4) & 1;
      }
    }
    for (int bit = 0; bit < 128; bit++) {
      boolean fixed = (bit >= 48 && bit < 52) || bit == 64 || bit == 65;
      // Seven standard deviations: one run in 10^10 fails by chance.
      assertTrue(fixed || Math.abs(ones[bit] - 1_000) < 160, bit + ": " + ones[bit]);
    }
  }

  @Test
  void aSessionEndsAtItsTimeOnBothChannels() {
    String tokenId =
        object(post("/v1/tokens", "{\"endpointId\":\"alice\",\"ttl\":60}", "App-Secret", SECRET))
            .getString("tokenId");
    String session = object(exchange(tokenId, APP_ID)).getString("token");
    RawClient alice = closing(RawClient.open(service, "app-token", session, RawClient.OTHER));
    assertEquals(200, http("GET", "/v1/turn", null, "App-Token", session).statusCode());

    clock.advance(Duration.ofSeconds(61));

    refused(401, http("GET", "/v1/turn", null, "App-Token", session));
    RawClient.Closed unused = alice.awaitClosed();
    refused(
        401,
        http("POST", "/v1/messages", "{\"to\":\"bob\",\"message\":\"x\"}", "App-Token", session));
  }

  @Test
  void nobodySpeaksForAnotherEndpoint() {
    RawClient bob = browser("bob");
    String session = session("alice");
    for (String body :
        List.of(
            "{\"to\":\"bob\",\"message\":\"x\",\"endpointId\":\"carol\"}",
            "{\"to\":\"bob\",\"message\":\"x\",\"endpointId\":\"__SYSTEM__\"}")) {
      refused(403, post("/v1/messages", body, "App-Token", session));
    }
    refused(
        403,
        post(
            "/v1/groups/lobby/publish",
            "{\"message\":\"x\",\"endpointId\":\"carol\"}",
            "App-Token",
            session));
    refused(403, http("GET", "/v1/endpoints/bob/conversations", null, "App-Token", session));

    String sent =
        "{\"to\":\"bob\",\"message\":\"x\",\"from\":\"carol\",\"header\":{\"from\":\"carol\"}}";
    assertEquals(200, post("/v1/messages", sent, "App-Token", session).statusCode());
    assertEquals("alice", header(bob.event("message")).getString("from"));
    assertEquals(List.of(), bob.leftovers());
  }

  @Test
  void secretsAreInNoLogAndNoError() {
    List<String> logged;
    Set<String> answers = new HashSet<>();
    String tokenId;
    String session;
    try (LogLines lines = new LogLines()) {
      logged = lines.all();
      restart(startOptions());
      tokenId = mint(service.app());
      session = object(exchange(tokenId, APP_ID)).getString("token");
      RawClient alice = closing(RawClient.open(service, "app-token", session, RawClient.BROWSER));
      alice.send(
          "5:::{\"name\":\"get\",\"args\":[\"{\\\"headers\\\":{\\\"App-Token\\\":\\\"" + session);
      answers.add(alice.request("post", "/v1/connections/", Json.object().build()).toString());
      String adminToken = adminToken();
      answers.add(
          post("/v1/admin-sessions", "{\"username\":\"root\",\"password\":\"pass-tried\"}").body());
      for (String[] credential :
          List.of(
              new String[] {"App-Secret", SECRET + "x"},
              new String[] {"App-Token", session + "x"},
              new String[] {"Admin-Token", adminToken + "x"})) {
        answers.add(http("GET", "/v1/apps", null, credential).body());
        answers.add(http("GET", "/v1/nothing?" + credential[0] + "=" + credential[1], null).body());
      }
      answers.add(exchange(tokenId, APP_ID).body());
      answers.add(service.toString() + service.app());
      service.close();
      assertFalse(logged.toString().contains(adminToken));
    }
    for (String secret : List.of(SECRET, tokenId, session, "open sesame", "pass-tried")) {
      assertFalse(logged.toString().contains(secret), () -> secret + " is in " + logged);
      assertFalse(answers.toString().contains(secret), () -> secret + " is in " + answers);
    }
    assertFalse(logged.isEmpty(), "nothing was logged at all");
  }

  @Test
  void oddTextDoesNotForgeLogLinesOrHeaders() {
    String forged = "x\r\nSet-Cookie: a=b\r\n\r\n2026-01-01 INFO accepted";
    JsonObject body = Json.object().add("username", forged).add("password", forged).build();
    try (LogLines lines = new LogLines()) {
      HttpResponse<String> answer = RawClient.post(service, "/v1/admin-sessions", body);
      refused(401, answer);
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());

      assertTrue(
          lines.all().stream().anyMatch(line -> line.contains("Set-Cookie")), lines::toString);
      for (String line : lines.all()) {
        assertEquals(1, line.lines().count(), line);
      }
    }
  }
}
