package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The few threads that read, and drop old messages, and how many may wait for them. */
final class Readers {
  static final int THREADS = 2;
  private static final int LIMIT = 512;
  private static final long CLOSE_SECONDS = 5;
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final Jdbi database;
  private final Health health;
  private final Consumer<Handle> guard;
  private final Semaphore places = new Semaphore(LIMIT);
  private final ExecutorService threads;

  /**
   * Reads a database.
   *
   * @param guard is shown each transaction before it drops something, and throws to refuse it
   */
  Readers(Jdbi database, Health health, Consumer<Handle> guard) {
    this.database = database;
    this.health = health;
    this.guard = guard;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread =
                  new Thread(task, "respoke-storage-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Asks the database after something else has completed; never blocks. */
  <T> CompletableFuture<T> ask(CompletableFuture<Void> after, Function<Queries, T> question) {
    return run(after, () -> database.withHandle(db -> question.apply(new Queries(db))));
  }

  /** Drops something, all of it in one transaction or nothing; never blocks. */
  <T> CompletableFuture<T> drop(Function<Queries, T> deed) {
    return run(
        NOW,
        () ->
            database.inTransaction(
                db -> {
                  guard.accept(db);
                  return deed.apply(new Queries(db));
                }));
  }

  private <T> CompletableFuture<T> run(CompletableFuture<Void> after, Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!places.tryAcquire()) {
      health.refused();
      answer.completeExceptionally(
          new StorageException(
              Reason.BEHIND,
              "storage is behind: " + LIMIT + " requests wait to be read; try again later",
              null));
      return answer;
    }
    var unused =
        after.whenComplete(
            (settled, ignored) -> {
              try {
                threads.execute(
                    () -> {
                      try {
                        T found = question.get();
                        health.answered();
                        answer.complete(found);
                      } catch (RuntimeException | Error e) {
                        StorageException failure = Failures.of(e, false);
                        health.failed(0, failure);
                        answer.completeExceptionally(failure);
                      } finally {
                        places.release();
                      }
                    });
              } catch (RejectedExecutionException e) {
                places.release();
                answer.completeExceptionally(
                    new StorageException(Reason.CLOSED, "the storage is closed", null));
              }
            });
    return answer;
  }

  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        var unused = threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      var unused = threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
