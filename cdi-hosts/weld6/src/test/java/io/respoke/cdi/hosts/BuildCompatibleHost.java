package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.UnmarkedExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.jboss.weld.environment.se.Weld;

/** Weld with the build compatible extension only. */
final class BuildCompatibleHost {
  private BuildCompatibleHost() {}

  /** Without discovery the portable extension is not found. */
  @SuppressWarnings("unchecked")
  static SeContainerInitializer adjust(SeContainerInitializer initializer) {
    return ((Weld) initializer)
        .disableDiscovery()
        .addBuildCompatibleExtensions(UnmarkedExtension.class);
  }
}
