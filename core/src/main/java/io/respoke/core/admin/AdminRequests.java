package io.respoke.core.admin;

import io.respoke.AdminOptions;
import io.respoke.ConnectionLostException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestTimeoutException;
import io.respoke.Respoke;
import io.respoke.core.http.HttpReply;
import io.respoke.core.http.Refusal;
import io.respoke.core.http.RetryAfter;
import io.respoke.core.runtime.CallerStage;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.Failures;
import io.respoke.core.runtime.SharedRuntime;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.ServiceUri;
import io.respoke.protocol.Wire;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an administration client: credentials, deadline, repeats after 429. Between
 * requests it holds no threads; with clients open it shares theirs.
 */
final class AdminRequests {
  private final AdminOptions options;
  private final ServiceUri service;
  private volatile @Nullable String adminToken;

  AdminRequests(AdminOptions options) {
    this.options = options;
    service = ServiceUri.of(options.baseUrl());
    adminToken = options.adminToken().orElse(null);
  }

  void useAdminToken(String token) {
    adminToken = token;
  }

  /**
   * Sends a request.
   *
   * @param read what callers get out of the answer; may throw
   */
  <T> CompletionStage<T> send(
      String method, String path, @Nullable JsonObject body, Function<JsonValue, T> read) {
    return send(method, path, body, credentials(), read);
  }

  <T> CompletionStage<T> send(
      String method,
      String path,
      @Nullable JsonObject body,
      Map<String, String> credentials,
      Function<JsonValue, T> read) {
    return exchange(method, path, body, credentials, answer -> answer.thenApply(read));
  }

  /** Gets something that may not exist. */
  <T> CompletionStage<Optional<T>> find(String path, Function<JsonValue, T> read) {
    return exchange(
        "get",
        path,
        null,
        credentials(),
        answer ->
            answer.handle(
                (json, failure) -> {
                  if (failure == null) {
                    return Optional.of(read.apply(json));
                  }
                  if (failure instanceof RequestRejectedException e && e.status() == 404) {
                    return Optional.empty();
                  }
                  throw new CompletionException(failure);
                }));
  }

  private Map<String, String> credentials() {
    String token = adminToken;
    if (token != null) {
      return Map.of(CredentialKind.ADMIN_TOKEN.header(), token);
    }
    return options
        .appSecret()
        .map(secret -> Map.of(CredentialKind.APP_SECRET.header(), secret))
        .orElseGet(Map::of);
  }

  private <T> CompletionStage<T> exchange(
      String method,
      String path,
      @Nullable JsonObject body,
      Map<String, String> credentials,
      Function<CompletableFuture<JsonValue>, CompletableFuture<T>> reading) {
    ClientRuntime runtime =
        SharedRuntime.acquire(options.sslContext(), options.proxy(), Optional.empty(), false);
    Map<String, String> headers = new LinkedHashMap<>(credentials);
    headers.put(Wire.SDK_HEADER, "Respoke-Java/" + Respoke.version());
    CompletableFuture<JsonValue> answer = new CompletableFuture<>();
    new Exchange(runtime, method, path, body, headers, answer).transmit(1);
    CompletionStage<T> stage = CallerStage.of(reading.apply(answer), runtime.callbacks());
    stage.whenComplete((value, failure) -> runtime.release().run());
    return stage;
  }

  private final class Exchange {
    private final ClientRuntime runtime;
    private final String method;
    private final String path;
    private final @Nullable JsonObject body;
    private final Map<String, String> headers;
    private final CompletableFuture<JsonValue> answer;
    private final long end;

    Exchange(
        ClientRuntime runtime,
        String method,
        String path,
        @Nullable JsonObject body,
        Map<String, String> headers,
        CompletableFuture<JsonValue> answer) {
      this.runtime = runtime;
      this.method = method;
      this.path = path;
      this.body = body;
      this.headers = headers;
      this.answer = answer;
      end = runtime.scheduler().now() + options.requestTimeout().toMillis();
    }

    /** Sends it; what is left of the time is for the answer, and for repeats. */
    void transmit(int transmission) {
      Duration left = left();
      if (left.isZero()) {
        answer.completeExceptionally(timedOut());
        return;
      }
      URI uri;
      try {
        uri = service.http(path);
      } catch (IllegalArgumentException e) {
        answer.completeExceptionally(
            new IllegalArgumentException(
                "The path of " + name() + " is no part of an address: " + e.getMessage(), e));
        return;
      }
      runtime
          .http()
          .send(method, uri, headers, body, left)
          .whenComplete(
              (reply, failure) -> {
                if (failure != null) {
                  answer.completeExceptionally(lost(failure));
                } else {
                  replied(reply, transmission);
                }
              });
    }

    private void replied(HttpReply reply, int transmission) {
      ApiResponse response = reply.asResponse();
      if (reply.status() == 429 && transmission < RetryAfter.TRANSMISSIONS) {
        Duration wait = RetryAfter.of(response);
        Duration left = left();
        runtime
            .scheduler()
            .schedule(
                wait.compareTo(left) < 0 ? wait : left,
                () -> runtime.engine().execute(() -> transmit(transmission + 1)));
      } else if (response.failed()) {
        answer.completeExceptionally(Refusal.of(name(), response));
      } else if (reply.json() == null && !reply.text().isEmpty()) {
        answer.completeExceptionally(
            new ConnectionLostException(
                "The answer to " + name() + " is no JSON (status " + reply.status() + ")",
                true,
                null));
      } else {
        answer.complete(response.body());
      }
    }

    private Throwable lost(Throwable failure) {
      Throwable cause = Failures.unwrap(failure);
      return cause instanceof HttpTimeoutException
          ? timedOut()
          : new ConnectionLostException(
              "No answer to " + name() + " from " + service.root() + ": " + cause, true, cause);
    }

    private RequestTimeoutException timedOut() {
      return new RequestTimeoutException(name(), options.requestTimeout());
    }

    private Duration left() {
      return Duration.ofMillis(Math.max(0, end - runtime.scheduler().now()));
    }

    private String name() {
      int query = path.indexOf('?');
      return method + " " + (query < 0 ? path : path.substring(0, query));
    }
  }
}
