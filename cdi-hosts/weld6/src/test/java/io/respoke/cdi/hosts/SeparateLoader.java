package io.respoke.cdi.hosts;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs an application in a class loader of its own, as a server does. */
final class SeparateLoader {
  /** What it returned, and the loader it was in. */
  record Outcome(Object result, WeakReference<ClassLoader> loader) {}

  private SeparateLoader() {}

  /** Calls {@code run} of a class with properties; jars that are not wanted are not there. */
  static Outcome run(String main, Map<String, String> properties, Predicate<String> wanted)
      throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (wanted.test(entry)) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Object result = loader.loadClass(main).getMethod("run", Map.class).invoke(null, properties);
      return new Outcome(String.valueOf(result), new WeakReference<>(loader));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
