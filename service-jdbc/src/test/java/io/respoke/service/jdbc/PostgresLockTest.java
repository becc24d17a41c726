package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StoredMessage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers and one database. */
@Tag("slow")
class PostgresLockTest {
  private static final Change APP = new Change.AppStored(StorageContract.app("one", "One"));
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

  @BeforeEach
  void createDatabase() throws Exception {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("create database " + name);
    }
    url = server.getJdbcUrl("postgres", name);
  }

  private static Storage open(String url) {
    return JdbcStorage.open(JdbcOptions.url(url, null, null));
  }

  /** An aggregate of the sessions that hold the lock of this test's database. */
  private long holders(String aggregate) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select "
                    + aggregate
                    + " from pg_locks where locktype = 'advisory' and granted"
                    + " and classid = 1919251316 and database ="
                    + " (select oid from pg_database where datname = current_database())")) {
      assertTrue(found.next());
      return found.getLong(1);
    }
  }

  /** Which session holds the lock; 0 for none. */
  private long holder() throws Exception {
    return holders("coalesce(max(pid), 0)");
  }

  /** The database learns a little later that a connection has ended. */
  private void awaitHolder(LongPredicate wanted) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (long pid = holder(); !wanted.test(pid); pid = holder()) {
      long last = pid;
      assertTrue(System.nanoTime() < deadline, () -> "the lock is held by " + last);
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static void group(Storage storage, String name) throws Exception {
    StorageContract.done(storage.store(List.of(new Change.GroupCreated("one", name))));
  }

  @Test
  void aSecondServerIsRefusedUntilTheFirstHasEnded() throws Exception {
    try (Storage first = open(url)) {
      StorageContract.done(first.store(List.of(APP)));
      StorageException refused = assertThrows(StorageException.class, () -> open(url));
      assertEquals(Reason.UNUSABLE, refused.reason());
      assertTrue(refused.getMessage().contains("in use by another server"), refused.getMessage());
      group(first, "a");
      assertTrue(first.state().ready());
    }
    awaitHolder(pid -> pid == 0);
    try (Storage second = open(url)) {
      assertEquals(List.of(APP, new Change.GroupCreated("one", "a")), second.load());
    }
  }

  @Test
  void twoSchemasAreTwoDatabases() throws Exception {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("create schema other");
    }
    try (Storage first = open(url);
        Storage second = open(url + "&currentSchema=other")) {
      StorageContract.done(first.store(List.of(APP)));
      assertEquals(List.of(), second.load());
    }
  }

  @Test
  void aLostLockIsTakenAgain() throws Exception {
    try (Storage storage = open(url)) {
      StorageContract.done(storage.store(List.of(APP)));
      long lost = holder();
      assertEquals(1, holders("count(pg_terminate_backend(pid))"));
      group(storage, "a");
      awaitHolder(pid -> pid != 0 && pid != lost);
      assertThrows(StorageException.class, () -> open(url));
      group(storage, "b");
    }
  }

  /** A second server, which is let in by the first one's losing its connections. */
  private Storage replace() throws Exception {
    Storage second = null;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (second == null && System.nanoTime() < deadline) {
      long unused = holders("count(pg_terminate_backend(pid))");
      try {
        second = open(url);
      } catch (StorageException e) {
        // The first one was faster.
        assertEquals(Reason.UNUSABLE, e.reason());
      }
    }
    assertNotNull(second);
    return second;
  }

  private static Change message(int number) {
    return new Change.MessageStored(
        "one", "a", new StoredMessage(number, "alice", JsonValue.EMPTY_JSON_OBJECT));
  }

  private static int messages(Storage storage) throws Exception {
    return StorageContract.done(storage.history("one", List.of("a"), 100, null)).get("a").size();
  }

  @Test
  void whoWasReplacedDropsNoMessagesEither() throws Exception {
    try (Storage first = open(url)) {
      StorageContract.done(first.store(List.of(APP, message(1), message(2), message(3))));
      assertEquals(1, StorageContract.done(first.trim("one", 2, 0, 10)));
      try (Storage second = replace()) {
        for (int perGroup = 0; perGroup < 2; perGroup++) {
          int keep = perGroup;
          ExecutionException refused =
              assertThrows(
                  ExecutionException.class,
                  () -> StorageContract.done(first.trim("one", keep == 0 ? 100 : 0, keep, 10)));
          StorageException why = (StorageException) refused.getCause();
          assertEquals(Reason.UNUSABLE, why.reason());
          assertTrue(why.getMessage().contains("another server has taken over"), why::toString);
        }
        assertFalse(first.state().ready());
        assertEquals(2, messages(second));
        assertEquals(2, StorageContract.done(second.trim("one", 100, 0, 10)));
      }
    }
  }

  @Test
  void whoWasReplacedStoresNothingMore() throws Exception {
    try (Storage first = open(url)) {
      StorageContract.done(first.store(List.of(APP)));
      Storage second = replace();
      try {
        for (int i = 0; i < 2; i++) {
          ExecutionException refused =
              assertThrows(ExecutionException.class, () -> group(first, "a"));
          StorageException why = (StorageException) refused.getCause();
          assertEquals(Reason.UNUSABLE, why.reason());
          assertTrue(why.getMessage().contains("another server has taken over"), why::toString);
          var unused = StorageContract.done(first.history("one", List.of("a"), 1, null));
          assertFalse(first.state().ready());
        }
        group(second, "b");
        assertEquals(List.of(APP, new Change.GroupCreated("one", "b")), second.load());
      } finally {
        second.close();
      }
    }
  }
}
