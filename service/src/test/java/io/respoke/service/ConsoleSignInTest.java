package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in to the console, and what others can do with a session of it. */
class ConsoleSignInTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;

  /** A browser that is signed in. */
  private record SignedIn(String cookie, String proof) {}

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .clock(clock)
                .adminUser("root", "secret word")
                .console(StaticPages.of(Map.of("index.html", new byte[] {'h', 'i'})))
                .build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> call(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (body != null) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return RawClient.http(
        service.baseUrl(), method, "/console/" + path, body, all.toArray(String[]::new));
  }

  private String origin() {
    return service.baseUrl().toString();
  }

  private HttpResponse<String> post(String user, String password) {
    return call(
        "POST",
        "session",
        Json.write(Json.object().add("username", user).add("password", password).build()),
        "Origin",
        origin(),
        "Respoke-Console",
        "sign-in");
  }

  private SignedIn signIn() {
    HttpResponse<String> answer = post("root", "secret word");
    assertEquals(200, answer.statusCode(), answer.body());
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    JsonObject body = Json.parseObject(answer.body());
    assertFalse(body.containsKey("token"), answer.body());
    return new SignedIn(set.substring(0, set.indexOf(';')), body.getString("proof"));
  }

  private HttpResponse<String> get(SignedIn who, String path) {
    return call("GET", path, null, "Cookie", who.cookie);
  }

  private HttpResponse<String> change(SignedIn who, String method, String path, String body) {
    return call(
        method, path, body, "Cookie", who.cookie, "Respoke-Console", who.proof, "Origin", origin());
  }

  @Test
  void theCookieIsForNoScriptAndNoOtherSite() {
    String set = post("root", "secret word").headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(set.contains("HTTPOnly") || set.contains("HttpOnly"), set);
    assertTrue(set.contains("SameSite=Strict"), set);
    assertTrue(set.contains("Path=/console"), set);
    assertFalse(set.contains("Secure"), set);
    HttpResponse<String> behindTls =
        call(
            "POST",
            "session",
            "{\"username\":\"root\",\"password\":\"secret word\"}",
            "Origin",
            origin(),
            "Respoke-Console",
            "sign-in",
            "X-Forwarded-Proto",
            "https");
    assertTrue(behindTls.headers().firstValue("Set-Cookie").orElseThrow().contains("Secure"));
  }

  @Test
  void whoIsSignedInUsesTheRoutesAsAdministrator() {
    SignedIn root = signIn();
    assertEquals("root", Json.parseObject(get(root, "session").body()).getString("user"));
    HttpResponse<String> made = change(root, "POST", "v1/apps", "{\"name\":\"shop\"}");
    assertEquals(200, made.statusCode(), made.body());
    JsonObject app = Json.parseObject(made.body());
    String secret = app.getString("secret");
    String path = "v1/apps/" + app.getString("id");
    for (HttpResponse<String> later :
        List.of(
            get(root, "v1/apps"),
            get(root, path),
            change(root, "PUT", path, "{\"developmentMode\":true}"))) {
      assertEquals(200, later.statusCode());
      assertFalse(later.body().contains("secret"), later.body());
      assertFalse(later.body().contains(secret), later.body());
    }
  }

  @Test
  void theSecretOfAWebhookIsToldByTheRequestThatMadeItAndByNoOther() {
    SignedIn root = signIn();
    String app = "v1/apps/" + service.app().id();
    String hook = app + "/webhook";
    String url = "{\"url\":\"https://example.com/\"}";
    HttpResponse<String> made = change(root, "PUT", hook, url);
    assertEquals(200, made.statusCode(), made.body());
    String secret = Json.parseObject(made.body()).getString("secret");
    for (HttpResponse<String> later :
        List.of(
            get(root, hook),
            get(root, app),
            get(root, app + "/webhook-deliveries"),
            change(root, "PUT", hook, url),
            change(root, "PUT", app, "{\"developmentMode\":true}"))) {
      assertEquals(200, later.statusCode(), later.body());
      assertFalse(later.body().contains("secret"), later.body());
      assertFalse(later.body().contains(secret), later.body());
    }
    HttpResponse<String> renewed = change(root, "PUT", hook, "{\"newSecret\":true}");
    assertNotEquals(secret, Json.parseObject(renewed.body()).getString("secret"));
  }

  @Test
  void theCookieIsNoCredentialOfTheOpenRoutes() {
    SignedIn root = signIn();
    assertEquals(
        401, RawClient.get(service.baseUrl(), "/v1/apps", "Cookie", root.cookie).statusCode());
    assertEquals(401, call("GET", "v1/apps", null).statusCode());
    assertEquals(
        401, call("GET", "v1/apps", null, "App-Secret", service.app().secret()).statusCode());
  }

  @Test
  void otherSitesChangeNothing() {
    SignedIn root = signIn();
    String body = "{\"name\":\"theirs\"}";
    // no header, as from a form; a wrong one; another origin; no origin; what the browser says
    List<HttpResponse<String>> refused =
        List.of(
            call("POST", "v1/apps", body, "Cookie", root.cookie, "Origin", origin()),
            call(
                "POST",
                "v1/apps",
                body,
                "Cookie",
                root.cookie,
                "Origin",
                origin(),
                "Respoke-Console",
                "guess"),
            call(
                "POST",
                "v1/apps",
                body,
                "Cookie",
                root.cookie,
                "Origin",
                "https://evil.example",
                "Respoke-Console",
                root.proof),
            call("POST", "v1/apps", body, "Cookie", root.cookie, "Respoke-Console", root.proof),
            call(
                "POST",
                "v1/apps",
                body,
                "Cookie",
                root.cookie,
                "Origin",
                origin(),
                "Sec-Fetch-Site",
                "same-site",
                "Respoke-Console",
                root.proof),
            call("DELETE", "session", null, "Cookie", root.cookie, "Origin", "null"));
    refused.forEach(answer -> assertEquals(403, answer.statusCode(), answer.body()));
    assertFalse(get(root, "v1/apps").body().contains("theirs"));
    assertEquals(
        403,
        call(
                "POST",
                "session",
                "{\"username\":\"root\",\"password\":\"secret word\"}",
                "Origin",
                "https://evil.example",
                "Respoke-Console",
                "sign-in")
            .statusCode());
  }

  @Test
  void aSessionEndsWhenNobodyIsAtWork() {
    SignedIn root = signIn();
    clock.advance(Duration.ofMinutes(29));
    assertEquals(200, get(root, "session").statusCode());
    clock.advance(Duration.ofMinutes(29));
    assertEquals(
        200,
        call("GET", "v1/figures", null, "Cookie", root.cookie, "Respoke-Console-Passive", "1")
            .statusCode());
    clock.advance(Duration.ofMinutes(1));
    assertEquals(401, get(root, "v1/apps").statusCode());
  }

  @Test
  void aSessionEndsAfterTwelveHours() {
    SignedIn root = signIn();
    for (int i = 0; i < 12 * 3 - 1; i++) {
      clock.advance(Duration.ofMinutes(20));
      assertEquals(200, get(root, "session").statusCode());
    }
    clock.advance(Duration.ofMinutes(20));
    assertEquals(401, get(root, "session").statusCode());
  }

  @Test
  void signingOutEndsTheSession() {
    SignedIn root = signIn();
    HttpResponse<String> out = change(root, "DELETE", "session", null);
    assertEquals(200, out.statusCode());
    assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
    assertEquals(401, get(root, "session").statusCode());
    assertEquals(401, get(root, "v1/apps").statusCode());
  }

  @Test
  void signingInAgainEndsTheSessionBefore() {
    SignedIn first = signIn();
    HttpResponse<String> again =
        call(
            "POST",
            "session",
            "{\"username\":\"root\",\"password\":\"secret word\"}",
            "Cookie",
            first.cookie,
            "Origin",
            origin(),
            "Respoke-Console",
            "sign-in");
    assertEquals(200, again.statusCode());
    assertEquals(401, get(first, "session").statusCode());
  }

  @Test
  void guessingGetsSlowerAndSlower() {
    for (int i = 0; i < 4; i++) {
      assertEquals(401, post("root", "guess").statusCode());
    }
    assertEquals(401, post("root", "guess").statusCode());
    HttpResponse<String> early = post("root", "secret word");
    assertEquals(429, early.statusCode());
    assertEquals("1", early.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(
        429,
        RawClient.post(
                service,
                "/v1/admin-sessions",
                Json.object().add("username", "root").add("password", "secret word").build())
            .statusCode(),
        "the open route is the same door");
    clock.advance(Duration.ofSeconds(1));
    assertEquals(401, post("root", "guess").statusCode());
    assertEquals("2", post("root", "guess").headers().firstValue("Retry-After").orElseThrow());
    clock.advance(Duration.ofSeconds(2));
    assertEquals(200, post("root", "secret word").statusCode());
  }

  @Test
  void anUnknownAccountIsAnsweredLikeAWrongPassword() {
    HttpResponse<String> unknown = post("nobody\r\nadmin <img src=x>", "guess");
    HttpResponse<String> wrong = post("root", "guess");
    assertEquals(401, unknown.statusCode());
    assertEquals(wrong.body(), unknown.body());
  }
}
