package io.respoke.examples.tokenbroker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.respoke.Admin;
import io.respoke.MintedToken;
import io.respoke.TokenSpec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The server-side half of brokered authentication: it knows the app's secret and its own users, and
 * gives each of them tokens for who they are. {@code POST /api/login} answers a bearer token for a
 * password, {@code POST /api/tokens} a Respoke token for a bearer token.
 */
public final class TokenBroker implements AutoCloseable {
  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Admin admin;
  private final String serviceUrl;
  private final Logins logins;
  private final TokenPolicy policy;
  private final Set<String> origins;
  private final PrintStream out;

  /**
   * Starts to listen.
   *
   * @param address where; port 0 for any
   * @param admin mints the tokens
   * @param serviceUrl told to pages, which do not know where the service is
   * @param origins pages of these origins may ask; the broker's own always may
   */
  TokenBroker(
      InetSocketAddress address,
      Admin admin,
      String serviceUrl,
      Logins logins,
      TokenPolicy policy,
      Set<String> origins,
      PrintStream out) {
    this.admin = admin;
    this.serviceUrl = serviceUrl;
    this.logins = logins;
    this.policy = policy;
    this.origins = Set.copyOf(origins);
    this.out = out;
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "token-broker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/api/login", exchange -> post(exchange, "/api/login", this::logIn));
    server.createContext("/api/tokens", exchange -> post(exchange, "/api/tokens", this::mint));
    server.createContext("/", exchange -> page(exchange));
    server.start();
  }

  /** Runs until the process is ended; see {@link Settings}. */
  public static void main(String[] args) {
    Settings.run(args, System.getenv(), System.out);
  }

  /** Where it listens. */
  URI url() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
  }

  // --- what it answers

  private interface Route {
    JsonObject answer(Fields fields, Optional<String> authorization);
  }

  private JsonObject logIn(Fields fields, Optional<String> authorization) {
    String bearer =
        logins
            .logIn(fields.required("user"), fields.required("password"))
            .orElseThrow(() -> new Refusal(401, "The name or the password is wrong."));
    return Json.createObjectBuilder().add("bearer", bearer).build();
  }

  private JsonObject mint(Fields fields, Optional<String> authorization) {
    String user = logins.user(authorization).orElseThrow(() -> new Refusal(401, "Log in first."));
    Optional<String> endpointId = fields.get("endpointId");
    TokenSpec spec =
        policy
            .decide(user, endpointId)
            .orElseThrow(
                () -> new Refusal(403, user + " may not be " + endpointId.orElse("anybody") + "."));
    MintedToken minted = minted(spec);
    say(user + " gets a token for " + minted.endpointId());
    return Json.createObjectBuilder()
        .add("token", minted.token())
        .add("tokenId", minted.token())
        .add("endpointId", minted.endpointId())
        .add("expiresAt", minted.expiresAt().toString())
        .add("baseUrl", serviceUrl)
        .build();
  }

  private MintedToken minted(TokenSpec spec) {
    try {
      return admin.createToken(spec).toCompletableFuture().join();
    } catch (CompletionException e) {
      // For the log only: who asks cannot change it and should not know how we are set up.
      say("no token for " + spec.endpointId() + ": " + e.getCause());
      throw new Refusal(502, "There are no tokens at the moment.");
    }
  }

  // --- HTTP

  private void post(HttpExchange exchange, String path, Route route) throws IOException {
    try (exchange) {
      allow(exchange);
      if (exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      try {
        if (!exchange.getRequestURI().getPath().equals(path)) {
          throw new Refusal(404, "There is no such thing.");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
          throw new Refusal(405, "Use POST.");
        }
        Optional<String> authorization =
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, 200, route.answer(Fields.of(exchange), authorization));
      } catch (Refusal e) {
        answer(
            exchange,
            e.status(),
            Json.createObjectBuilder().add("error", String.valueOf(e.getMessage())).build());
      }
    }
  }

  /** A page of another origin may read the answer only if that origin is a known one. */
  private void allow(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    exchange.getResponseHeaders().set("Vary", "Origin");
    if (origin != null && origins.contains(origin)) {
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
      exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "POST");
      exchange
          .getResponseHeaders()
          .set("Access-Control-Allow-Headers", "authorization, content-type");
      exchange.getResponseHeaders().set("Access-Control-Max-Age", "600");
    }
  }

  private static void answer(HttpExchange exchange, int status, JsonObject body)
      throws IOException {
    // A token is good once: nothing on the way may keep it.
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    send(exchange, status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void page(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream page = TokenBroker.class.getResourceAsStream("page.html")) {
      String path = exchange.getRequestURI().getPath();
      String script = System.getenv("RESPOKE_JS");
      if (path.equals("/") && page != null) {
        send(exchange, 200, "text/html; charset=utf-8", page.readAllBytes());
      } else if (path.equals("/respoke.js") && script != null) {
        send(exchange, 200, "text/javascript", Files.readAllBytes(Path.of(script)));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void say(String line) {
    out.println("broker: " + line);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
