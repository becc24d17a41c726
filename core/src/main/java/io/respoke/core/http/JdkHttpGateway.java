package io.respoke.core.http;

import io.respoke.ProxyOptions;
import io.respoke.core.runtime.Cancellable;
import io.respoke.core.runtime.ConnectLane;
import io.respoke.core.runtime.Scheduler;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** {@link HttpGateway} on {@code java.net.http}. */
public final class JdkHttpGateway implements HttpGateway {
  /** The largest body taken, in bytes. */
  private static final int MAX_BODY = 4 << 20;

  private static final List<String> KEPT =
      List.of(Wire.RATE_LIMIT, Wire.RATE_LIMIT_UNITS, Wire.RATE_LIMIT_REMAINING);

  private final HttpClient client;
  private final Executor executor;
  private final Scheduler scheduler;
  private final ConnectLane lane;
  private final @Nullable String proxyAuthorization;

  private JdkHttpGateway(
      HttpClient client,
      Executor executor,
      Scheduler scheduler,
      ConnectLane lane,
      @Nullable String authorization) {
    this.client = client;
    this.executor = executor;
    this.scheduler = scheduler;
    this.lane = lane;
    this.proxyAuthorization = authorization;
  }

  /** A gateway; one serves all clients with the same TLS and proxy settings. */
  public static JdkHttpGateway create(
      Executor executor,
      Scheduler scheduler,
      ConnectLane lane,
      Optional<SSLContext> sslContext,
      Optional<ProxyOptions> proxy) {
    return new JdkHttpGateway(
        HttpClients.get(executor, sslContext, proxy),
        executor,
        scheduler,
        lane,
        proxy.flatMap(ProxyOptions::authorization).orElse(null));
  }

  @Override
  public CompletableFuture<HttpReply> send(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable JsonValue body,
      Duration limit) {
    CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    HttpRequest request;
    try {
      request = request(method, uri, headers, body, limit);
    } catch (IllegalArgumentException e) {
      // Not as the cause: a message about a header quotes its value, which may be a secret.
      reply.completeExceptionally(
          new IllegalArgumentException(
              "A request to "
                  + uri.getScheme()
                  + "://"
                  + uri.getRawAuthority()
                  + uri.getRawPath()
                  + " cannot be made: one of its headers ("
                  + String.join(", ", headers.keySet())
                  + ") holds characters that headers must not hold"));
      return reply;
    }
    endAfter(limit, reply);
    // The client looks names up on the calling thread, which can take long.
    lane.execute(uri.getRawAuthority(), () -> send(request, reply));
    return reply;
  }

  /** The client's own time-out leaves out what comes before it is asked, and the body. */
  private void endAfter(Duration limit, CompletableFuture<HttpReply> reply) {
    Cancellable deadline =
        scheduler.schedule(
            limit,
            () ->
                executor.execute(
                    () ->
                        reply.completeExceptionally(
                            new HttpTimeoutException(
                                "no whole answer within " + limit.toMillis() + " ms"))));
    reply.whenComplete((answer, failure) -> deadline.cancel());
  }

  private HttpRequest request(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable JsonValue body,
      Duration limit) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(limit);
    headers.forEach(request::setHeader);
    if (proxyAuthorization != null) {
      request.setHeader("Proxy-Authorization", proxyAuthorization);
    }
    String verb = method.toUpperCase(Locale.ROOT);
    if (body == null) {
      request.method(verb, HttpRequest.BodyPublishers.noBody());
    } else {
      request.setHeader("Content-Type", "application/json;charset=UTF-8");
      request.method(verb, HttpRequest.BodyPublishers.ofString(Json.write(body)));
    }
    return request.build();
  }

  private void send(HttpRequest request, CompletableFuture<HttpReply> reply) {
    if (reply.isDone()) {
      return;
    }
    CompletableFuture<HttpResponse<String>> response;
    try {
      response = client.sendAsync(request, info -> new LimitedText(MAX_BODY));
    } catch (RuntimeException e) { // it throws what it finds out before it goes asynchronous
      reply.completeExceptionally(e);
      return;
    }
    response.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            reply.completeExceptionally(failure);
          } else {
            reply.complete(reply(answer));
          }
        });
    reply.whenComplete(
        (answer, failure) -> {
          if (!response.isDone()) {
            response.cancel(true);
          }
        });
  }

  private static HttpReply reply(HttpResponse<String> response) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : KEPT) {
      response.headers().firstValue(name).ifPresent(value -> kept.put(name, value));
    }
    return new HttpReply(
        response.statusCode(),
        response.headers().firstValue(Wire.REQUEST_ID).orElse(null),
        kept,
        response.body());
  }
}
