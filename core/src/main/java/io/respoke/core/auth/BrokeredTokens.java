package io.respoke.core.auth;

import io.respoke.AuthenticationException;
import io.respoke.BrokerTokens;
import io.respoke.RequestRejectedException;
import io.respoke.Token;
import io.respoke.TokenRequest;
import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.HttpReply;
import io.respoke.core.http.Refusal;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks an application's own server for tokens. */
public final class BrokeredTokens extends GatewayTokens {
  private final BrokerTokens options;

  /** A source that asks one broker. */
  public BrokeredTokens(BrokerTokens options) {
    this.options = options;
  }

  @Override
  public CompletableFuture<Token> token(HttpGateway http, TokenRequest request) {
    JsonObjectBuilder body = Json.object();
    request.endpointId().ifPresent(id -> body.add("endpointId", id));
    request.appId().ifPresent(id -> body.add("appId", id));
    return http.send(
            "post", options.url(), options.headers().get(), body.build(), request.timeout())
        .thenApply(reply -> token(request, reply));
  }

  @Override
  public String address(TokenRequest request) {
    return options.url().getScheme()
        + "://"
        + options.url().getHost()
        + (options.url().getPort() < 0 ? "" : ":" + options.url().getPort())
        + options.url().getRawPath();
  }

  private Token token(TokenRequest request, HttpReply reply) {
    ApiResponse response = reply.asResponse();
    String name = "post " + options.url().getPath();
    if (response.failed() || reply.status() >= 300) {
      RequestRejectedException refusal = Refusal.of(name, response);
      throw reply.status() == 401 || reply.status() == 403
          ? new AuthenticationException("The broker refused: " + refusal.getMessage(), refusal)
          : refusal;
    }
    String token = response.body() instanceof JsonObject json ? token(json) : null;
    if (token == null || token.isBlank()) {
      throw noToken(request, reply, "token or tokenId");
    }
    return Token.of(token);
  }

  private static @Nullable String token(JsonObject json) {
    String token = Json.text(json, "token");
    return token == null ? Json.text(json, "tokenId") : token;
  }
}
