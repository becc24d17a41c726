package io.respoke;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The server-side half of the platform, over plain HTTP: mint tokens for an application's own
 * users, administer apps and roles, send as any endpoint. Needs an app's secret or an
 * administrator's session.
 *
 * <p>Safe for use by any thread; no method blocks. Stages fail with {@link
 * RequestRejectedException}, {@link RequestTimeoutException} or {@link ConnectionLostException}. An
 * answer of 429 is repeated as its headers say, at most twice.
 */
public interface Admin {
  /**
   * Logs in as an administrator; later requests use the session.
   *
   * @return the session token, for other clients
   */
  CompletionStage<Token> login(String username, String password);

  /** Mints a token for an endpoint. */
  CompletionStage<MintedToken> createToken(TokenSpec spec);

  /** Exchanges a token for a session token, as a client would. */
  CompletionStage<Token> createSession(String token);

  /** Ends a session. */
  CompletionStage<Void> deleteSession(Token sessionToken);

  /** The apps of the account; with an app's secret, that app. */
  CompletionStage<List<App>> apps();

  /** One app; empty when there is no such app. */
  CompletionStage<Optional<App>> app(String id);

  /** Creates an app. Needs an administrator. */
  CompletionStage<App> createApp(String name, String description);

  /** Changes an app: any of {@code name}, {@code description}, {@code developmentMode}. */
  CompletionStage<App> updateApp(String id, JsonObject changes);

  /** Deletes an app. Needs an administrator. */
  CompletionStage<Void> deleteApp(String id);

  /** The roles of the app. */
  CompletionStage<List<Role>> roles();

  /** One role; empty when there is no such role. */
  CompletionStage<Optional<Role>> role(String id);

  /** Creates a role. */
  CompletionStage<Role> createRole(Role role);

  /** Changes a role; members that are not given stay. */
  CompletionStage<Role> updateRole(String id, JsonObject changes);

  /** Deletes a role. */
  CompletionStage<Void> deleteRole(String id);

  /**
   * Sends a private message.
   *
   * @param from the endpoint to send as; {@code null} for the system
   * @param to the recipient endpoint
   * @param message a string, a {@link JsonValue}, or anything JSON-B can bind
   */
  CompletionStage<Void> sendMessage(@Nullable String from, String to, Object message);

  /** Publishes to a group; the members need not include {@code from}. */
  CompletionStage<Void> publish(
      @Nullable String from, String groupId, Object message, MessageOptions options);

  /** A group's members. */
  CompletionStage<List<Subscriber>> subscribers(String groupId);

  /** Makes all connections of an endpoint members of a group. */
  CompletionStage<Void> subscribe(String groupId, String endpointId);

  /** Takes all connections of an endpoint out of a group. */
  CompletionStage<Void> unsubscribe(String groupId, String endpointId);

  /**
   * Any request.
   *
   * @param method {@code get}, {@code post}, {@code put} or {@code delete}
   * @param path from {@code /v1/…} on
   * @return the answer's body
   */
  CompletionStage<JsonValue> request(String method, String path, @Nullable JsonObject body);
}
