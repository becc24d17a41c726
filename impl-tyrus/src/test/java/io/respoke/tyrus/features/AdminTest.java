package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.App;
import io.respoke.Client;
import io.respoke.ConnectionLostException;
import io.respoke.MessageOptions;
import io.respoke.MintedToken;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.Respoke;
import io.respoke.Role;
import io.respoke.RoleRef;
import io.respoke.Subscriber;
import io.respoke.Token;
import io.respoke.TokenSpec;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageReceived;
import io.respoke.protocol.Json;
import io.respoke.service.ServiceOptions;
import io.respoke.tyrus.features.Stage.Seen;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M2, M3, M17 administration and brokering")
class AdminTest {
  private final Stage stage =
      new Stage(ServiceOptions.builder().noRateLimit().adminUser("root", "s3cret").build());
  private final Admin admin = stage.admin();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void mintsTokensForARoleByIdByNameOrTheDefault() {
    Role role = get(admin.createRole(Role.named("customer").allGroups().build()));
    for (RoleRef ref :
        List.of(
            RoleRef.id(role.id().orElseThrow()), RoleRef.name("customer"), RoleRef.appDefault())) {
      MintedToken token = get(admin.createToken(new TokenSpec("joe", ref, Duration.ofMinutes(10))));
      assertEquals("joe", token.endpointId());
      assertTrue(token.expiresAt().isAfter(Instant.now()));
      assertFalse(token.toString().contains(token.token()));
      stage.connected(stage.options("joe").token(token.token())).close();
    }
    RequestRejectedException unknown =
        assertInstanceOf(
            RequestRejectedException.class,
            failure(admin.createToken(TokenSpec.of("joe", RoleRef.name("no such role")))));
    assertEquals(404, unknown.status());
  }

  @Test
  void exchangesAndEndsSessions() {
    MintedToken minted = get(admin.createToken(TokenSpec.of("joe", RoleRef.appDefault())));
    Token session = get(admin.createSession(minted.token()));
    Client client = stage.connected(stage.options("joe").token(session));
    assertEquals("joe", client.endpointId().orElseThrow());

    assertEquals(
        401,
        assertInstanceOf(
                RequestRejectedException.class, failure(admin.createSession(minted.token())))
            .status());
    get(admin.deleteSession(session));
  }

  @Test
  void connectsWithSecretAndAdminToken() {
    Client bySecret =
        stage.connected(
            stage
                .options("pbx")
                .token(new Token(Token.Kind.APP_SECRET, stage.service.app().secret())));
    assertEquals("pbx", bySecret.endpointId().orElseThrow());

    Admin root =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(stage.service.baseUrl())
                .appId(stage.service.app().id())
                .build());
    Token adminToken = get(root.login("root", "s3cret"));
    Client byAdmin = stage.connected(stage.options("boss").token(adminToken));
    assertEquals("boss", byAdmin.endpointId().orElseThrow());
    assertEquals(
        401,
        assertInstanceOf(RequestRejectedException.class, failure(root.login("root", "wrong")))
            .status());
  }

  @Test
  void administersApps() {
    App own = get(admin.apps()).get(0);
    assertEquals(stage.service.app().id(), own.id());
    assertEquals(Optional.empty(), get(admin.app("no-such-app")));

    Admin root = Respoke.admin(AdminOptions.builder().baseUrl(stage.service.baseUrl()).build());
    get(root.login("root", "s3cret"));
    App created = get(root.createApp("Enterprise", "a ship"));
    assertEquals("Enterprise", get(root.app(created.id())).orElseThrow().name());
    assertFalse(created.toString().contains(created.secret().orElseThrow()));
    App changed =
        get(root.updateApp(created.id(), Json.object().add("developmentMode", true).build()));
    assertTrue(changed.developmentMode());
    assertEquals(2, get(root.apps()).size());
    get(root.deleteApp(created.id()));
    assertEquals(Optional.empty(), get(root.app(created.id())));

    RequestRejectedException refusal =
        assertInstanceOf(
            RequestRejectedException.class, failure(admin.createApp("mine", "not allowed")));
    assertTrue(refusal.status() == 401 || refusal.status() == 403, refusal.toString());
  }

  @Test
  void administersRoles() {
    Role created =
        get(
            admin.createRole(
                Role.named("guest")
                    .group("lobby", Role.Permission.SUBSCRIBE, Role.Permission.PUBLISH)
                    .mediaRelay()
                    .build()));
    String id = created.id().orElseThrow();
    Role read = get(admin.role(id)).orElseThrow();
    assertEquals("guest", read.name());
    assertTrue(read.json().getJsonObject("groups").getJsonObject("lobby").getBoolean("publish"));
    assertTrue(get(admin.roles()).stream().anyMatch(role -> role.name().equals("guest")));

    Role changed = get(admin.updateRole(id, Json.object().add("mediaRelay", false).build()));
    assertFalse(changed.json().getBoolean("mediaRelay"));
    assertTrue(changed.json().getJsonObject("groups").getJsonObject("lobby").getBoolean("publish"));

    get(admin.deleteRole(id));
    assertEquals(Optional.empty(), get(admin.role(id)));
  }

  @Test
  void sendsAndPublishesAsAnyEndpoint() {
    Client joe = stage.connected(stage.brokered("joe"));
    Seen<MessageReceived> messages = seen(joe, MessageReceived.class);
    Seen<GroupMessageReceived> published = seen(joe, GroupMessageReceived.class);
    get(joe.join("bridge"));

    get(admin.sendMessage("captain", "joe", "engage"));
    assertEquals("captain", messages.next().message().from());
    get(admin.sendMessage(null, "joe", "maintenance at noon"));
    assertEquals("__SYSTEM__", messages.next().message().from());

    get(admin.publish("captain", "bridge", "to all", MessageOptions.defaults().withPersist(true)));
    assertEquals("captain", published.next().message().from());
    assertEquals("to all", get(joe.group("bridge").history()).get(0).text());
  }

  @Test
  void managesSubscribers() {
    Client joe = stage.connected(stage.brokered("joe"));
    get(admin.subscribe("bridge", "joe"));
    assertEquals(
        List.of(new Subscriber("joe", joe.connectionId().orElseThrow())),
        get(admin.subscribers("bridge")));
    get(admin.unsubscribe("bridge", "joe"));
    assertEquals(List.of(), get(admin.subscribers("bridge")));
  }

  @Test
  void asksAnything() {
    JsonValue app = get(admin.request("get", "/v1/apps/" + stage.service.app().id(), null));
    assertEquals(stage.service.app().id(), app.asJsonObject().getString("id"));
  }

  @Test
  void repeatsAfterTheRateLimitAndGivesUpTyped() {
    stage.service.hooks().rateLimitNext(2);
    get(admin.roles());

    stage.service.hooks().rateLimitNext(100);
    RequestRejectedException refusal =
        assertInstanceOf(RequestRejectedException.class, failure(admin.roles()));
    assertEquals(Reason.RATE_LIMITED, refusal.reason());
    stage.service.hooks().clearRefusals();
  }

  @Test
  void withoutAServiceOrCredentialsFailsTyped() {
    Admin nobody =
        Respoke.admin(AdminOptions.builder().baseUrl("http://127.0.0.1:1").appSecret("x").build());
    assertInstanceOf(ConnectionLostException.class, failure(nobody.roles()));

    Admin stranger =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(stage.service.baseUrl())
                .appSecret("not-the-secret")
                .build());
    RequestRejectedException refusal =
        assertInstanceOf(RequestRejectedException.class, failure(stranger.roles()));
    assertEquals(401, refusal.status());
    assertEquals(Reason.NOT_AUTHENTICATED, refusal.reason());
    assertTrue(refusal.requestId().isPresent());
    assertFalse(refusal.getMessage().contains("not-the-secret"));
  }
}
