package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.LifecycleSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class OpenWebBeansLifecycleTest extends LifecycleSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return OpenWebBeansHost.adjust(initializer);
  }
}
