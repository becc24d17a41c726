package io.respoke.examples.interop.driver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the drivers need of the machine: Node, the npm packages, Chromium and coturn. */
final class Installation {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Installation() {}

  /** Whether a missing program is a failure, not a reason to leave tests out. */
  static boolean required() {
    return "1".equals(System.getenv("RESPOKE_REQUIRE_BROWSER"));
  }

  static Optional<Path> node() {
    return program("node");
  }

  static Optional<Path> turnServer() {
    return program("turnserver");
  }

  static Optional<Path> chromium() {
    String named = System.getenv("CHROMIUM");
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return BROWSERS.stream().map(Installation::program).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The folder of the drivers, with their packages installed. */
  static Path drivers() {
    Path folder = Path.of(System.getProperty("basedir", "")).resolve("js").toAbsolutePath();
    // Two runs of this module must not install into one folder at the same time.
    try (FileChannel lock =
        FileChannel.open(
            Files.createDirectories(folder.resolveSibling("target")).resolve("npm.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      Path installed = folder.resolve("node_modules/.package-lock.json");
      if (!Files.exists(installed)
          || Files.getLastModifiedTime(installed)
                  .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
              < 0) {
        install(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static void install(Path folder) throws IOException {
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling("target/npm-ci.txt").toFile())
            .start();
    try {
      if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        throw new IOException("npm ci failed in " + folder + "; see target/npm-ci.txt");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during npm ci", e);
    } finally {
      npm.destroy();
    }
  }
}
