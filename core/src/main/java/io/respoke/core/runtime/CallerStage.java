package io.respoke.core.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage for callers. They cannot complete it, and see its failure as it is: {@link
 * CompletableFuture#minimalCompletionStage} would wrap it, so that a caller's {@code exceptionally}
 * could not tell one failure from another.
 */
public final class CallerStage<T> extends CompletableFuture<T> {
  private CallerStage() {}

  /** A stage that ends as the future does, on the executor. */
  public static <T> CompletionStage<T> of(CompletableFuture<T> future, Executor executor) {
    CallerStage<T> stage = new CallerStage<>();
    future.whenComplete((value, failure) -> executor.execute(() -> stage.end(value, failure)));
    return stage;
  }

  private void end(T value, @Nullable Throwable failure) {
    if (failure == null) {
      super.complete(value);
    } else {
      super.completeExceptionally(Failures.unwrap(failure));
    }
  }

  /** What callers derive is theirs. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /** A copy, which is the caller's to complete or cancel. */
  @Override
  public CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    whenComplete(
        (value, failure) -> {
          if (failure == null) {
            copy.complete(value);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    return copy;
  }

  private static UnsupportedOperationException notTheirs() {
    return new UnsupportedOperationException("only the client completes its stages");
  }

  @Override
  public boolean complete(T value) {
    throw notTheirs();
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    throw notTheirs();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    throw notTheirs();
  }

  @Override
  public void obtrudeValue(T value) {
    throw notTheirs();
  }

  @Override
  public void obtrudeException(Throwable failure) {
    throw notTheirs();
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    throw notTheirs();
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    throw notTheirs();
  }

  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    throw notTheirs();
  }

  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    throw notTheirs();
  }
}
