package io.respoke.service.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers that keep the console to itself. */
final class ConsoleHeaders {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " object-src 'none'";

  private ConsoleHeaders() {}

  /** For every answer below {@code /console}: no frame, no foreign script, no guessing of types. */
  static void add(HttpServerRequest http) {
    HttpServerResponse response = http.response();
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
  }

  /** Also for everything that is not a file. */
  static void addUncached(HttpServerRequest http) {
    add(http);
    http.response().putHeader("Cache-Control", "no-store");
  }
}
