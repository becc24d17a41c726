package io.respoke.service.edge;

import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.Wire;
import io.respoke.service.routes.Authenticator;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Dispatcher;
import io.respoke.service.routes.PathText;
import io.respoke.service.routes.Reply;
import io.respoke.service.routes.Request;
import io.respoke.service.state.Ids;
import io.respoke.service.state.SdkProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The REST routes over HTTP. */
final class HttpRequests {
  /**
   * How a request comes to the routes and its answer leaves.
   *
   * @param path the path of the route
   * @param credentials on whose behalf it is made
   * @param headers adds headers to every answer
   * @param finish changes the reply before it is written
   */
  record Way(
      String path,
      Credentials credentials,
      Consumer<HttpServerRequest> headers,
      BiFunction<Request, Reply, Reply> finish) {}

  private final Authenticator authenticator;
  private final Dispatcher dispatcher;
  private final Timers timers;
  private final Doorkeeper doorkeeper;

  HttpRequests(
      Authenticator authenticator, Dispatcher dispatcher, Timers timers, Doorkeeper doorkeeper) {
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
    this.timers = timers;
    this.doorkeeper = doorkeeper;
  }

  /** Answers anybody, by the credentials in the headers. */
  void handle(HttpServerRequest http) {
    handle(
        http,
        new Way(
            http.path(),
            Credentials.ofHeaders(http::getHeader),
            Cors::rest,
            (request, reply) -> reply));
  }

  /** Reads the body, up to a limit, and answers. */
  void handle(HttpServerRequest http, Way way) {
    Buffer body = Buffer.buffer();
    http.handler(
        chunk -> {
          body.appendBuffer(chunk);
          if (body.length() > EdgeSettings.INBOUND_LIMIT) {
            http.handler(ignored -> {});
            http.endHandler(ended -> {});
            refuseEndless(http, way);
          }
        });
    http.endHandler(ended -> answer(http, way, body));
    http.exceptionHandler(failure -> {});
  }

  /** Answers before the body has come to its end, and closes so that the rest need not be read. */
  private void refuseEndless(HttpServerRequest http, Way way) {
    Reply reply =
        dispatcher.refuse(
            request(http, way, JsonValue.EMPTY_JSON_OBJECT),
            413,
            "Request body exceeds " + EdgeSettings.INBOUND_LIMIT + " bytes.");
    http.response().putHeader("Connection", "close");
    write(http, way, reply);
  }

  private void answer(HttpServerRequest http, Way way, Buffer body) {
    doorkeeper.complete(http);
    JsonObject parsed = body(http, new String(body.getBytes(), StandardCharsets.UTF_8));
    Request request = request(http, way, parsed == null ? JsonValue.EMPTY_JSON_OBJECT : parsed);
    if (parsed == null) {
      reply(
          http,
          way,
          way.finish.apply(
              request, dispatcher.refuse(request, 400, "Request body must be a JSON object.")));
    } else {
      dispatcher.dispatch(
          request,
          body.length() > Wire.SERVICE_BODY_LIMIT,
          reply -> reply(http, way, way.finish.apply(request, reply)));
    }
  }

  private static void reply(HttpServerRequest http, Way way, Reply reply) {
    write(http, way, reply);
    if (reply.afterwards() != null) {
      reply.afterwards().run();
    }
  }

  private Request request(HttpServerRequest http, Way way, JsonObject body) {
    long now = timers.now();
    String query = http.query();
    return new Request(
        http.method().name().toLowerCase(Locale.ROOT),
        way.path,
        query == null ? JsonValue.EMPTY_JSON_OBJECT : PathText.parameters(query),
        body,
        authenticator.caller(way.credentials, now),
        null,
        SdkProfile.of(http.getHeader(Wire.SDK_HEADER)),
        http.remoteAddress().hostAddress(),
        Ids.request(),
        now,
        List.of());
  }

  /** JSON or a form, by content type or else by the look of it; {@code null} when malformed. */
  private static @Nullable JsonObject body(HttpServerRequest http, String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    String type = http.getHeader("Content-Type");
    boolean json =
        (type != null && type.toLowerCase(Locale.ROOT).contains("json"))
            || trimmed.startsWith("{")
            || trimmed.startsWith("[");
    if (!json) {
      return PathText.parameters(trimmed);
    }
    try {
      return Json.parseObject(trimmed);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static void write(HttpServerRequest http, Way way, Reply reply) {
    HttpServerResponse response = http.response();
    response.setStatusCode(reply.response().status());
    reply.response().headers().forEach(response::putHeader);
    way.headers.accept(http);
    String text = reply.text();
    response.putHeader(
        "Content-Type", text == null ? "application/json; charset=utf-8" : "text/html");
    var unused = response.end(text == null ? Json.write(reply.response().body()) : text);
  }
}
