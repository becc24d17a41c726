package io.respoke.service.jdbc;

import io.respoke.service.storage.Storage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresStorageTest extends StorageContract {
  private static EmbeddedPostgres server;

  private String url;

  @BeforeAll
  static void startServer() throws Exception {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  Storage open() throws Exception {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    url = server.getJdbcUrl("postgres", name);
    return JdbcStorage.open(JdbcOptions.url(url, null, null));
  }

  @Override
  Storage reopen(Storage old) {
    old.close();
    return JdbcStorage.open(JdbcOptions.url(url, null, null));
  }
}
