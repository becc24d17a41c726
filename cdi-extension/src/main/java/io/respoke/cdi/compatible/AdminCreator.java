package io.respoke.cdi.compatible;

import io.respoke.Admin;
import io.respoke.cdi.runtime.Clients;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

/** Gives an administration client to the container. */
public class AdminCreator implements SyntheticBeanCreator<Admin> {
  @Override
  public Admin create(Instance<Object> lookup, Parameters parameters) {
    return lookup
        .select(Clients.class)
        .get()
        .admin(parameters.get(ClientCreator.NAME, String.class));
  }
}
