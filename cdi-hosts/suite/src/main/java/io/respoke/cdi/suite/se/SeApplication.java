package io.respoke.cdi.suite.se;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An application of some beans in a container of Java SE. */
public final class SeApplication implements AutoCloseable {
  private final Map<String, @Nullable String> before = new HashMap<>();
  private final @Nullable ClassLoader contextBefore =
      Thread.currentThread().getContextClassLoader();
  private final SeContainer container;

  private SeApplication(
      UnaryOperator<SeContainerInitializer> host,
      Map<String, String> properties,
      Class<?>... beans) {
    // Such as were meant for the build that runs the tests.
    for (String key : System.getProperties().stringPropertyNames()) {
      if (key.startsWith("respoke.")) {
        before.put(key, System.clearProperty(key));
      }
    }
    properties.forEach((key, value) -> before.putIfAbsent(key, System.setProperty(key, value)));
    // As a server does it. Some containers know their applications by it, also those that failed.
    Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], contextBefore));
    try {
      container =
          host.apply(SeContainerInitializer.newInstance().addBeanClasses(beans)).initialize();
    } catch (RuntimeException | Error e) {
      restore();
      throw e;
    }
  }

  /** Starts one; the properties are system properties until it is closed. */
  public static SeApplication start(Map<String, String> properties, Class<?>... beans) {
    return new SeApplication(UnaryOperator.identity(), properties, beans);
  }

  /** As {@link #start(Map, Class...)}, in a container that was adjusted. */
  public static SeApplication start(
      UnaryOperator<SeContainerInitializer> host,
      Map<String, String> properties,
      Class<?>... beans) {
    return new SeApplication(host, properties, beans);
  }

  /** A bean of it. */
  public <T> T get(Class<T> type, Annotation... qualifiers) {
    return container.select(type, qualifiers).get();
  }

  @Override
  public void close() {
    try {
      container.close();
    } finally {
      restore();
    }
  }

  private void restore() {
    Thread.currentThread().setContextClassLoader(contextBefore);
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }
}
