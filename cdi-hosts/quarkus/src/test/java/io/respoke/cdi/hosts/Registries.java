package io.respoke.cdi.hosts;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** An application's meters. */
@ApplicationScoped
public class Registries {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  /** The registry. */
  @Produces
  MeterRegistry registry() {
    return registry;
  }
}
