package io.respoke.cdi.config;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Config, whichever there is. Reached by reflection: its API is an automatic module,
 * which a published module must not require, and most applications run without it.
 */
final class MicroProfileSource implements PropertySource {
  private static final String PROVIDER = "org.eclipse.microprofile.config.ConfigProvider";

  private final Object config;
  private final Method names;
  private final Method value;

  private MicroProfileSource(Object config, Class<?> type) throws ReflectiveOperationException {
    this.config = config;
    names = type.getMethod("getPropertyNames");
    value = type.getMethod("getConfigValue", String.class);
  }

  /** The configuration of the application whose class loader is the context's. */
  static Optional<MicroProfileSource> find() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(MicroProfileSource.class.getClassLoader());
    return loaders.stream().flatMap(loader -> find(loader).stream()).findFirst();
  }

  private static Optional<MicroProfileSource> find(ClassLoader loader) {
    try {
      Class<?> provider = Class.forName(PROVIDER, true, loader);
      Object config = provider.getMethod("getConfig").invoke(null);
      Class<?> type = Class.forName("org.eclipse.microprofile.config.Config", true, loader);
      return Optional.of(new MicroProfileSource(config, type));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // the API without an implementation is as if it were not there
    }
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (Object name : (Iterable<?>) call(names)) {
      if (PropertySource.isOurs(name.toString())) {
        keys.add(name.toString());
      }
    }
    for (String key : keys) {
      Object found = call(value, key);
      Object text = get(found, "getValue");
      if (text != null) {
        String source = String.valueOf(get(found, "getSourceName"));
        int ordinal = get(found, "getSourceOrdinal") instanceof Integer number ? number : 0;
        entries.add(new Entry(key, text.toString(), source, ordinal, isEnvironment(key, source)));
      }
    }
    return entries;
  }

  private static boolean isEnvironment(String key, String source) {
    return key.startsWith("RESPOKE_") || source.startsWith("EnvConfigSource");
  }

  private Object call(Method method, Object... arguments) {
    try {
      return method.invoke(config, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("MicroProfile Config cannot be read: " + e.getCause(), e);
    }
  }

  private static @Nullable Object get(Object found, String getter) {
    try {
      Class<?> type =
          Class.forName(
              "org.eclipse.microprofile.config.ConfigValue",
              false,
              found.getClass().getClassLoader());
      return type.getMethod(getter).invoke(found);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("MicroProfile Config cannot be read: " + e.getCause(), e);
    }
  }
}
