package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RateLimit;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server column of protocol-wire §9.2: REST. */
class RestRowsTest extends Conformance {
  private static final String FORM = "application/x-www-form-urlencoded";

  private String mint(String more) {
    HttpResponse<String> answer =
        post("/v1/tokens", "{\"endpointId\":\"alice\"" + more + "}", "App-Secret", SECRET);
    assertEquals(200, answer.statusCode(), answer.body());
    return object(answer).getString("tokenId");
  }

  private HttpResponse<String> exchange(String tokenId, String... headers) {
    return post("/v1/session-tokens", "{\"tokenId\":\"" + tokenId + "\"}", headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "alice smith", "a+b", "100%", "50% off", "a=b", "zoë", "a%2"})
  @DisplayName("R-17 reads forms that are not percent-encoded, ignores Accept and answers JSON")
  void readsRawForms(String endpointId) {
    HttpResponse<String> minted =
        http(
            "POST",
            "/v1/tokens",
            "appId=" + APP_ID + "&endpointId=" + endpointId + "&ttl=21600",
            "Content-Type",
            FORM,
            "Accept",
            "application/xml");
    assertEquals(200, minted.statusCode(), minted.body());
    assertEquals(
        "application/json; charset=utf-8", minted.headers().firstValue("Content-Type").get());
    assertEquals(endpointId, object(minted).getString("endpointId"));
    HttpResponse<String> opened =
        http(
            "POST",
            "/v1/session-tokens",
            "tokenId=" + object(minted).getString("tokenId"),
            "Content-Type",
            FORM);
    assertEquals("Authorization successful", object(opened).getString("message"));
  }

  @Test
  @DisplayName("R-17 decodes valid escapes of a form")
  void decodesEscapes() {
    HttpResponse<String> minted =
        http(
            "POST",
            "/v1/tokens",
            "appId=" + APP_ID + "&endpointId=a%26b%3Dc%20d",
            "Content-Type",
            FORM);
    assertEquals("a&b=c d", object(minted).getString("endpointId"));
  }

  @Test
  @DisplayName("R-18 answers every success with 200 and a JSON body")
  void successIs200() {
    String tokenId = mint("");
    assertEquals(200, exchange(tokenId).statusCode());
    adminToken();
    String token = session("alice");
    HttpResponse<String> created = post("/v1/roles", "{\"name\":\"r\"}", "App-Secret", SECRET);
    assertEquals(200, created.statusCode(), created.body());
    String role = "/v1/roles/" + object(created).getString("id");
    List<HttpResponse<String>> answers =
        List.of(
            created,
            http("GET", role, null, "App-Secret", SECRET),
            http("PUT", role, "{\"mediaRelay\":true}", "App-Secret", SECRET),
            http("GET", "/v1/roles", null, "App-Secret", SECRET),
            http("DELETE", role, null, "App-Secret", SECRET),
            post("/v1/apps", "{\"name\":\"a\"}", "Admin-Token", adminToken()),
            http("GET", "/v1/apps", null, "Admin-Token", adminToken()),
            http("GET", "/v1/apps/" + APP_ID, null, "App-Secret", SECRET),
            post("/v1/messages", "{\"to\":\"x\",\"message\":\"y\"}", "App-Secret", SECRET),
            http("GET", "/v1/turn", null, "App-Token", token),
            post("/v1/call-debugs", "{\"debugData\":{}}", "App-Token", token),
            http("DELETE", "/v1/session-tokens", null, "App-Token", token));
    for (HttpResponse<String> answer : answers) {
      assertEquals(200, answer.statusCode(), answer.uri() + " " + answer.body());
      assertTrue(Json.parse(answer.body()) != JsonValue.NULL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 3600",
    "'\"3600\"', 3600",
    "86400.0, 86400",
    "1, 60",
    "-5, 60",
    "99999999, 2592000",
    "null, 21600"
  })
  @DisplayName("R-19 takes the ttl as number or text and clamps it to 60 s … 30 days")
  void readsTtl(String ttl, long seconds) {
    HttpResponse<String> answer =
        post("/v1/tokens", "{\"endpointId\":\"alice\",\"ttl\":" + ttl + "}", "App-Secret", SECRET);
    JsonObject grant = object(answer);
    assertEquals(
        seconds,
        grant.getJsonNumber("expiryTime").longValue()
            - grant.getJsonNumber("createTime").longValue());
  }

  @Test
  @DisplayName("R-19 refuses a ttl that is no number")
  void refusesOddTtl() {
    refused(
        400, post("/v1/tokens", "{\"endpointId\":\"a\",\"ttl\":\"soon\"}", "App-Secret", SECRET));
  }

  @Test
  @DisplayName("R-20 exchanges a token once, and only soon after it was made")
  void tokensAreSingleUse() {
    String tokenId = mint("");
    assertEquals(200, exchange(tokenId).statusCode());
    refused(401, exchange(tokenId));
    String late = mint("");
    clock.advance(Duration.ofMinutes(10));
    refused(401, exchange(late));
    refused(401, exchange("00000000-0000-4000-8000-000000000000"));
  }

  @Test
  @DisplayName("R-20 lets a token be reused until it expires, when the service is told to")
  void tokensAreReusableByOption() {
    restart(options().reusableTokens(true));
    String tokenId = mint(",\"ttl\":3600");
    assertEquals(200, exchange(tokenId).statusCode());
    clock.advance(Duration.ofMinutes(59));
    assertEquals(200, exchange(tokenId).statusCode());
    clock.advance(Duration.ofMinutes(1));
    refused(401, exchange(tokenId));
  }

  @Test
  @DisplayName("R-21 ignores a stale App-Token on the routes of the log-in")
  void ignoresStaleTokens() {
    HttpResponse<String> minted =
        post(
            "/v1/tokens",
            "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"alice\"}",
            "App-Token",
            "STALE");
    assertEquals(200, minted.statusCode(), minted.body());
    HttpResponse<String> opened =
        exchange(object(minted).getString("tokenId"), "App-Token", "STALE");
    assertEquals(200, opened.statusCode(), opened.body());
  }

  @Test
  @DisplayName("R-22 wants exactly one of roleId and roleName of a brokered token")
  void wantsOneRole() {
    AppOptions.Builder strict = app().allowRolelessTokens(false);
    restart(ServiceOptions.builder().app(strict.build()).noRateLimit().clock(clock));
    String start = "{\"endpointId\":\"alice\"";
    refused(400, post("/v1/tokens", start + "}", "App-Secret", SECRET));
    refused(404, post("/v1/tokens", start + ",\"roleName\":\"none\"}", "App-Secret", SECRET));
    refused(404, post("/v1/tokens", start + ",\"roleId\":\"none\"}", "App-Secret", SECRET));
    HttpResponse<String> named =
        post("/v1/tokens", start + ",\"roleName\":\"guest\"}", "App-Secret", SECRET);
    assertEquals(200, named.statusCode(), named.body());
    String roleId = object(named).getString("roleId");
    HttpResponse<String> byId =
        post("/v1/tokens", start + ",\"roleId\":\"" + roleId + "\"}", "App-Secret", SECRET);
    assertEquals(roleId, object(byId).getString("roleId"));
    refused(
        400,
        post(
            "/v1/tokens",
            start + ",\"roleName\":\"guest\",\"roleId\":\"" + roleId + "\"}",
            "App-Secret",
            SECRET));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/admin-sessions, /v1/adminsessions",
    "POST, /v1/session-tokens, /v1/appauthsessions",
    "POST, /v1/presenceobservers, /v1/presence-observers",
    "POST, /v1/call-debugs, /v1/calldebugs",
    "POST, /v1/connections, /v1/endpointconnections",
    "POST, /v1/connections/X/push-token, /v1/connections/X/push-tokens",
    "POST, /v1/channels/g/publish, /v1/groups/g/publish",
    "GET, /v1/channels/g/subscribers, /v1/groups/g/subscribers",
    "GET, /v1/turn, /V1/Turn"
  })
  @DisplayName("R-23 knows both spellings of a route, with and without a slash at the end")
  void knowsAliases(String method, String path, String alias) {
    String token = session("alice");
    String body = method.equals("GET") ? null : "{}";
    HttpResponse<String> first = http(method, path, body, "App-Token", token);
    assertTrue(first.statusCode() != 404 && first.statusCode() != 405, first.body());
    for (String spelling : List.of(path + "/", alias, alias + "/")) {
      HttpResponse<String> answer = http(method, spelling, body, "App-Token", token);
      assertEquals(first.statusCode(), answer.statusCode(), spelling + " " + answer.body());
    }
  }

  @Test
  @DisplayName("R-24 gives ICE servers by GET and POST, over HTTP and the socket")
  void givesIceServers() {
    String token = session("alice");
    JsonObject answer = object(http("GET", "/v1/turn", null, "App-Token", token));
    assertTrue(answer.getJsonArray("uris").getString(0).startsWith("stun:"), answer.toString());
    assertFalse(answer.containsKey("username") || answer.containsKey("password"));
    assertEquals(answer, object(http("POST", "/v1/turn", "{}", "App-Token", token)));
    assertEquals(
        answer, object(http("GET", "/v1/turn?endpointId=pbx", null, "App-Secret", SECRET)));
    RawClient alice = browser("alice");
    assertEquals(answer, ok(alice, "get", "/v1/turn", null));
    assertEquals(answer, ok(alice, "post", "/v1/turn", "{}"));
    refused(401, http("GET", "/v1/turn", null));
  }

  @Test
  @DisplayName("R-27 writes tokens in upper case and reads them in either")
  void tokensAreUpperCase() {
    String tokenId = mint("");
    assertTrue(UPPER_UUID.matcher(tokenId).matches(), tokenId);
    assertEquals(200, exchange(tokenId.toLowerCase(Locale.ROOT)).statusCode());
  }

  @Test
  @DisplayName("R-28 writes times of tokens as epoch seconds in 32 bits")
  void timesAreSeconds() {
    JsonObject grant =
        object(post("/v1/tokens", "{\"endpointId\":\"a\",\"ttl\":60}", "App-Secret", SECRET));
    assertEquals(clock.now() / 1000, grant.getJsonNumber("createTime").longValueExact());
    assertEquals(clock.now() / 1000 + 60, grant.getJsonNumber("expiryTime").intValueExact());
    assertEquals("2026-01-01T00:00:00.000Z", grant.getString("createdAt"));
    assertEquals(grant.getString("id"), grant.getString("tokenId"));
  }

  @Test
  @DisplayName("R-29 allows 10 requests a second with bursts of 20 per token, then answers 429")
  void limitsTheRate() {
    restart(options().rateLimit(RateLimit.DEFAULT));
    String token = session("alice");
    for (int left = 19; left >= 0; left--) {
      HttpResponse<String> answer = http("GET", "/v1/turn", null, "App-Token", token);
      assertEquals(200, answer.statusCode());
      assertHeaders(answer, Integer.toString(left));
    }
    HttpResponse<String> limited = http("GET", "/v1/turn", null, "App-Token", token);
    refused(429, limited);
    assertHeaders(limited, "0");
    assertEquals(200, http("GET", "/v1/turn", null, "App-Token", session("alice")).statusCode());
    clock.advance(Duration.ofMillis(100));
    assertEquals(200, http("GET", "/v1/turn", null, "App-Token", token).statusCode());
    refused(429, http("GET", "/v1/turn", null, "App-Token", token));
  }

  @Test
  @DisplayName("R-29 puts the four headers on every answer, errors and acks among them")
  void headersAreOnEveryAnswer() {
    restart(options().rateLimit(RateLimit.DEFAULT));
    assertHeaders(http("GET", "/v1/nothing", null), null);
    assertHeaders(http("POST", "/v1/tokens", "{"), null);
    assertHeaders(http("GET", "/elsewhere", null), null);
    assertHeaders(exchange("none"), null);
    assertHeaders(post("/v1/tokens", "{\"endpointId\":\"a\"}", "App-Secret", SECRET), null);
    for (String path : List.of("/v1/turn", "/v1/nothing")) {
      JsonObject headers = browser("alice").request("get", path, null).headers();
      assertFalse(headers.getString("Request-Id").isEmpty());
      assertEquals(10, headers.getInt("RateLimit-Limit"));
      assertEquals("seconds", headers.getString("RateLimit-Time-Units"));
      assertTrue(headers.getInt("RateLimit-Remaining") >= 0);
    }
  }

  private static void assertHeaders(HttpResponse<String> answer, String remaining) {
    assertFalse(answer.headers().firstValue("Request-Id").orElse("").isEmpty());
    assertEquals("10", answer.headers().firstValue("RateLimit-Limit").orElse(""));
    assertEquals("seconds", answer.headers().firstValue("RateLimit-Time-Units").orElse(""));
    String left = answer.headers().firstValue("RateLimit-Remaining").orElse("");
    assertTrue(remaining == null ? !left.isEmpty() : left.equals(remaining), left);
  }

  @Test
  @DisplayName("R-30 says \"Connection limit exceeded\" where respoke.js looks for it")
  void namesTheConnectionLimit() {
    restart(options().maxConnectionsPerApp(1));
    browser("alice");
    RawClient.Ack ack = unregistered("bob", RawClient.BROWSER).register(null);
    refused(401, ack);
    assertEquals("Connection limit exceeded", ack.error());
  }

  @Test
  void refusesGroupsBeyondTheLimitOfTheApp() {
    restart(options().maxGroupsPerApp(2));
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    assertEquals(200, joining(alice, "one").status());
    JsonObject named = Json.object().add("name", "two").build();
    assertEquals(200, alice.request("post", "/v1/groups", named).status());
    refused(409, alice.request("post", "/v1/groups", named));

    refused(403, joining(bob, "one", "three"));
    refused(403, alice.request("post", "/v1/groups", Json.object().add("name", "three").build()));
    assertEquals(200, joining(bob, "one", "two").status());

    assertEquals(200, alice.request("delete", "/v1/groups/one", null).status());
    refused(403, joining(alice, "three"));
    assertEquals(200, bob.request("delete", "/v1/groups/one", null).status());
    assertEquals(200, joining(alice, "three").status());
  }

  private static RawClient.Ack joining(RawClient client, String... groups) {
    return client.request("post", "/v1/groups", groups(groups));
  }
}
