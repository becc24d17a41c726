package io.respoke.core.auth;

import io.respoke.AppSecretTokens;
import io.respoke.AuthenticationException;
import io.respoke.RequestRejectedException;
import io.respoke.RoleRef;
import io.respoke.Token;
import io.respoke.TokenRequest;
import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.HttpReply;
import io.respoke.core.http.Refusal;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import io.respoke.protocol.TokenGrant;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Mints tokens at the service: in development mode without a credential, else with an app's secret.
 * A refusal of the credentials ends the retries.
 */
public final class MintedTokens extends GatewayTokens {
  private final Optional<String> appId;
  private final @Nullable String secret;
  private final RoleRef role;
  private final Duration ttl;

  private MintedTokens(
      Optional<String> appId, @Nullable String secret, RoleRef role, Duration ttl) {
    this.appId = appId;
    this.secret = secret;
    this.role = role;
    this.ttl = ttl;
  }

  /** For an app in development mode. */
  public static MintedTokens developmentMode() {
    return new MintedTokens(
        Optional.empty(), null, RoleRef.appDefault(), AppSecretTokens.DEFAULT_TTL);
  }

  /** With an app's secret. */
  public static MintedTokens withSecret(AppSecretTokens options) {
    return new MintedTokens(options.appId(), options.appSecret(), options.role(), options.ttl());
  }

  @Override
  public CompletableFuture<Token> token(HttpGateway http, TokenRequest request) {
    Optional<String> app = appId.or(request::appId);
    if (request.endpointId().isEmpty() || (secret == null && app.isEmpty())) {
      return CompletableFuture.failedFuture(
          new AuthenticationException(
              secret == null
                  ? "Development mode needs appId and endpointId in the options"
                  : "Minting a token needs endpointId in the options"));
    }
    return http.send(
            "post",
            ServiceUri.of(request.baseUrl()).http(Paths.TOKENS),
            secret == null ? Map.of() : Map.of(CredentialKind.APP_SECRET.header(), secret),
            body(app, request.endpointId().get(), role, ttl),
            request.timeout())
        .thenApply(reply -> token(request, reply));
  }

  @Override
  public String address(TokenRequest request) {
    return request.baseUrl();
  }

  /** The body of {@code POST /v1/tokens}. */
  public static JsonObject body(
      Optional<String> appId, String endpointId, RoleRef role, Duration ttl) {
    JsonObjectBuilder body = Json.object();
    appId.ifPresent(id -> body.add("appId", id));
    body.add("endpointId", endpointId).add("ttl", ttl.toSeconds());
    role.id().ifPresent(id -> body.add("roleId", id));
    role.name().ifPresent(name -> body.add("roleName", name));
    return body.build();
  }

  private Token token(TokenRequest request, HttpReply reply) {
    ApiResponse response = reply.asResponse();
    if (response.failed() || reply.status() >= 300) {
      throw verdict(Refusal.of("post " + Paths.TOKENS, response));
    }
    try {
      if (reply.json() instanceof JsonObject grant) {
        return Token.of(TokenGrant.of(grant).tokenId());
      }
    } catch (MalformedJsonException e) {
      throw noToken(request, reply, "tokenId");
    }
    throw noToken(request, reply, "tokenId");
  }

  private static RuntimeException verdict(RequestRejectedException refusal) {
    return refusal.status() == 401 || refusal.status() == 403
        ? new AuthenticationException(
            refusal.getMessage() + ". Check the app's secret, role and development mode.", refusal)
        : refusal;
  }
}
