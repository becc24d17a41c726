package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.event.MessageReceived;
import io.respoke.examples.interop.driver.ClientFailure;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** respoke-admin brokers tokens and administers the app. */
@Tag("node")
class NodeAdminTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void a_token_from_respoke_admin_connects_a_java_client() {
    NodeAdmin admin = interop.admin("admin", "App-Secret", interop.service().appSecret());
    String roleId =
        admin
            .ask("roles.create", "appId", interop.service().appId(), "name", "guest")
            .getString("id");

    JsonObject token =
        admin.ask("auth.endpoint", "endpointId", "billy", "roleId", roleId, "ttl", 3600);

    assertEquals("billy", token.getString("endpointId"));
    assertEquals(roleId, token.getString("roleId"));
    assertEquals(interop.service().appId(), token.getString("appId"));
    assertEquals(3600, token.getInt("expiryTime") - token.getInt("createTime"));
    assertFalse(token.getBoolean("forDevelopment"));
    JavaClient billy =
        interop.java("billy", options -> options.token(token.getString("tokenId"))).connect();
    assertEquals("billy", billy.client().endpointId().orElseThrow());
  }

  @Test
  void a_token_from_java_is_a_session_for_respoke_admin() {
    String token =
        JavaClient.get(interop.broker().createToken(TokenSpec.of("billy", RoleRef.appDefault())))
            .token();
    NodeAdmin billy = interop.admin("billy");

    assertFalse(billy.ask("auth.sessionToken", "tokenId", token).getString("token").isEmpty());
    billy.call("auth.connect");

    billy.await("connect");
    assertEquals("billy", billy.ask("state").getString("endpointId"));
    JavaClient java = interop.java("java").connect();
    billy.call("messages.send", "to", "java", "message", "hi");
    assertEquals("billy", java.await(MessageReceived.class).message().from());
  }

  @Test
  void development_mode_needs_no_secret() {
    NodeAdmin anybody = interop.admin("anybody");

    JsonObject token = anybody.ask("auth.endpoint", "endpointId", "joe");

    assertTrue(token.getBoolean("forDevelopment"));
    anybody.call("auth.sessionToken", "tokenId", token.getString("tokenId"));
    anybody.call("auth.connect");
    anybody.await("connect");
    assertEquals("joe", anybody.ask("state").getString("endpointId"));
  }

  @Test
  void apps_are_read_with_an_admin_session_or_the_apps_secret() {
    NodeAdmin admin = interop.admin("admin");
    admin.call("auth.admin", "username", TestService.ADMIN, "password", TestService.PASSWORD);

    JsonObject app = ownApp(admin.call("apps.get"));
    assertFalse(app.containsKey("secret"));
    assertTrue(app.getBoolean("developmentMode"));

    NodeAdmin server = interop.admin("server", "App-Secret", interop.service().appSecret());
    JsonObject own = server.ask("apps.get", "appId", interop.service().appId());
    assertEquals(app.getString("name"), own.getString("name"));
    assertEquals(interop.service().appSecret(), own.getString("secret"));
  }

  @Test
  void roles_are_created_read_and_deleted() {
    NodeAdmin admin = interop.admin("admin", "App-Secret", interop.service().appSecret());
    String appId = interop.service().appId();
    JsonObject groups =
        Json.object().add("*", Json.object().add("subscribe", true).add("publish", false)).build();

    JsonObject created =
        admin.ask(
            "roles.create",
            "appId",
            appId,
            "name",
            "reader",
            "mediaRelay",
            false,
            "groups",
            groups);
    String id = created.getString("id");
    assertEquals("reader", created.getString("name"));

    JsonObject read = admin.ask("roles.get", "appId", appId, "roleId", id);
    assertTrue(read.getJsonObject("groups").getJsonObject("*").getBoolean("subscribe"));
    assertFalse(read.getJsonObject("groups").getJsonObject("*").getBoolean("publish"));
    assertTrue(
        admin.call("roles.get", "appId", appId).asJsonArray().stream()
            .anyMatch(role -> id.equals(role.asJsonObject().getString("id"))));

    assertEquals("Success", admin.ask("roles.delete", "roleId", id).getString("message"));
    ClientFailure gone =
        assertThrows(
            ClientFailure.class, () -> admin.call("roles.get", "appId", appId, "roleId", id));
    assertEquals("UnexpectedServerResponseError", gone.type());
    assertEquals(404, gone.details().getJsonObject("res").getInt("statusCode"));
  }

  @Test
  void connecting_with_the_secret_makes_an_endpoint_of_ones_choice() {
    NodeAdmin wombat =
        interop.admin(
            "wombat", "App-Secret", interop.service().appSecret(), "endpointId", "superWombat");

    wombat.call("auth.connect");
    wombat.await("connect");

    JsonObject state = wombat.ask("state");
    assertEquals("superWombat", state.getString("endpointId"));
    assertNotEquals("", state.getString("connectionId"));
    JavaClient java = interop.java("java").connect();
    JavaClient.get(java.client().sendMessage("superWombat", "hi wombat"));
    assertEquals("hi wombat", wombat.await("message").text("body"));
  }

  @Test
  void connecting_with_an_admin_session_makes_an_endpoint_of_the_only_app() {
    NodeAdmin admin = interop.admin("admin", "endpointId", "root");
    admin.call("auth.admin", "username", TestService.ADMIN, "password", TestService.PASSWORD);

    admin.call("auth.connect");
    admin.await("connect");

    JavaClient java = interop.java("java").connect();
    JavaClient.get(java.client().sendMessage("root", "hi root"));
    assertEquals("hi root", admin.await("message").text("body"));
  }

  @Test
  void a_message_needs_no_socket_and_may_come_from_any_endpoint() {
    JavaClient java = interop.java("java").connect();
    NodeAdmin server = interop.admin("server", "App-Secret", interop.service().appSecret());

    server.call("messages.send", "to", "java", "message", "from nobody");
    assertEquals("__SYSTEM__", java.await(MessageReceived.class).message().from());
    server.call("messages.send", "to", "java", "message", "from billy", "endpointId", "billy");
    assertEquals("billy", java.await(MessageReceived.class).message().from());
  }

  private JsonObject ownApp(JsonValue apps) {
    return apps.asJsonArray().stream()
        .map(JsonValue::asJsonObject)
        .filter(app -> app.getString("id").equals(interop.service().appId()))
        .findFirst()
        .orElseThrow();
  }
}
