package io.respoke.core.client;

import io.respoke.ConnectionLostException;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.session.ConnectionDriver;
import io.respoke.core.session.Engine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Looks again and again, until nothing is under way any more or nobody waits. */
final class Drain {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final Engine engine;
  private final ConnectionDriver driver;
  private final EventDispatcher events;
  private final CompletableFuture<Void> drained;

  Drain(
      Engine engine,
      ConnectionDriver driver,
      EventDispatcher events,
      CompletableFuture<Void> drained) {
    this.engine = engine;
    this.driver = driver;
    this.events = events;
    this.drained = drained;
  }

  void look() {
    // Asked for inside a listener, that listener's own event does not count.
    int own = engine.callbacks().isCurrent() ? 1 : 0;
    if (driver.pendingRequests() == 0 && events.waiting() <= own) {
      drained.complete(null);
    } else if (!drained.isDone()) {
      engine.runtime().scheduler().schedule(INTERVAL, this::look);
    }
  }

  /** The client is closed: nobody will look again. */
  void closed() {
    look();
    drained.completeExceptionally(
        new ConnectionLostException(
            "The client was closed before everything was delivered", false, null));
  }
}
