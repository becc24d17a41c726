package io.respoke.core.auth;

import io.respoke.ConnectFailedException;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.HttpReply;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.SharedRuntime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A token provider that needs HTTP. A client gives it its own gateway, with its TLS and proxy
 * settings; asked by anybody else it takes a share of the common one for the time of the call.
 */
public abstract class GatewayTokens implements TokenProvider {
  GatewayTokens() {}

  /** Gets a token through the gateway of the client that asks. */
  public abstract CompletableFuture<Token> token(HttpGateway http, TokenRequest request);

  /** Whom it asks, for messages; without credentials. */
  public abstract String address(TokenRequest request);

  /** An answer without a token. It is not quoted: nobody knows what is in it. */
  ConnectFailedException noToken(TokenRequest request, HttpReply reply, String expected) {
    return new ConnectFailedException(
        ConnectFailedException.Step.TOKEN,
        ConnectFailedException.Category.PROTOCOL,
        0,
        "Cannot get a token from "
            + address(request)
            + ": the answer (status "
            + reply.status()
            + ") is no JSON object with a "
            + expected,
        null);
  }

  @Override
  public final CompletionStage<Token> token(TokenRequest request) {
    ClientRuntime runtime =
        SharedRuntime.acquire(Optional.empty(), Optional.empty(), Optional.empty(), false);
    try {
      return token(runtime.http(), request)
          .whenComplete((token, failure) -> runtime.release().run());
    } catch (RuntimeException | Error e) { // what gives the broker's headers is not ours
      runtime.release().run();
      throw e;
    }
  }
}
