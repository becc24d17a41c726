package io.respoke.cdi.compatible;

import io.respoke.cdi.health.HealthApi;
import io.respoke.cdi.runtime.Clients;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

/** Gives the check of a client's health to the container. */
public class HealthCheckCreator implements SyntheticBeanCreator<Object> {
  @Override
  public Object create(Instance<Object> lookup, Parameters parameters) {
    String name = parameters.get(ClientCreator.NAME, String.class);
    Clients clients = lookup.select(Clients.class).get();
    return HealthApi.find().orElseThrow().check(name, () -> clients.health(name));
  }
}
