package io.respoke.cdi.servers;

import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.Probe;
import io.respoke.cdi.suite.ProbeSuite;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URI;

/** The suite, run by {@link ProbeServlet} inside the application that it tests. */
class InServer extends ProbeSuite {
  @Override
  protected Probe probe() {
    return CDI.current().select(Probe.class).get();
  }

  @Override
  protected People meet() {
    return new People(
        URI.create(System.getProperty("respoke.baseUrl")), System.getProperty("respoke.appId"));
  }
}
