package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting that ends: with what was waited for, or with a failed test. */
final class Await {
  /** Longer than anything takes, even on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  /** The value of a stage that must succeed. */
  static <T> T value(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a stage failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a stage was not completed within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The failure of a stage that must fail, of exactly this kind and without wrappers. */
  static <X extends Throwable> X failure(Class<X> type, CompletionStage<?> stage) {
    Throwable failure =
        value(
            stage.handle(
                (value, thrown) ->
                    thrown == null ? new AssertionError("succeeded with " + value) : thrown));
    if (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return assertInstanceOf(type, failure, () -> "unexpected kind of failure");
  }

  static void latch(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a latch was not opened within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until a condition holds; fails with words for what was seen last. */
  static void until(BooleanSupplier condition, Supplier<String> seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + seen.get());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
