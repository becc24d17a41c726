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
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** The few threads that read, and how many may wait for them. */
final class Readers {
  static final int THREADS = 2;
  private static final int LIMIT = 512;
  private static final long CLOSE_SECONDS = 5;

  private final Jdbi database;
  private final Health health;
  private final Semaphore places = new Semaphore(LIMIT);
  private final ExecutorService threads;

  Readers(Jdbi database, Health health) {
    this.database = database;
    this.health = health;
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
                        T found = database.withHandle(db -> question.apply(new Queries(db)));
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
