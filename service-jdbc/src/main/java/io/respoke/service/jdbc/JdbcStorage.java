package io.respoke.service.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StorageState;
import io.respoke.service.storage.StoredMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Storage} in a relational database: an H2 file of this process, or PostgreSQL.
 * Thread-safe.
 *
 * <p>Changes are written by one thread, as many in one transaction as wait; their stages complete
 * after its commit, which survives the end of the process and, where the disk keeps its word, of
 * the machine. Two threads read. While the database is away, everything fails with {@link
 * Reason#UNAVAILABLE} within seconds; it is found again by itself.
 *
 * <p>A database serves one service at a time: a data directory, or a schema of PostgreSQL, is
 * locked against a second one. A service that lost the lock of PostgreSQL with a connection takes
 * it again; when another one was started in between, the old one stores and drops nothing more:
 * what it should store or drop fails with {@link Reason#UNUSABLE}, for good, while it can still
 * read.
 */
public final class JdbcStorage implements Storage {
  private static final long CONNECT_MILLIS = TimeUnit.SECONDS.toMillis(3);
  private static final String SOCKET_SECONDS = "30";
  private static final int PURGED_AT_ONCE = 1_000;

  /** The lock of PostgreSQL has a connection, and a backup of H2 must not take a reader's. */
  private static final int MORE = 1;

  private final @Nullable DataDirectory directory;
  private final HikariDataSource pool;
  private final Jdbi database;
  private final Health health;
  private final Consumer<Handle> guard;
  private final Writer writer;
  private final Readers readers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final DatabaseUrl.Kind kind;
  private final @Nullable DatabaseLock lock;
  private @Nullable BackupRequests backups;

  private JdbcStorage(
      @Nullable DataDirectory directory,
      HikariDataSource pool,
      @Nullable DatabaseLock lock,
      DatabaseUrl.Kind kind,
      int waitingLimit) {
    this.directory = directory;
    this.kind = kind;
    this.lock = lock;
    this.pool = pool;
    this.database = Jdbi.create(pool);
    // The pool knows a dead connection of PostgreSQL by its failure, but not one of H2.
    this.health = new Health(() -> pool.getHikariPoolMXBean().softEvictConnections());
    this.guard = lock == null ? db -> {} : lock::check;
    this.writer = new Writer(database, waitingLimit, health, guard);
    this.readers = new Readers(database, health, guard);
  }

  /**
   * Opens the database, makes its tables or brings them up to date. Blocks.
   *
   * @throws StorageException if it is in use, damaged, of a newer version, or cannot be reached
   */
  public static JdbcStorage open(JdbcOptions options) {
    Path path = options.directory();
    DataDirectory directory = path == null ? null : DataDirectory.lock(path);
    HikariDataSource pool = null;
    DatabaseLock lock = null;
    try {
      pool = pool(options);
      DatabaseUrl.Kind kind = options.url().kind();
      if (kind == DatabaseUrl.Kind.POSTGRESQL) {
        lock = DatabaseLock.take(pool, options.url());
      }
      Schema.migrate(pool, options.url());
      JdbcStorage storage = new JdbcStorage(directory, pool, lock, kind, options.waitingLimit());
      storage.purgeRemoved();
      if (path != null) {
        storage.backups = new BackupRequests(path, storage::backUp);
      }
      return storage;
    } catch (RuntimeException | Error e) {
      if (lock != null) {
        lock.close();
      }
      if (pool != null) {
        pool.close();
      }
      if (directory != null) {
        directory.close();
      }
      throw e;
    }
  }

  private static HikariDataSource pool(JdbcOptions options) {
    DatabaseUrl url = options.url();
    HikariConfig config = new HikariConfig();
    config.setPoolName("respoke-storage");
    config.setMaximumPoolSize(1 + Readers.THREADS + MORE);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setJdbcUrl(url.address());
    if (url.user() != null) {
      config.setUsername(url.user());
    }
    if (url.password() != null) {
      config.setPassword(url.password());
    }
    if (url.kind() == DatabaseUrl.Kind.H2) {
      config.setDriverClassName("org.h2.Driver");
      // H2 closes its file with the last connection to it.
      config.setMaxLifetime(0);
    } else {
      config.setDriverClassName("org.postgresql.Driver");
      if (!url.address().contains("socketTimeout=")) {
        config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
      }
    }
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException | IllegalArgumentException e) {
      throw new StorageException(
          Reason.UNUSABLE, "the database " + url + " cannot be opened: " + root(e), e);
    }
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public List<Change> load() {
    try {
      return database.withHandle(db -> new Queries(db).everything());
    } catch (JdbiException e) {
      throw new StorageException(
          Reason.UNUSABLE, "what is stored cannot be read (" + Failures.words(e) + ")", e);
    }
  }

  /** Before anything is loaded: an app of the same id may come back. */
  private void purgeRemoved() {
    try {
      for (String app : database.withHandle(db -> new Queries(db).removedApps())) {
        boolean more = true;
        while (more) {
          more =
              database.inTransaction(
                  db -> {
                    guard.accept(db);
                    return new Queries(db).purge(app, PURGED_AT_ONCE);
                  });
        }
      }
    } catch (JdbiException e) {
      throw Failures.of(e, false);
    }
  }

  @Override
  public CompletionStage<Void> store(List<Change> changes) {
    CompletableFuture<Void> stored = writer.store(changes);
    for (Change change : changes) {
      if (change instanceof Change.AppRemoved removed) {
        var unused = stored.thenRun(() -> purge(Keys.of(removed.appId())));
      }
    }
    return stored;
  }

  private void purge(String app) {
    var unused =
        readers
            .drop(queries -> queries.purge(app, PURGED_AT_ONCE))
            .thenAccept(
                more -> {
                  if (more) {
                    purge(app);
                  }
                });
  }

  @Override
  public CompletionStage<Map<String, List<StoredMessage>>> history(
      String appId, Collection<String> groups, int limit, @Nullable Long before) {
    List<String> wanted = List.copyOf(groups);
    return readers.ask(writer.settled(), queries -> queries.history(appId, wanted, limit, before));
  }

  @Override
  public CompletionStage<List<Conversation>> conversations(
      String appId, String reader, Map<String, Long> marks) {
    return readers.ask(writer.settled(), queries -> queries.conversations(appId, reader, marks));
  }

  @Override
  public CompletionStage<Integer> trim(
      String appId, long olderThan, int messagesPerGroup, int atMost) {
    return readers.drop(queries -> queries.trim(appId, olderThan, messagesPerGroup, atMost));
  }

  /**
   * Writes a backup to a new zip file while the storage is in use: all that was stored when it
   * began, and nothing by halves. Blocks, but holds up nobody else: one at a time. H2 only;
   * PostgreSQL has {@code pg_dump}.
   *
   * @throws StorageException if the file exists or cannot be written, or the database is not H2;
   *     nothing is left of it then
   */
  public synchronized void backUp(Path file) {
    if (kind != DatabaseUrl.Kind.H2) {
      throw new StorageException(
          Reason.UNUSABLE, "this backup is for H2 alone; of PostgreSQL make one by pg_dump", null);
    }
    BackupFile.write(
        file,
        part -> {
          try {
            database.useHandle(
                db -> {
                  int unused = db.execute("backup to ?", part.toString());
                });
          } catch (JdbiException e) {
            throw new IOException("the database did not write it (" + Failures.words(e) + ")", e);
          }
        });
  }

  @Override
  public StorageState state() {
    return health.state(writer.waiting());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      if (backups != null) {
        backups.close();
      }
      writer.close();
      readers.close();
      if (lock != null) {
        lock.close();
      }
      pool.close();
      if (directory != null) {
        directory.close();
      }
    }
  }

  /** Never shows credentials. */
  @Override
  public String toString() {
    return "JdbcStorage[" + pool.getJdbcUrl() + "]";
  }
}
