package io.respoke.service.edge;

import io.respoke.protocol.Json;
import io.respoke.service.state.Figures;
import io.respoke.service.state.Ids;
import io.respoke.service.storage.StorageState;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What those who run the service ask: {@code /health}, {@code /health/live}, {@code /health/ready}
 * and, when it was opened, {@code /metrics} in the text format of Prometheus.
 */
final class StatusPages {
  /**
   * What is on its way to other servers, of all apps, and what was lost since the start.
   *
   * @param webhookWaiting events that wait for a webhook, those that are being sent among them
   * @param webhookDropped events that did not fit into the outbox of their app
   * @param pushWaiting notifications that wait for the sender, those that are being sent among them
   * @param pushDropped notifications that were too many for the sender
   * @param pushUnanswered push events that no server answered in time
   */
  record Outgoing(
      long webhookWaiting,
      long webhookDropped,
      long pushWaiting,
      long pushDropped,
      long pushUnanswered) {}

  /**
   * What is there at this moment.
   *
   * @param levels sockets, connections and calls
   * @param sessions live session tokens
   * @param slowConsumers sockets that were given up because they read too slowly
   * @param turnedAway TCP connections that were closed because their address held too many
   * @param outgoing what is on its way to other servers
   * @param storage how it does
   */
  record Now(
      Figures.Levels levels,
      int sessions,
      long slowConsumers,
      long turnedAway,
      Outgoing outgoing,
      StorageState storage) {}

  private final MetricsAccess access;
  private final Figures figures;
  private final BooleanSupplier ready;
  private final Supplier<Now> now;

  /**
   * Shows these figures.
   *
   * @param access who may read the metrics
   * @param ready whether clients may come
   */
  StatusPages(MetricsAccess access, Figures figures, BooleanSupplier ready, Supplier<Now> now) {
    this.access = access;
    this.figures = figures;
    this.ready = ready;
    this.now = now;
  }

  /** Answers a request for one of its pages; false when it is for another. */
  boolean handle(HttpServerRequest http) {
    switch (http.path()) {
      case "/health", "/health/live" -> status(http, 200, "ok");
      case "/health/ready" -> {
        if (ready.getAsBoolean()) {
          status(http, 200, "ok");
        } else {
          status(http, 503, "not ready");
        }
      }
      case "/metrics" -> {
        return access.open() && metrics(http);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void status(HttpServerRequest http, int status, String text) {
    var unused =
        http.response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json; charset=utf-8")
            .putHeader("Cache-Control", "no-store")
            .end(Json.write(Json.object().add("status", text).build()));
  }

  private boolean metrics(HttpServerRequest http) {
    String token = access.token();
    String given = http.getHeader("Authorization");
    if (token != null && (given == null || !Ids.same(given, "Bearer " + token))) {
      var unused =
          http.response()
              .setStatusCode(401)
              .putHeader("WWW-Authenticate", "Bearer")
              .end("Not authenticated: the token of the metrics is required.");
      return true;
    }
    var unused =
        http.response()
            .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .putHeader("Cache-Control", "no-store")
            .end(text());
    return true;
  }

  private String text() {
    Now there = now.get();
    StringBuilder out = new StringBuilder();
    gauge(out, "sockets", "Open WebSockets.", there.levels.sockets());
    gauge(out, "connections", "Registered connections of all apps.", there.levels.connections());
    gauge(out, "calls", "Calls and direct connections now.", there.levels.calls());
    gauge(out, "sessions", "Session tokens that are good.", there.sessions);
    counter(out, "slow_consumers", "Sockets given up for reading too slowly.", there.slowConsumers);
    counter(
        out, "turned_away", "TCP connections closed, too many of an address.", there.turnedAway);
    Outgoing outgoing = there.outgoing;
    gauge(out, "webhook_waiting", "Events that wait for webhooks.", outgoing.webhookWaiting);
    counter(out, "webhook_dropped", "Events dropped, an outbox was full.", outgoing.webhookDropped);
    gauge(out, "push_waiting", "Notifications that wait for the sender.", outgoing.pushWaiting);
    counter(out, "push_dropped", "Notifications dropped, too many.", outgoing.pushDropped);
    counter(out, "push_unanswered", "Push events not answered in time.", outgoing.pushUnanswered);
    StorageState storage = there.storage;
    gauge(out, "storage_ready", "1 while storing goes well.", storage.ready() ? 1 : 0);
    gauge(out, "storage_waiting", "Changes that wait to be stored.", storage.waiting());
    counter(out, "storage_stored", "Changes that were stored.", storage.stored());
    counter(out, "storage_refused", "Requests refused, too many waited.", storage.refused());
    counter(out, "storage_failed", "Changes that could not be stored.", storage.failed());
    for (Figures.Counter counter : Figures.Counter.values()) {
      String name = counter == Figures.Counter.CALLS ? "calls_begun" : counter.key();
      counter(out, name, counter.meaning(), figures.total(counter));
    }
    return out.toString();
  }

  private static void gauge(StringBuilder out, String name, String help, long value) {
    line(out, "respoke_" + name, help, "gauge", value);
  }

  private static void counter(StringBuilder out, String name, String help, long value) {
    line(out, "respoke_" + name + "_total", help, "counter", value);
  }

  private static void line(StringBuilder out, String name, String help, String type, long value) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    out.append(name).append(' ').append(value).append('\n');
  }
}
