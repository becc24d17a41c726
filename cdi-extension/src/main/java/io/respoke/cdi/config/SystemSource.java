package io.respoke.cdi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** System properties, and behind them the environment; as MicroProfile Config ranks them. */
public final class SystemSource implements PropertySource {
  private static final int PROPERTIES = 400;
  private static final int ENVIRONMENT = 300;

  private final Properties properties;
  private final Map<String, String> environment;

  public SystemSource(Properties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("respoke.")) {
        entries.add(
            new Entry(
                key, properties.getProperty(key, ""), "system properties", PROPERTIES, false));
      }
    }
    environment.forEach(
        (key, value) -> {
          if (key.startsWith("RESPOKE_")) {
            entries.add(new Entry(key, value, "environment", ENVIRONMENT, true));
          }
        });
    return entries;
  }
}
