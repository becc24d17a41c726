package io.respoke.cdi.hosts;

import io.respoke.cdi.portable.RespokeExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** How applications in OpenWebBeans are kept apart. */
final class OpenWebBeansHost {
  private OpenWebBeansHost() {}

  /** Without discovery, which would find the beans of all tests, the extension has to be named. */
  static SeContainerInitializer adjust(SeContainerInitializer initializer) {
    return initializer.disableDiscovery().addExtensions(new RespokeExtension());
  }
}
