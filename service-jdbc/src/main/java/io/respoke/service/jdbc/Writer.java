package io.respoke.service.jdbc;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.RemovedApps;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes all that waits, writes it in one transaction and tells
 * everybody after its commit: the more wait, the more share the cost of making it durable.
 */
final class Writer {
  private static final int AT_ONCE = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private record Waiting(List<Change> changes, CompletableFuture<Void> done) {}

  /** Asks the thread to end when it comes to it. */
  private static final Waiting END = new Waiting(List.of(), new CompletableFuture<>());

  private final Jdbi database;
  private final BlockingQueue<Waiting> queue;
  private final int limit;
  private final Health health;
  private final Consumer<Handle> guard;
  private final Thread thread;
  private RemovedApps removed = new RemovedApps(); // the thread's own
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private boolean closed;

  /**
   * Writes to a database.
   *
   * @param guard is shown each transaction before it writes, and throws to refuse it
   */
  Writer(Jdbi database, int limit, Health health, Consumer<Handle> guard) {
    this.database = database;
    this.guard = guard;
    this.limit = limit;
    this.queue = new LinkedBlockingQueue<>();
    this.health = health;
    this.thread = new Thread(this::run, "respoke-storage-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes changes; never blocks. */
  synchronized CompletableFuture<Void> store(List<Change> changes) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new StorageException(Reason.CLOSED, "the storage is closed", null));
    }
    int waiting = queue.size();
    if (waiting >= limit) {
      health.refused();
      return CompletableFuture.failedFuture(
          new StorageException(
              Reason.BEHIND,
              "storage is behind: " + waiting + " requests wait to be stored; try again later",
              null));
    }
    last = new CompletableFuture<>();
    queue.add(new Waiting(List.copyOf(changes), last));
    return last;
  }

  /** Completes when all that was taken before is stored or has failed; never fails. */
  synchronized CompletableFuture<Void> settled() {
    return last.handle((done, failure) -> null);
  }

  int waiting() {
    return queue.size();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        break;
      }
      int unused = queue.drainTo(batch, AT_ONCE - 1);
      ended = batch.remove(END);
      if (!batch.isEmpty()) {
        write(batch);
      }
      batch.clear();
    }
  }

  private void write(List<Waiting> batch) {
    StorageException failure = transact(batch);
    if (failure == null) {
      int count = 0;
      for (Waiting one : batch) {
        count += one.changes.size();
      }
      health.stored(count);
      batch.forEach(one -> one.done.complete(null));
    } else if (batch.size() > 1 && failure.reason() == Reason.REFUSED) {
      // One of them is to blame, and nothing was written: let the others not suffer for it.
      batch.forEach(one -> write(List.of(one)));
    } else {
      for (Waiting one : batch) {
        health.failed(one.changes.size(), failure);
        one.done.completeExceptionally(failure);
      }
    }
  }

  /** All of it or nothing; gives the failure. */
  private @Nullable StorageException transact(List<Waiting> batch) {
    boolean committing = false;
    try (Handle db = database.open()) {
      List<Change> changes = new ArrayList<>();
      batch.forEach(one -> changes.addAll(one.changes));
      RemovedApps after = removed.copy();
      Handle begun = db.begin();
      try {
        guard.accept(begun);
        new Statements(begun).write(after.admit(changes));
        committing = true;
        Handle unusedCommitted = begun.commit();
        removed = after;
      } catch (RuntimeException | Error e) {
        rollBack(begun, e);
        throw e;
      }
      return null;
    } catch (Exception | Error e) {
      return Failures.of(e, committing);
    }
  }

  private static void rollBack(Handle begun, Throwable why) {
    try {
      Handle unusedRolledBack = begun.rollback();
    } catch (RuntimeException e) {
      // Without a connection there is nothing to roll back.
      why.addSuppressed(e);
    }
  }

  /** Writes what waits, then ends. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(END);
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
    Waiting left;
    while ((left = queue.poll()) != null) {
      left.done.completeExceptionally(
          new StorageException(Reason.CLOSED, "the storage was closed before it could", null));
    }
  }
}
