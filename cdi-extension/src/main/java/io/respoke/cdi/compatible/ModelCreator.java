package io.respoke.cdi.compatible;

import io.respoke.cdi.model.ApplicationModel;
import io.respoke.cdi.model.ModelBuilder;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

/** Reads what was gathered when the application was built. */
public class ModelCreator implements SyntheticBeanCreator<ApplicationModel> {
  static final String MODEL = "model";

  @Override
  public ApplicationModel create(Instance<Object> lookup, Parameters parameters) {
    return ModelBuilder.decode(parameters.get(MODEL, String[].class));
  }
}
