package io.respoke.service.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * That one server alone uses a PostgreSQL database: an advisory lock, held by a connection of its
 * own and so for as long as the process lives, keeps a second one from starting.
 *
 * <p>A connection may be lost while its server lives, and the lock with it. It is taken again as
 * soon as may be. A server that starts in between gets the lock, and counts the epoch up; every
 * transaction that writes looks at the epoch first and holds on to it, so from then on the old
 * server writes nothing more.
 */
final class DatabaseLock implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DatabaseLock.class.getName());

  /** The lock of a schema within the connection's database. */
  private static final String KEY = "(1919251316, hashtext(coalesce(current_schema(), '')))";

  /** A killed server's lock is gone when its connection is, which takes a moment. */
  private static final String PATIENCE = "3s";

  private static final String NOT_AVAILABLE = "55P03";
  private static final long LOOK_SECONDS = 5;
  private static final long CLOSE_MILLIS = 5_000;

  private final HikariDataSource pool;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Connection holder; // of the thread, once it runs
  private final long epoch;

  private DatabaseLock(HikariDataSource pool, Connection holder, long epoch) {
    this.pool = pool;
    this.holder = holder;
    this.epoch = epoch;
    this.thread = new Thread(this::run, "respoke-storage-lock");
    thread.setDaemon(true);
  }

  /**
   * Takes the lock, and a connection of the pool for good, and begins an epoch. This comes before
   * anything else is done with the database, its tables included.
   *
   * @throws StorageException if another server has it, or the database does not answer
   */
  static DatabaseLock take(HikariDataSource pool, DatabaseUrl url) {
    Connection connection = null;
    try {
      connection = pool.getConnection();
      long epoch;
      try (Statement statement = prepared(connection)) {
        boolean unused = statement.execute("set lock_timeout = '" + PATIENCE + "'");
        unused = statement.execute("select pg_advisory_lock" + KEY);
        unused = statement.execute("set lock_timeout = 0");
        epoch = nextEpoch(statement);
      }
      DatabaseLock lock = new DatabaseLock(pool, connection, epoch);
      lock.thread.start();
      return lock;
    } catch (SQLException e) {
      close(connection);
      throw NOT_AVAILABLE.equals(e.getSQLState())
          ? new StorageException(
              Reason.UNUSABLE,
              "the database "
                  + url
                  + " is in use by another server; stop that one, or give another database",
              null)
          : Failures.of(e, false);
    }
  }

  /** The database is to find out within half a minute that this machine has gone. */
  private static Statement prepared(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    Statement statement = connection.createStatement();
    boolean unused = statement.execute("set tcp_keepalives_idle = 10");
    unused = statement.execute("set tcp_keepalives_interval = 5");
    unused = statement.execute("set tcp_keepalives_count = 4");
    return statement;
  }

  /** Waits for the end of transactions that an old server has begun. */
  private static long nextEpoch(Statement statement) throws SQLException {
    boolean unused =
        statement.execute("create table if not exists respoke_epoch (epoch bigint not null)");
    unused =
        statement.execute(
            "insert into respoke_epoch select 0 where not exists (select 1 from respoke_epoch)");
    try (ResultSet next =
        statement.executeQuery("update respoke_epoch set epoch = epoch + 1 returning epoch")) {
      if (!next.next()) {
        throw new SQLException("the epoch is gone");
      }
      return next.getLong(1);
    }
  }

  /**
   * Makes sure, in a transaction that will write, that no other server can begin before its end.
   *
   * @throws StorageException if one has begun
   */
  void check(Handle transaction) {
    long current =
        transaction.select("select epoch from respoke_epoch for share").mapTo(Long.class).one();
    if (current != epoch) {
      throw new StorageException(
          Reason.UNUSABLE, "another server has taken over the database; stop one of the two", null);
    }
  }

  private void run() {
    boolean told = false;
    try {
      while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        boolean held = held() || again();
        if (!held && !told) {
          LOG.log(
              System.Logger.Level.WARNING,
              "the lock of the database was lost with its connection, and is not to be had now");
        } else if (held && told) {
          LOG.log(System.Logger.Level.INFO, "the lock of the database is held again");
        }
        told = !held;
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "no longer looked after");
    }
    close(holder);
  }

  private boolean held() {
    try {
      if (holder != null && holder.isValid((int) LOOK_SECONDS)) {
        return true;
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "the connection with the lock is lost", e);
    }
    if (holder != null) {
      // Not back to the pool: its session may live after all, and the lock with it.
      pool.evictConnection(holder);
      close(holder);
      holder = null;
    }
    return false;
  }

  private boolean again() {
    Connection connection = null;
    boolean got = false;
    try {
      connection = pool.getConnection();
      try (Statement statement = prepared(connection);
          ResultSet answer = statement.executeQuery("select pg_try_advisory_lock" + KEY)) {
        got = answer.next() && answer.getBoolean(1);
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "the database does not answer", e);
    }
    if (got) {
      holder = connection;
    } else {
      close(connection);
    }
    return got;
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection did not close", e);
      }
    }
  }

  /** Gives it back with its connection, which the pool must close next. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
