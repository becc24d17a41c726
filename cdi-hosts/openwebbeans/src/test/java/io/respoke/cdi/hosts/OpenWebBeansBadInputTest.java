package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BadInputSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class OpenWebBeansBadInputTest extends BadInputSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return OpenWebBeansHost.adjust(initializer);
  }
}
