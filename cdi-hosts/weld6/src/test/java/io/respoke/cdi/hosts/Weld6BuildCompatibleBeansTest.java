package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BeansSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class Weld6BuildCompatibleBeansTest extends BeansSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return BuildCompatibleHost.adjust(super.host(initializer));
  }
}
