package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CallbackExecutorTest {
  private final ClassLoader loader = new URLClassLoader(new URL[0], null);
  private final CallbackExecutor callbacks = new CallbackExecutor(Runnable::run, loader);

  @Test
  void callbacksHaveTheClientsClassLoaderAndTheThreadKeepsItsOwn() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<ClassLoader> seen = new ArrayList<>();

    callbacks.execute(() -> seen.add(Thread.currentThread().getContextClassLoader()));

    assertEquals(List.of(loader), seen);
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }

  @Test
  void theClassLoaderIsPutBackAfterACallbackThatThrows() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    assertThrows(
        IllegalStateException.class,
        () ->
            callbacks.execute(
                () -> {
                  throw new IllegalStateException("expected by the test");
                }));

    assertSame(before, Thread.currentThread().getContextClassLoader());
    assertFalse(callbacks.isCurrent());
  }

  @Test
  void noClassLoaderIsAClassLoaderToo() {
    List<Boolean> none = new ArrayList<>();
    new CallbackExecutor(Runnable::run, null)
        .execute(() -> none.add(Thread.currentThread().getContextClassLoader() == null));
    assertEquals(List.of(true), none);
  }

  @Test
  void aThreadKnowsWhetherItRunsACallbackOfThisClient() {
    CallbackExecutor other = new CallbackExecutor(Runnable::run, null);
    assertFalse(callbacks.isCurrent());

    callbacks.execute(
        () -> {
          assertTrue(callbacks.isCurrent());
          assertFalse(other.isCurrent());
          callbacks.execute(() -> assertTrue(callbacks.isCurrent()));
          assertTrue(callbacks.isCurrent(), "still, after a nested one");
          other.execute(() -> assertNull(Thread.currentThread().getContextClassLoader()));
          assertSame(loader, Thread.currentThread().getContextClassLoader());
        });

    assertFalse(callbacks.isCurrent());
  }

  @Test
  void aCallbackIsNotLostWhenTheExecutorRefusesIt() {
    List<String> ran = new ArrayList<>();
    CallbackExecutor refused =
        new CallbackExecutor(
            task -> {
              throw new RejectedExecutionException();
            },
            loader);

    refused.execute(() -> ran.add("here"));

    assertEquals(List.of("here"), ran);
  }

  @Test
  void aCallbackIsNotLostWhenTheExecutorGetsNoThread() {
    List<ClassLoader> ran = new ArrayList<>();
    List<Runnable> handed = new ArrayList<>();
    CallbackExecutor starved = new CallbackExecutor(new NoThreadOnce(handed::add), loader);

    starved.execute(() -> ran.add(Thread.currentThread().getContextClassLoader()));
    assertEquals(List.of(loader), ran);
    starved.execute(() -> ran.add(null));

    assertEquals(1, handed.size(), "the next is handed over again");
    assertEquals(List.of(loader), ran);
  }

  @Test
  void aCallbackThatRunsOutOfMemoryItselfIsNotRunAgain() {
    List<String> ran = new ArrayList<>();

    assertThrows(
        OutOfMemoryError.class,
        () ->
            callbacks.execute(
                () -> {
                  ran.add("once");
                  throw new OutOfMemoryError("expected by the test");
                }));

    assertEquals(List.of("once"), ran);
  }
}
