package io.respoke.cdi.config;

import java.util.List;

/** Where properties come from. */
@FunctionalInterface
public interface PropertySource {
  /** The properties that may be for this library. */
  List<Entry> entries();

  /** Whether a property may be for this library. */
  static boolean isOurs(String key) {
    return key.startsWith("respoke.") || key.startsWith("RESPOKE_");
  }

  /** MicroProfile Config where it is present, else system properties and the environment. */
  static PropertySource present() {
    PropertySource fallback = new SystemSource(System.getProperties(), System.getenv());
    return MicroProfileSource.find().map(PropertySource.class::cast).orElse(fallback);
  }
}
