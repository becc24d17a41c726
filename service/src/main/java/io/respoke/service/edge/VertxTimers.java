package io.respoke.service.edge;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Real time, by the timers of Vert.x. Called on the event loop only. */
public final class VertxTimers implements Timers {
  private final Vertx vertx;

  /** Uses the timers of this instance. */
  public VertxTimers(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public long now() {
    return System.currentTimeMillis();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> task.run());
    return () -> vertx.cancelTimer(id);
  }
}
