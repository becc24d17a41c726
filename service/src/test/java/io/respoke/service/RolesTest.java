package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what: roles, secrets, administrators. */
class RolesTest {
  private RespokeService service;

  @BeforeEach
  void start() {
    JsonObject member =
        Json.parseObject(
            "{\"groups\":{\"*\":{\"subscribe\":true,\"create\":true,\"publish\":true},"
                + "\"vip-*\":{\"subscribe\":true,\"create\":false}}}");
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .app(AppOptions.builder().developmentMode(false).role("member", member).build())
                .adminUser("root", "secret word")
                .build());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> mint(JsonObject body) {
    return RawClient.post(service, "/v1/tokens", body, "App-Secret", service.app().secret());
  }

  private static String error(HttpResponse<String> response) {
    return Json.parseObject(response.body()).getString("error");
  }

  private HttpResponse<String> asApp(String method, String path, String body) {
    return RawClient.http(
        service.baseUrl(), method, path, body, "App-Secret", service.app().secret());
  }

  private static JsonObject groups(String... names) {
    return Json.object().add("groups", Json.strings(java.util.List.of(names))).build();
  }

  private static JsonObject message() {
    return Json.object().add("message", "hi").build();
  }

  @Test
  void whatTheRoleDoesNotAllowIsNamed() {
    try (RawClient alice = RawClient.connectWithRole(service, "alice", "member", RawClient.OTHER)) {
      assertEquals(200, alice.request("post", "/v1/groups", groups("room")).status());
      assertEquals(200, alice.request("post", "/v1/channels/room/publish", message()).status());
      RawClient.Ack ack = alice.request("delete", "/v1/groups", groups("room"));
      assertEquals(403, ack.status());
      assertEquals("Missing permission: groups.room.unsubscribe", ack.error());
      assertEquals(
          "Missing permission: groups.vip-1.create",
          alice.request("post", "/v1/groups", groups("vip-1")).error());
      assertEquals(
          "Missing permission: groups.vip-1.publish",
          alice.request("post", "/v1/groups/vip-1/publish", message()).error());
      assertEquals(
          "Missing permission: groups.room.getsubscribers",
          alice.request("get", "/v1/channels/room/subscribers", null).error());
      assertEquals(
          "Missing permission: groups.list", alice.request("get", "/v1/groups", null).error());
    }
  }

  @Test
  void aJoinOfSeveralGroupsIsAllOrNothing() {
    try (RawClient alice = RawClient.connectWithRole(service, "alice", "member", RawClient.OTHER)) {
      assertEquals(403, alice.request("post", "/v1/groups", groups("room", "vip-1")).status());
      assertEquals(0, service.snapshot().groups());
    }
  }

  @Test
  void anAppsServerIsBoundByNoRole() {
    try (RawClient alice = RawClient.connectWithRole(service, "alice", "member", RawClient.OTHER);
        RawClient server = RawClient.connectServer(service, "admin", RawClient.OTHER)) {
      assertEquals(200, server.request("post", "/v1/groups", groups("vip-1")).status());
      assertEquals(200, alice.request("post", "/v1/groups", groups("vip-1")).status());
      assertEquals("alice", server.event("join").getString("endpointId"));
      JsonObject asBob = Json.object().add("message", "from bob").add("endpointId", "bob").build();
      assertEquals(200, server.request("post", "/v1/channels/vip-1/publish", asBob).status());
      JsonObject event = alice.event("pubsub");
      assertEquals("bob", event.getJsonObject("header").getString("from"));
    }
  }

  @Test
  void messagesOfAnAppsServerComeFromTheSystemUnlessItNamesAnEndpoint() {
    try (RawClient alice = RawClient.connectWithRole(service, "alice", "member", RawClient.OTHER)) {
      JsonObject plain = Json.object().add("to", "alice").add("message", "a").build();
      assertEquals(
          200,
          RawClient.post(service, "/v1/messages", plain, "App-Secret", service.app().secret())
              .statusCode());
      assertEquals("__SYSTEM__", alice.event("message").getJsonObject("header").getString("from"));
      JsonObject named = Json.object(plain).add("endpointId", "support").build();
      RawClient.post(service, "/v1/messages", named, "App-Secret", service.app().secret());
      assertEquals("support", alice.event("message").getJsonObject("header").getString("from"));
      assertEquals(
          403,
          alice
              .request("post", "/v1/messages", Json.object(plain).add("endpointId", "x").build())
              .status());
    }
  }

  @Test
  void brokeredTokensNameOneRole() {
    JsonObject alice = Json.object().add("endpointId", "alice").build();
    assertEquals(200, mint(Json.object(alice).add("roleName", "member").build()).statusCode());
    HttpResponse<String> minted =
        mint(Json.object(alice).add("roleId", service.app().defaultRoleId()).build());
    JsonObject token = Json.parseObject(minted.body());
    assertEquals(service.app().defaultRoleId(), token.getString("roleId"));
    assertFalse(token.getBoolean("forDevelopment"));
    assertEquals(token.getString("id"), token.getString("tokenId"));
    assertEquals(21_600, token.getInt("expiryTime") - token.getInt("createTime"));
    assertEquals(404, mint(Json.object(alice).add("roleName", "none").build()).statusCode());
    assertEquals(
        400,
        mint(Json.object(alice).add("roleName", "member").add("roleId", "x").build()).statusCode());
    assertEquals(200, mint(alice).statusCode());
  }

  @Test
  void theTtlMayBeTextAndIsKeptInBounds() {
    for (String[] row :
        new String[][] {{"\"3600\"", "3600"}, {"1", "60"}, {"99999999", "2592000"}}) {
      JsonObject token =
          Json.parseObject(
              mint(Json.parseObject("{\"endpointId\":\"a\",\"ttl\":" + row[0] + "}")).body());
      assertEquals(
          Integer.parseInt(row[1]), token.getInt("expiryTime") - token.getInt("createTime"));
    }
  }

  @Test
  void withoutDevelopmentModeNobodyMakesTheirOwnToken() {
    HttpResponse<String> refused =
        RawClient.post(
            service,
            "/v1/tokens",
            Json.object().add("appId", service.app().id()).add("endpointId", "alice").build());
    assertEquals(401, refused.statusCode());
    assertFalse(error(refused).contains(service.app().secret()));
    assertEquals(
        401,
        RawClient.post(
                service,
                "/v1/tokens",
                Json.object().add("endpointId", "alice").build(),
                "App-Secret",
                "wrong")
            .statusCode());
  }

  @Test
  void rolesAreCreatedReadChangedAndRemoved() {
    JsonObject created =
        Json.parseObject(
            asApp("POST", "/v1/roles", "{\"name\":\"guest\",\"mediaRelay\":1}").body());
    String id = created.getString("id");
    assertTrue(created.getBoolean("mediaRelay"));
    assertTrue(created.getJsonArray("pstnOut").isEmpty());
    assertEquals(service.app().id(), created.getString("appId"));
    assertEquals(
        "guest", Json.parseObject(asApp("GET", "/v1/roles/" + id, null).body()).getString("name"));
    JsonObject changed =
        Json.parseObject(asApp("PUT", "/v1/roles/" + id, "{\"name\":\"visitor\"}").body());
    assertEquals("visitor", changed.getString("name"));
    assertTrue(changed.getBoolean("mediaRelay"));
    assertEquals(4, Json.parseArray(asApp("GET", "/v1/roles/", null).body()).size());
    assertEquals("{\"message\":\"Success\"}", asApp("DELETE", "/v1/roles/" + id, null).body());
    HttpResponse<String> gone = asApp("GET", "/v1/roles/" + id, null);
    assertEquals(404, gone.statusCode());
    assertEquals("Object 'Roles' not found.", error(gone));
    assertEquals(
        409, asApp("DELETE", "/v1/roles/" + service.app().defaultRoleId(), null).statusCode());
  }

  @Test
  void anAdministratorManagesApps() {
    JsonObject login = Json.object().add("username", "root").add("password", "secret word").build();
    String token =
        Json.parseObject(RawClient.post(service, "/v1/adminsessions", login).body())
            .getString("token");
    assertEquals(
        401,
        RawClient.post(
                service, "/v1/admin-sessions", Json.object(login).add("password", "x").build())
            .statusCode());
    JsonObject app =
        Json.parseObject(
            RawClient.post(
                    service,
                    "/v1/apps",
                    Json.object().add("name", "second").build(),
                    "Admin-Token",
                    token)
                .body());
    assertFalse(app.getBoolean("developmentMode"));
    String path = "/v1/apps/" + app.getString("id");
    assertEquals(
        2,
        Json.parseArray(RawClient.get(service.baseUrl(), "/v1/apps", "Admin-Token", token).body())
            .size());
    assertEquals(404, asApp("GET", path, null).statusCode());
    assertEquals(
        200,
        RawClient.get(service.baseUrl(), path, "App-Secret", app.getString("secret")).statusCode());
    assertEquals(
        200,
        RawClient.http(service.baseUrl(), "DELETE", path, null, "Admin-Token", token).statusCode());
    assertEquals(
        401,
        RawClient.get(service.baseUrl(), path, "App-Secret", app.getString("secret")).statusCode());
  }

  @Test
  void requestsWithoutOrWithABadCredentialSayWhatIsWrong() {
    HttpResponse<String> none = RawClient.get(service.baseUrl(), "/v1/turn");
    assertEquals(401, none.statusCode());
    assertTrue(error(none).contains("App-Token"), error(none));
    HttpResponse<String> bad =
        RawClient.get(service.baseUrl(), "/v1/turn", "App-Token", "0123456789");
    assertEquals(401, bad.statusCode());
    assertTrue(error(bad).contains("App-Token is invalid"), error(bad));
    assertFalse(bad.body().contains("0123456789"));
  }
}
