package io.respoke.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files of a console that the service serves below {@code /console/}. Immutable; held in
 * memory.
 *
 * @see ServiceOptions.Builder#console(StaticPages)
 */
public final class StaticPages {
  /** The page that is served for the folder itself. */
  public static final String INDEX = "index.html";

  private static final Pattern NAME = Pattern.compile("(?:[\\w-][\\w.-]*/)*[\\w-][\\w.-]*");

  private final Map<String, byte[]> files;

  private StaticPages(Map<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Takes files by their paths, as in {@code assets/main.js}. Those in {@code assets/} are taken to
   * have their version in their names: browsers may keep them for ever.
   *
   * @throws IllegalArgumentException if there is no {@link #INDEX}, or a path has other characters
   *     than letters, digits, dots, dashes and slashes
   */
  public static StaticPages of(Map<String, byte[]> files) {
    Map<String, byte[]> copy = new LinkedHashMap<>();
    files.forEach(
        (path, content) -> {
          if (!NAME.matcher(path).matches()) {
            throw new IllegalArgumentException("not the path of a page: " + path);
          }
          copy.put(path, content.clone());
        });
    if (!copy.containsKey(INDEX)) {
      throw new IllegalArgumentException("there is no " + INDEX + " among " + copy.keySet());
    }
    return new StaticPages(copy);
  }

  Map<String, byte[]> files() {
    return files;
  }

  /** The paths only. */
  @Override
  public String toString() {
    return "StaticPages" + files.keySet();
  }
}
