package io.respoke.cdi.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

  private void runAll() {
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
  }
}
