package io.respoke.service.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;

/**
 * Sends the clients away one after the other, evenly over a time, so that where they go next is not
 * overrun.
 */
final class Drain {
  private static final Duration STEP = Duration.ofMillis(100);

  private final Sockets sockets;
  private final Timers timers;
  private final Promise<Void> done = Promise.promise();
  private long stepsLeft;

  Drain(Sockets sockets, Timers timers, Duration time) {
    this.sockets = sockets;
    this.timers = timers;
    this.stepsLeft = 1 + Math.max(0, time.toMillis() - 1) / STEP.toMillis();
  }

  /** Begins; the future succeeds when nobody is left. */
  Future<Void> begin() {
    step();
    return done.future();
  }

  private void step() {
    List<SocketSession> there = sockets.all(session -> true);
    long now = stepsLeft <= 1 ? there.size() : (there.size() + stepsLeft - 1) / stepsLeft;
    for (SocketSession session : there.subList(0, (int) now)) {
      goodbye(session);
    }
    stepsLeft--;
    if (now == there.size()) {
      done.complete();
    } else {
      var unused = timers.schedule(STEP, this::step);
    }
  }

  /** Says that it is not the client's fault: it comes back by itself. */
  static void goodbye(SocketSession session) {
    session.close(1001, !session.sdk().closedWithoutDisconnect(), false);
  }
}
