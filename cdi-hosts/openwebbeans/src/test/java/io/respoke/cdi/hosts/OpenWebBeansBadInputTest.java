package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.BadInputSuite;
import jakarta.enterprise.inject.se.SeContainerInitializer;

class OpenWebBeansBadInputTest extends BadInputSuite {
  @Override
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return OpenWebBeansHost.adjust(initializer);
  }
}
