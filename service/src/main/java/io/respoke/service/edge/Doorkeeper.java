package io.respoke.service.edge;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches TCP connections: how many one address holds, and that nobody holds one with half a
 * request. A WebSocket is left alone, it has heartbeats.
 */
final class Doorkeeper {
  /** How long a connection may be kept for another request. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(75);

  private final int perAddress;
  private final Duration patience;
  private final Timers timers;
  private final IdentityHashMap<HttpConnection, Timers.Timer> waiting = new IdentityHashMap<>();
  private final Map<String, Integer> open = new HashMap<>();
  private long turnedAway;

  /**
   * Nobody is there yet.
   *
   * @param perAddress how many connections an address may hold; 0 for any number
   * @param patience how long a request may take to arrive
   */
  Doorkeeper(int perAddress, Duration patience, Timers timers) {
    this.perAddress = perAddress;
    this.patience = patience;
    this.timers = timers;
  }

  /** A connection has been made; it is closed when its address holds too many. */
  void opened(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    if (perAddress > 0 && open.getOrDefault(address, 0) >= perAddress) {
      turnedAway++;
      var unused = connection.close();
      return;
    }
    int unused = open.merge(address, 1, Integer::sum);
    connection.closeHandler(
        closed -> {
          open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
          stopWaiting(connection);
        });
    await(connection, patience);
  }

  /** The head of a request is here: its body has the same time, the next request has longer. */
  void arrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    await(connection, patience);
    request.response().endHandler(answered -> await(connection, KEEP_ALIVE));
  }

  /** The whole request is here: answering may take as long as it does. */
  void complete(HttpServerRequest request) {
    stopWaiting(request.connection());
  }

  /** The connection shall become a WebSocket: the answer is not followed by another request. */
  void upgrading(HttpServerRequest request) {
    request.response().endHandler(null);
  }

  /** The whole request is here and the connection is a WebSocket. */
  void upgraded(HttpConnection connection) {
    stopWaiting(connection);
  }

  private void await(HttpConnection connection, Duration time) {
    stopWaiting(connection);
    waiting.put(
        connection,
        timers.schedule(
            time,
            () -> {
              waiting.remove(connection);
              var unused = connection.close();
            }));
  }

  private void stopWaiting(HttpConnection connection) {
    Timers.@Nullable Timer timer = waiting.remove(connection);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** How many connections were closed because their address held too many. */
  long turnedAway() {
    return turnedAway;
  }
}
