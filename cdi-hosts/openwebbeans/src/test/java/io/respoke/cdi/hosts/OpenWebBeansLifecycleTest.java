package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.LifecycleSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;

class OpenWebBeansLifecycleTest extends LifecycleSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return OpenWebBeansHost.adjust(initializer);
  }
}
