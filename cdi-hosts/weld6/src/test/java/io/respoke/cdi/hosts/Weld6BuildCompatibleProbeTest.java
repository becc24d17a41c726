package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.SeProbeSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;

class Weld6BuildCompatibleProbeTest extends SeProbeSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return BuildCompatibleHost.adjust(initializer);
  }
}
