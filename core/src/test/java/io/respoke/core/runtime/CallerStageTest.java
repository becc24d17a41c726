package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CallerStageTest {
  private final CompletableFuture<String> future = new CompletableFuture<>();
  private final ArrayDeque<Runnable> executor = new ArrayDeque<>();
  private final CompletionStage<String> stage = CallerStage.of(future, executor::add);
  private final List<Object> seen = new ArrayList<>();

  @Test
  void itEndsAsTheFutureDoesOnTheExecutor() {
    stage.thenAccept(seen::add);
    future.complete("done");
    assertEquals(List.of(), seen);

    executor.remove().run();

    assertEquals(List.of("done"), seen);
  }

  @Test
  void callersSeeTheFailureItselfHoweverDeepItWasWrapped() {
    IllegalStateException failure = new IllegalStateException("no");
    stage.whenComplete((value, error) -> seen.add(error));
    stage.exceptionally(
        error -> {
          seen.add(error);
          return "";
        });
    CompletableFuture<String> copy = stage.toCompletableFuture();
    copy.whenComplete((value, error) -> seen.add(error));

    future.completeExceptionally(
        new CompletionException(new ExecutionException(new CompletionException(failure))));
    executor.remove().run();

    assertEquals(List.of(failure, failure, failure), seen);
    assertSame(failure, assertThrows(CompletionException.class, copy::join).getCause());
    assertSame(failure, assertThrows(ExecutionException.class, copy::get).getCause());
  }

  @Test
  void noCallerCanCompleteIt() {
    CompletableFuture<String> own = (CompletableFuture<String>) stage;
    List<Executable> attempts =
        List.of(
            () -> own.complete("x"),
            () -> own.completeExceptionally(new IllegalStateException()),
            () -> own.cancel(true),
            () -> own.obtrudeValue("x"),
            () -> own.obtrudeException(new IllegalStateException()),
            () -> own.completeAsync(() -> "x"),
            () -> own.completeAsync(() -> "x", Runnable::run),
            () -> own.orTimeout(1, TimeUnit.MILLISECONDS),
            () -> own.completeOnTimeout("x", 1, TimeUnit.MILLISECONDS));
    for (Executable attempt : attempts) {
      assertThrows(UnsupportedOperationException.class, attempt);
    }
    assertFalse(own.isDone());
  }

  @Test
  void whatCallersDeriveFromItIsTheirs() {
    CompletableFuture<String> copy = stage.toCompletableFuture();
    CompletableFuture<String> derived = stage.thenApply(text -> text).toCompletableFuture();
    assertTrue(copy.cancel(true));
    assertTrue(derived.complete("theirs"));

    future.complete("ours");
    executor.remove().run();

    stage.thenAccept(seen::add);
    assertEquals(List.of("ours"), seen);
    assertEquals("theirs", derived.join());
  }
}
