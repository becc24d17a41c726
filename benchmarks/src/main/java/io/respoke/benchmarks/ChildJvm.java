package io.respoke.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts other JVMs with this one's class path, which end with this one. */
final class ChildJvm {
  private ChildJvm() {}

  /** Runs a main class that prints for itself. */
  static void run(String mainClass, String... arguments) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(command(List.of("-Xmx2g"), classPath(), mainClass, arguments))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(mainClass + " ended with status " + status);
    }
  }

  /** Starts a main class. */
  static ChildProcess start(String mainClass, String... arguments) throws IOException {
    return startOn(classPath(), mainClass, arguments);
  }

  /** As {@link #start}, without what has {@code part} in its path. */
  static ChildProcess startWithout(String part, String mainClass, String... arguments)
      throws IOException {
    String classPath =
        String.join(
            File.pathSeparator,
            Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains(part))
                .toList());
    return startOn(classPath, mainClass, arguments);
  }

  /** As {@link #start}, with a heap of 1 GB that is resident from the start. */
  static ChildProcess startTouched(String mainClass, String... arguments) throws IOException {
    return ChildProcess.start(
        command(
            List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"), classPath(), mainClass, arguments));
  }

  private static ChildProcess startOn(String classPath, String mainClass, String... arguments)
      throws IOException {
    return ChildProcess.start(command(List.of("-Xmx2g"), classPath, mainClass, arguments));
  }

  /**
   * Starts a main class where there is a network interface that is not loopback, with little heap
   * that is resident from the start, so that garbage does not count.
   */
  static ChildProcess startInNamespace(String mainClass, String... arguments) throws IOException {
    Path script = Path.of("media-namespace.sh").toAbsolutePath();
    for (Path at = script.getParent(); !Files.exists(script) && at != null; at = at.getParent()) {
      script = at.resolve("media-namespace.sh");
    }
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(
        command(
            List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"),
            classPath(),
            mainClass,
            arguments));
    return ChildProcess.start(command);
  }

  private static List<String> command(
      List<String> heap, String classPath, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(heap);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The class path of this program, also when Maven runs it in its own class loader. */
  private static String classPath() {
    return ChildJvm.class.getClassLoader() instanceof URLClassLoader loader
        ? String.join(
            File.pathSeparator,
            Arrays.stream(loader.getURLs()).map(url -> Path.of(url.getPath()).toString()).toList())
        : System.getProperty("java.class.path");
  }
}
