package io.respoke.core.admin;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.App;
import io.respoke.MessageOptions;
import io.respoke.MintedToken;
import io.respoke.RespokeException;
import io.respoke.Role;
import io.respoke.Subscriber;
import io.respoke.Token;
import io.respoke.TokenSpec;
import io.respoke.core.auth.MintedTokens;
import io.respoke.core.json.JsonBinding;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.OutgoingMessage;
import io.respoke.protocol.Paths;
import io.respoke.protocol.TokenGrant;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Administration over HTTP. */
public final class DefaultAdmin implements Admin {
  private final AdminOptions options;
  private final AdminRequests requests;
  private final JsonBinding binding;

  /** An administration client; no I/O. */
  public DefaultAdmin(AdminOptions options, @Nullable ClassLoader loader) {
    this.options = options;
    requests = new AdminRequests(options);
    binding = new JsonBinding(loader);
  }

  // --- sessions and tokens

  @Override
  public CompletionStage<Token> login(String username, String password) {
    JsonObject body = Json.object().add("username", username).add("password", password).build();
    return requests.send(
        "post",
        Paths.ADMIN_SESSIONS,
        body,
        Map.of(),
        answer -> {
          String token = required(object(answer), "token");
          requests.useAdminToken(token);
          return new Token(Token.Kind.ADMIN_TOKEN, token);
        });
  }

  @Override
  public CompletionStage<MintedToken> createToken(TokenSpec spec) {
    JsonObject body =
        MintedTokens.body(options.appId(), spec.endpointId(), spec.role(), spec.ttl());
    return send(
        "post",
        Paths.TOKENS,
        body,
        answer -> {
          TokenGrant grant = grant(object(answer));
          return new MintedToken(
              grant.tokenId(),
              grant.endpointId() == null ? spec.endpointId() : grant.endpointId(),
              Optional.ofNullable(grant.roleId()),
              grant.expiryTime() == 0
                  ? Instant.now().plus(spec.ttl())
                  : Instant.ofEpochSecond(grant.expiryTime()));
        });
  }

  private static TokenGrant grant(JsonObject answer) {
    try {
      return TokenGrant.of(answer);
    } catch (MalformedJsonException e) {
      throw new RespokeException("The service's answer holds no tokenId", e);
    }
  }

  @Override
  public CompletionStage<Token> createSession(String token) {
    JsonObject body = Json.object().add("tokenId", token).build();
    return requests.send(
        "post",
        Paths.SESSION_TOKENS,
        body,
        Map.of(),
        answer -> new Token(Token.Kind.SESSION_TOKEN, required(object(answer), "token")));
  }

  @Override
  public CompletionStage<Void> deleteSession(Token sessionToken) {
    if (sessionToken.kind() != Token.Kind.SESSION_TOKEN) {
      throw new IllegalArgumentException("not a session token: " + sessionToken);
    }
    return requests.send(
        "delete",
        Paths.SESSION_TOKENS,
        null,
        Map.of(CredentialKind.APP_TOKEN.header(), sessionToken.value()),
        answer -> null);
  }

  // --- apps

  @Override
  public CompletionStage<List<App>> apps() {
    return send("get", Paths.APPS, null, answer -> list(answer, DefaultAdmin::app));
  }

  @Override
  public CompletionStage<Optional<App>> app(String id) {
    return requests.find(Paths.app(id), answer -> app(object(answer)));
  }

  @Override
  public CompletionStage<App> createApp(String name, String description) {
    JsonObject body = Json.object().add("name", name).add("description", description).build();
    return send("post", Paths.APPS, body, answer -> app(object(answer)));
  }

  @Override
  public CompletionStage<App> updateApp(String id, JsonObject changes) {
    return send("put", Paths.app(id), changes, answer -> app(object(answer)));
  }

  @Override
  public CompletionStage<Void> deleteApp(String id) {
    return send("delete", Paths.app(id), null, answer -> null);
  }

  private static App app(JsonObject json) {
    return new App(
        required(json, "id"),
        orEmpty(Json.text(json, "name")),
        orEmpty(Json.text(json, "description")),
        Json.bool(json, "developmentMode", false),
        Optional.ofNullable(Json.text(json, "secret")),
        json);
  }

  // --- roles

  @Override
  public CompletionStage<List<Role>> roles() {
    String query = options.appId().map(id -> "?appId=" + Paths.encode(id)).orElse("");
    return send("get", Paths.ROLES + query, null, answer -> list(answer, DefaultAdmin::role));
  }

  @Override
  public CompletionStage<Optional<Role>> role(String id) {
    return requests.find(Paths.role(id), answer -> role(object(answer)));
  }

  @Override
  public CompletionStage<Role> createRole(Role role) {
    JsonObjectBuilder body = Json.object(role.json());
    options.appId().ifPresent(id -> body.add("appId", id));
    return send("post", Paths.ROLES, body.build(), answer -> role(object(answer)));
  }

  @Override
  public CompletionStage<Role> updateRole(String id, JsonObject changes) {
    return send("put", Paths.role(id), changes, answer -> role(object(answer)));
  }

  @Override
  public CompletionStage<Void> deleteRole(String id) {
    return send("delete", Paths.role(id), null, answer -> null);
  }

  private static Role role(JsonObject json) {
    JsonObject normal = new io.respoke.protocol.Role(json).json();
    return new Role(
        Optional.ofNullable(Json.text(normal, "id")), orEmpty(Json.text(normal, "name")), normal);
  }

  // --- messages and groups

  @Override
  public CompletionStage<Void> sendMessage(@Nullable String from, String to, Object message) {
    OutgoingMessage outgoing =
        new OutgoingMessage(to, null, binding.toJson(message), null, false, null, from);
    return send("post", Paths.MESSAGES, outgoing.toJson(), answer -> null);
  }

  @Override
  public CompletionStage<Void> publish(
      @Nullable String from, String groupId, Object message, MessageOptions how) {
    OutgoingMessage outgoing =
        new OutgoingMessage(
            groupId, null, binding.toJson(message), null, how.push(), how.persist(), from);
    return send("post", Paths.publish(groupId), outgoing.toJson(), answer -> null);
  }

  @Override
  public CompletionStage<List<Subscriber>> subscribers(String groupId) {
    return send(
        "get",
        Paths.subscribers(groupId),
        null,
        answer ->
            list(
                answer,
                json ->
                    new Subscriber(required(json, "endpointId"), required(json, "connectionId"))));
  }

  @Override
  public CompletionStage<Void> subscribe(String groupId, String endpointId) {
    return send("post", Paths.subscribers(groupId), endpoint(endpointId), answer -> null);
  }

  @Override
  public CompletionStage<Void> unsubscribe(String groupId, String endpointId) {
    return send("delete", Paths.subscribers(groupId), endpoint(endpointId), answer -> null);
  }

  private static JsonObject endpoint(String id) {
    return Json.object().add("endpointId", Objects.requireNonNull(id, "endpointId")).build();
  }

  @Override
  public CompletionStage<JsonValue> request(String method, String path, @Nullable JsonObject body) {
    if (!path.startsWith("/v1/")) {
      throw new IllegalArgumentException("path must start with /v1/: " + path);
    }
    String verb = method.toLowerCase(Locale.ROOT);
    if (!List.of("get", "post", "put", "delete").contains(verb)) {
      throw new IllegalArgumentException("method must be get, post, put or delete: " + method);
    }
    return send(verb, path, body, answer -> answer);
  }

  private <T> CompletionStage<T> send(
      String method, String path, @Nullable JsonObject body, Function<JsonValue, T> read) {
    return requests.send(method, path, body, read);
  }

  // --- answers

  private static JsonObject object(JsonValue answer) {
    if (answer instanceof JsonObject object) {
      return object;
    }
    throw new RespokeException("The service answered with no JSON object");
  }

  private static <T> List<T> list(JsonValue answer, Function<JsonObject, T> read) {
    List<T> all = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      array.stream().map(DefaultAdmin::object).map(read).forEach(all::add);
    } else {
      all.add(read.apply(object(answer)));
    }
    return List.copyOf(all);
  }

  private static String required(JsonObject json, String name) {
    String value = Json.text(json, name);
    if (value == null) {
      throw new RespokeException("The service's answer holds no " + name);
    }
    return value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
