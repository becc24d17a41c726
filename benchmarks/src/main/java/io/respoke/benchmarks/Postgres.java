package io.respoke.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database of the system property {@code respoke.benchmarks.postgres}, a JDBC URL with user and
 * password in it; without one a server of its own, where one can run, which ends with this process.
 */
final class Postgres implements AutoCloseable {
  private final @Nullable EmbeddedPostgres server;
  private final String url;

  private Postgres(@Nullable EmbeddedPostgres server, String url) {
    this.server = server;
    this.url = url;
  }

  /** Finds or starts it. */
  static Postgres open() throws IOException {
    String given = System.getProperty("respoke.benchmarks.postgres");
    if (given != null) {
      return new Postgres(null, given);
    }
    // A server for tests does not wait for the disk unless it is told to.
    EmbeddedPostgres started =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    Postgres postgres = new Postgres(started, started.getJdbcUrl("postgres", "postgres"));
    for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      postgres.assertOn(setting);
    }
    return postgres;
  }

  private void assertOn(String setting) throws IOException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet shown = statement.executeQuery("show " + setting)) {
      if (!shown.next() || !shown.getString(1).equals("on")) {
        throw new IllegalStateException("PostgreSQL runs without " + setting);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  String url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
