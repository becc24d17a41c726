package io.respoke.server;

import io.respoke.service.jdbc.JdbcOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its data, as arguments, properties and environment say. The password may
 * come from the file or from the environment, which no list of processes shows.
 *
 * @param memory whether nothing is to be kept
 * @param directory for an embedded database, or {@code null}
 * @param url of a database, or {@code null}
 * @param user who logs in, or {@code null}
 * @param password with what, or {@code null}
 */
record Database(
    boolean memory,
    @Nullable String directory,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password) {
  /** Nothing said yet. */
  static final Database UNSAID = new Database(false, null, null, null, null);

  Database inMemory() {
    return new Database(true, directory, url, user, password);
  }

  Database in(String dataDirectory) {
    return new Database(memory, dataDirectory, url, user, password);
  }

  Database at(String jdbcUrl) {
    return new Database(memory, directory, jdbcUrl, user, password);
  }

  /** What is said here, and what another says where this says nothing of the place. */
  Database or(Database other) {
    Database place = unsaid() ? other : this;
    return new Database(
        place.memory,
        place.directory,
        place.url,
        user == null ? other.user : user,
        password == null ? other.password : password);
  }

  /** Whether nobody said where. */
  boolean unsaid() {
    return !memory && directory == null && url == null;
  }

  /**
   * The options, or {@code null} for memory.
   *
   * @throws IllegalArgumentException when two places are given
   */
  @Nullable JdbcOptions options() {
    int places = (memory ? 1 : 0) + (directory == null ? 0 : 1) + (url == null ? 0 : 1);
    if (places > 1) {
      throw new IllegalArgumentException("give one of --data, --jdbc and --memory");
    }
    if (directory != null) {
      return JdbcOptions.directory(Path.of(directory));
    }
    return url == null ? null : JdbcOptions.url(url, user, password);
  }

  /** Without user, password and URL, which may hold both. */
  @Override
  public String toString() {
    return "Database[memory=" + memory + ", directory=" + directory + "]";
  }
}
