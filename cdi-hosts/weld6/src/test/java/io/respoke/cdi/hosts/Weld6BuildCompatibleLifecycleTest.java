package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.LifecycleSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class Weld6BuildCompatibleLifecycleTest extends LifecycleSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return BuildCompatibleHost.adjust(initializer);
  }
}
