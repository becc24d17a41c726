package io.respoke.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import org.jspecify.annotations.Nullable;

/** One open socket. To be used on its {@link LoadLoop} only. */
final class Line {
  private static final Runnable NOTHING = () -> {};

  private final WebSocket socket;
  private final Dialect dialect;
  private @Nullable Promise<Line> opening;
  private Runnable acknowledged = NOTHING;
  private Runnable delivered = NOTHING;

  private Line(WebSocket socket, Dialect dialect, Promise<Line> opening) {
    this.socket = socket;
    this.dialect = dialect;
    this.opening = opening;
  }

  /** Introduces itself; completes when the server has taken that. */
  static Future<Line> open(WebSocket socket, Dialect dialect) {
    Promise<Line> opened = Promise.promise();
    Line line = new Line(socket, dialect, opened);
    socket.textMessageHandler(line::received);
    line.send(dialect.hello());
    return opened.future();
  }

  private void received(String frame) {
    Promise<Line> waiting = opening;
    if (waiting != null && dialect.welcomes(frame)) {
      opening = null;
      waiting.complete(this);
      return;
    }
    boolean answer = waiting == null && dialect.acknowledges(frame);
    boolean message = dialect.delivers(frame);
    if (answer) {
      acknowledged.run();
    }
    if (message) {
      delivered.run();
    }
    if (!answer && !message) {
      String beat = dialect.heartbeat(frame);
      if (beat != null) {
        send(beat);
      }
    }
  }

  Dialect dialect() {
    return dialect;
  }

  void send(String frame) {
    socket.writeTextMessage(frame);
  }

  /** Sends a request; completes when it is answered. One at a time. */
  Future<Line> request(String frame) {
    Promise<Line> answered = Promise.promise();
    acknowledged =
        () -> {
          acknowledged = NOTHING;
          answered.complete(this);
        };
    send(frame);
    return answered.future();
  }

  void onAcknowledged(Runnable action) {
    acknowledged = action;
  }

  void onDelivered(Runnable action) {
    delivered = action;
  }
}
