package io.respoke.examples.interop.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was said during one test, kept in memory and written to a file when the test fails. */
public final class Trace {
  private final long start = System.nanoTime();
  private final List<String> lines = new ArrayList<>();

  /** Adds a line, with the time since the test began. */
  public synchronized void add(String source, String text) {
    Duration at = Duration.ofNanos(System.nanoTime() - start);
    lines.add("%4d.%03d %-8s %s".formatted(at.toSeconds(), at.toMillisPart(), source, text));
  }

  /** Forgets all lines: for tests that measure memory. */
  public synchronized void clear() {
    lines.clear();
  }

  /** Writes all lines to {@code file}, whose folders are made. */
  public synchronized void writeTo(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
