package io.respoke.core.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who mints tokens, refuses them, or says nothing, each under a path of its own. */
final class TokenServer implements AutoCloseable {
  private final AtomicInteger minted = new AtomicInteger();
  private final HttpServer server;

  private TokenServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/giving",
        exchange -> answer(exchange, 200, "{\"tokenId\":\"t" + minted.incrementAndGet() + "\"}"));
    server.createContext("/refusing", exchange -> answer(exchange, 401, "{\"error\":\"no\"}"));
    server.createContext("/silent", exchange -> {});
    server.start();
  }

  static TokenServer start() {
    return new TokenServer();
  }

  URI giving() {
    return uri("/giving");
  }

  URI refusing() {
    return uri("/refusing");
  }

  URI silent() {
    return uri("/silent");
  }

  /** Where nobody is: the port is taken only to be given back. */
  static URI nobody() {
    TokenServer gone = start();
    gone.close();
    return gone.uri("/gone");
  }

  /** A provider that mints where the client's service is, asked as if it were here. */
  static TokenProvider at(URI service, TokenProvider provider) {
    return new TokenProvider() {
      @Override
      public CompletionStage<Token> token(TokenRequest request) {
        return provider.token(
            new TokenRequest(
                service.toString(),
                request.appId(),
                request.endpointId(),
                request.attempt(),
                request.previousFailure(),
                request.timeout()));
      }

      @Override
      public String toString() {
        return provider.toString();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
