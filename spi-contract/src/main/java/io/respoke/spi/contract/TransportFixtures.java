package io.respoke.spi.contract;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of a {@link TransportContract} its fixture, and ends it after the test. */
public final class TransportFixtures implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(TransportFixtures.class);

  /** For JUnit. */
  public TransportFixtures() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TransportFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TransportContract contract = (TransportContract) context.getRequiredTestInstance();
    TransportFixture fixture = new TransportFixture(contract);
    context.getStore(NAMESPACE).put(TransportFixture.class, fixture);
    return fixture;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    TransportFixture fixture =
        context.getStore(NAMESPACE).get(TransportFixture.class, TransportFixture.class);
    if (fixture != null) {
      fixture.end();
    }
  }
}
