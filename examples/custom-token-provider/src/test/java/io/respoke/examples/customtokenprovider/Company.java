package io.respoke.examples.customtokenprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A company with a login, where Ada's password is {@link #PASSWORD}. */
final class Company implements AutoCloseable {
  static final String PASSWORD = "open-s3same";

  /** The tokens that it has given. */
  final List<String> given = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  /** A company that gets a user's token from somewhere. */
  Company(Function<String, String> tokens) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var login = server.createContext("/login", exchange -> login(exchange, tokens));
    login.setAuthenticator(
        new BasicAuthenticator("company") {
          @Override
          public boolean checkCredentials(String user, String password) {
            return user.equals("ada") && password.equals(PASSWORD);
          }
        });
    server.createContext("/silent", exchange -> {});
    server.start();
  }

  /** Settings for Ada. */
  Map<String, String> settings() {
    return settings("/login", PASSWORD);
  }

  /** Settings with a path and a password that may be wrong. */
  Map<String, String> settings(String path, String password) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return Map.of("url", url, "user", "ada", "password", password);
  }

  private void login(HttpExchange exchange, Function<String, String> tokens) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String token = tokens.apply(exchange.getPrincipal().getUsername());
      given.add(token);
      byte[] answer = token.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
