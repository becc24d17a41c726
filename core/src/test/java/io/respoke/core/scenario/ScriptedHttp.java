package io.respoke.core.scenario;

import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.HttpReply;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** HTTP as a service without faults answers it, until a test says otherwise. */
final class ScriptedHttp implements HttpGateway {
  /** One request. */
  record Exchange(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable JsonValue body,
      Duration limit,
      CompletableFuture<HttpReply> reply) {
    /** The request as one line. */
    String line() {
      return method + " " + uri.getPath() + (body == null ? "" : " " + Json.write(body));
    }

    boolean is(String method, String path) {
      return this.method.equals(method) && uri.getPath().equals(path);
    }
  }

  private record Rule(String method, String path, Function<Exchange, @Nullable HttpReply> answer) {}

  private final List<Rule> once = new ArrayList<>();
  private final List<Exchange> all = new ArrayList<>();
  private final List<String> log;
  private int tokens;
  private int sessions;
  private int sockets;

  ScriptedHttp(List<String> log) {
    this.log = log;
  }

  static HttpReply json(int status, String body) {
    return new HttpReply(status, "request-" + status, Map.of(), body);
  }

  /** Answers the next such request with this. */
  ScriptedHttp next(String method, String path, HttpReply answer) {
    once.add(new Rule(method, path, exchange -> answer));
    return this;
  }

  /** Fails the next such request. */
  ScriptedHttp nextFails(String method, String path, Exception failure) {
    once.add(
        new Rule(
            method,
            path,
            exchange -> {
              exchange.reply().completeExceptionally(failure);
              return null;
            }));
    return this;
  }

  /** Leaves the next such request without an answer. */
  ScriptedHttp nextHangs(String method, String path) {
    once.add(new Rule(method, path, exchange -> null));
    return this;
  }

  @Override
  public CompletableFuture<HttpReply> send(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable JsonValue body,
      Duration limit) {
    Exchange exchange = new Exchange(method, uri, headers, body, limit, new CompletableFuture<>());
    all.add(exchange);
    log.add(exchange.line());
    HttpReply reply = answer(exchange);
    if (reply != null) {
      exchange.reply().complete(reply);
    }
    return exchange.reply();
  }

  private @Nullable HttpReply answer(Exchange exchange) {
    for (Rule rule : once) {
      if (exchange.is(rule.method, rule.path)) {
        once.remove(rule);
        return rule.answer.apply(exchange);
      }
    }
    return switch (exchange.method() + " " + exchange.uri().getPath()) {
      case "post /v1/tokens" -> json(200, "{\"tokenId\":\"token-" + ++tokens + "\"}");
      case "post /v1/session-tokens" -> json(200, "{\"token\":\"session-" + ++sessions + "\"}");
      case "get /socket.io/1/" ->
          new HttpReply(200, null, Map.of(), "sid-" + ++sockets + ":60:60:websocket");
      case "post /api/tokens" -> json(200, "{\"token\":\"brokered-" + ++tokens + "\"}");
      default -> json(200, "{}");
    };
  }

  /** Fails what has no answer yet, so that nobody waits for it in real time. */
  void end() {
    all.forEach(exchange -> exchange.reply().completeExceptionally(new IOException("over")));
  }

  /** All requests so far. */
  List<Exchange> exchanges() {
    return all;
  }

  Exchange last(String method, String path) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).is(method, path)) {
        return all.get(i);
      }
    }
    throw new AssertionError("no " + method + " " + path + " in " + log);
  }

  static JsonObject body(Exchange exchange) {
    return (JsonObject) exchange.body();
  }
}
