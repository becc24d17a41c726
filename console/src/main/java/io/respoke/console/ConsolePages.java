package io.respoke.console;

import io.respoke.service.StaticPages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the console, for {@code ServiceOptions.builder().console(ConsolePages.load())}.
 * Thread-safe.
 */
public final class ConsolePages {
  private static final String FOLDER = "web/";
  private static final String LIST = "files.txt";

  private ConsolePages() {}

  /** Whether the pages are in this jar: a build may leave them out ({@code -Dconsole.skip}). */
  public static boolean present() {
    return ConsolePages.class.getResource(FOLDER + LIST) != null;
  }

  /**
   * Reads the pages, some 250 kilobytes, into memory.
   *
   * @throws IllegalStateException if this jar was built without them
   */
  public static StaticPages load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    new String(read(LIST), StandardCharsets.UTF_8)
        .lines()
        .forEach(path -> files.put(path, read(path)));
    return StaticPages.of(files);
  }

  private static byte[] read(String path) {
    try (@Nullable InputStream in = ConsolePages.class.getResourceAsStream(FOLDER + path)) {
      if (in == null) {
        throw new IllegalStateException(
            "the console has no "
                + path
                + ": its pages were left out of this build; package the module without"
                + " -Dconsole.skip");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the console", e);
    }
  }
}
