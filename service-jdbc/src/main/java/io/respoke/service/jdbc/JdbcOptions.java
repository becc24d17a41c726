package io.respoke.service.jdbc;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a {@link JdbcStorage} keeps its data. Immutable. */
public final class JdbcOptions {
  private final @Nullable Path directory;
  private final DatabaseUrl url;
  private final int waitingLimit;

  private JdbcOptions(@Nullable Path directory, DatabaseUrl url, int waitingLimit) {
    this.directory = directory;
    this.url = url;
    this.waitingLimit = waitingLimit;
  }

  /**
   * An H2 database in a directory, which is made when it is missing. One process at a time can use
   * it.
   */
  public static JdbcOptions directory(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    return new JdbcOptions(
        absolute, DatabaseUrl.ofFile(absolute.resolve(DataDirectory.DATABASE)), 10_000);
  }

  /**
   * A database by its URL: {@code jdbc:postgresql:…} or {@code jdbc:h2:…}. User and password may be
   * part of it, or given apart; they are never shown.
   *
   * @throws IllegalArgumentException for another kind of database
   */
  public static JdbcOptions url(String url, @Nullable String user, @Nullable String password) {
    return new JdbcOptions(null, DatabaseUrl.parse(url, user, password), 10_000);
  }

  /**
   * How many requests may wait for their changes to be stored; more are refused. Default: 10 000.
   */
  public JdbcOptions waitingLimit(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("waitingLimit must be 1 at least, got " + requests);
    }
    return new JdbcOptions(directory, url, requests);
  }

  @Nullable Path directory() {
    return directory;
  }

  DatabaseUrl url() {
    return url;
  }

  int waitingLimit() {
    return waitingLimit;
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "JdbcOptions[" + (directory == null ? url : directory) + "]";
  }
}
