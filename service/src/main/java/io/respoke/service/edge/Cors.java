package io.respoke.service.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers without which a browser hides the answers (protocol-wire §1.6). */
final class Cors {
  private static final String METHODS = "GET, POST, PUT, DELETE, OPTIONS";
  private static final String HEADERS =
      "respoke-sdk, app-token, content-type, app-secret, admin-token";
  private static final String EXPOSED =
      "Request-Id, RateLimit-Limit, RateLimit-Time-Units, RateLimit-Remaining";

  private Cors() {}

  /** For every answer of a REST route. */
  static void rest(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String origin = request.getHeader("Origin");
    response.putHeader("Access-Control-Allow-Origin", origin == null ? "*" : origin);
    response.putHeader("Access-Control-Expose-Headers", EXPOSED);
    if (origin != null) {
      response.putHeader("Vary", "Origin");
    }
  }

  /** For every answer below {@code /socket.io}: those requests carry credentials. */
  static void socket(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      request
          .response()
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Access-Control-Allow-Credentials", "true")
          .putHeader("Vary", "Origin");
    }
  }

  /** Adds what a preflight asks for. */
  static void preflight(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader("Access-Control-Allow-Methods", METHODS)
        .putHeader("Access-Control-Allow-Headers", HEADERS)
        .putHeader("Access-Control-Max-Age", "600");
    if ("true".equals(request.getHeader("Access-Control-Request-Private-Network"))) {
      response.putHeader("Access-Control-Allow-Private-Network", "true");
    }
  }
}
