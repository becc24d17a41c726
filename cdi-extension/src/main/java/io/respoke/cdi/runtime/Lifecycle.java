package io.respoke.cdi.runtime;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/** Starts clients after the application's own start-up and stops them before the container does. */
public class Lifecycle {
  private static final int LATE = 4000;
  private static final int EARLY = 100;

  private final Clients clients;

  @Inject
  public Lifecycle(Clients clients) {
    this.clients = clients;
  }

  void start(@Observes @Priority(LATE) Startup event) {
    clients.start();
  }

  // Early: what observers of the last events use is still there.
  void stop(@Observes @Priority(EARLY) Shutdown event) {
    clients.stop();
  }
}
