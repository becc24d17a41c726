package io.respoke.cdi.compatible;

import io.respoke.Client;
import io.respoke.cdi.runtime.Clients;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

/** Gives a client to the container. */
public class ClientCreator implements SyntheticBeanCreator<Client> {
  static final String NAME = "name";

  @Override
  public Client create(Instance<Object> lookup, Parameters parameters) {
    return lookup.select(Clients.class).get().client(parameters.get(NAME, String.class));
  }
}
