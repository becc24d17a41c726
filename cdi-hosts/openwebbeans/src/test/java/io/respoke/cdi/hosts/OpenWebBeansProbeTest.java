package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.SeProbeSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;

class OpenWebBeansProbeTest extends SeProbeSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return OpenWebBeansHost.adjust(initializer);
  }
}
