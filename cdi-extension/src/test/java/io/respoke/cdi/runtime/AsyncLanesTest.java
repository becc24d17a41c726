package io.respoke.cdi.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncLanesTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private final AsyncLanes lanes = new AsyncLanes(turns::add, 2);

  @Test
  void tasksOfOneSourceWaitForEachOther() {
    assertTrue(lanes.add("a", () -> ran.add("a1")));
    assertTrue(lanes.add("a", () -> ran.add("a2")));
    assertTrue(lanes.add("b", () -> ran.add("b1")));
    assertEquals(2, turns.size());
    runAll();
    assertEquals(List.of("a1", "b1", "a2"), ran);
  }

  @Test
  void whatIsTooMuchIsRefusedUntilThereIsRoom() {
    assertTrue(lanes.add("a", () -> ran.add("a1")));
    assertTrue(lanes.add("a", () -> ran.add("a2")));
    assertFalse(lanes.add("a", () -> ran.add("a3")));
    runAll();
    assertTrue(lanes.add("a", () -> ran.add("a4")));
    runAll();
    assertEquals(List.of("a1", "a2", "a4"), ran);
  }

  @Test
  void theLastTaskOfASourceIsTakenWheneverSomethingWaits() {
    assertFalse(lanes.addLast("a", () -> ran.add("never")));
    lanes.add("a", () -> ran.add("a1"));
    lanes.add("a", () -> ran.add("a2"));
    assertTrue(lanes.addLast("a", () -> ran.add("last")));
    runAll();
    assertEquals(List.of("a1", "a2", "last"), ran);
  }

  @Test
  void aTaskThatThrowsDoesNotStopItsSource() {
    lanes.add(
        "a",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    lanes.add("a", () -> ran.add("a2"));
    assertThrows(IllegalStateException.class, () -> turns.remove().run());
    runAll();
    assertEquals(List.of("a2"), ran);
  }

  @Test
  void aSourceForWhichThereWasNoThreadOnceGoesOn() {
    Errors errors = new Errors();
    AsyncLanes starved = new AsyncLanes(errors, 2);

    errors.next = new OutOfMemoryError("unable to create native thread: expected by the test");
    assertTrue(starved.add("a", () -> ran.add("a1")));
    assertEquals(List.of("a1"), ran, "on the thread that has the event");
    assertTrue(starved.add("a", () -> ran.add("a2")));
    assertTrue(starved.add("a", () -> ran.add("a3")));
    assertEquals(1, turns.size());
    errors.next = new OutOfMemoryError("unable to create native thread: expected by the test");
    runAll();

    assertEquals(List.of("a1", "a2", "a3"), ran);
    assertFalse(starved.addLast("a", () -> ran.add("never")), "nothing is left of it");
  }

  @Test
  void aSourceThatWasRefusedOnceIsTakenAgain() {
    for (RuntimeException refusal :
        List.of(
            new RejectedExecutionException("expected by the test"),
            new IllegalStateException("expected by the test"))) {
      Errors errors = new Errors();
      AsyncLanes refused = new AsyncLanes(errors, 2);

      errors.next = refusal;
      assertThrows(
          RejectedExecutionException.class, () -> refused.add("a", () -> ran.add("never")));
      assertTrue(refused.add("a", () -> ran.add("a1")));
      errors.next = refusal;
      refused.add("a", () -> ran.add("a2"));
      runAll();
    }
    assertEquals(List.of("a1", "a2", "a1", "a2"), ran);
  }

  @Test
  void noTaskRunsTwiceWhenTheExecutorFailsButKeepsWhatItWasGiven() {
    AsyncLanes lying =
        new AsyncLanes(
            turn -> {
              turns.add(turn);
              throw new OutOfMemoryError("expected by the test");
            },
            2);
    lying.add("a", () -> ran.add("a1"));
    lying.add("a", () -> ran.add("a2"));
    runAll();

    assertEquals(List.of("a1", "a2"), ran);
  }

  /** Hands tasks to the test, or fails when it is told to. */
  private final class Errors implements Executor {
    @Nullable Throwable next;

    @Override
    public void execute(Runnable task) {
      Throwable failure = next;
      next = null;
      if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
      turns.add(task);
    }
  }

  private void runAll() {
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
  }
}
