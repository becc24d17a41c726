package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The threads are a list of started works here: each ends when the test says so. */
class ConnectLaneTest {
  private final ArrayDeque<Runnable> started = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private final ConnectLane lane = new ConnectLane(started::add, 4, 2);

  private void submit(String address, String name) {
    lane.execute(address, () -> ran.add(name));
  }

  private void endOne() {
    started.remove().run();
  }

  @Test
  void anAddressGetsItsShareOfTheThreadsAndNoMore() {
    for (int i = 0; i < 10; i++) {
      submit("black-hole", "hole" + i);
    }
    assertEquals(2, started.size());

    submit("healthy", "healthy");
    assertEquals(3, started.size(), "it does not wait behind the others");
  }

  @Test
  void threadsAreBoundedInAll() {
    for (int i = 0; i < 10; i++) {
      submit("a" + i, "a" + i);
    }
    assertEquals(4, started.size());

    endOne();
    assertEquals(4, started.size(), "the free thread is given to the next");
    while (!started.isEmpty()) {
      endOne();
    }
    assertEquals(10, ran.size());
  }

  @Test
  void freeThreadsGoToAddressesInTurn() {
    ConnectLane single = new ConnectLane(started::add, 1, 1);
    single.execute("busy", () -> ran.add("busy"));
    for (String address : List.of("a", "b", "c")) {
      for (int i = 0; i < 3; i++) {
        String name = address + i;
        single.execute(address, () -> ran.add(name));
      }
    }
    while (!started.isEmpty()) {
      endOne();
    }

    assertEquals(List.of("busy", "a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"), ran);
  }

  @Test
  void workThatThrowsGivesItsThreadBack() {
    for (int i = 0; i < 3; i++) {
      lane.execute(
          "a",
          () -> {
            throw new IllegalStateException("expected by the test");
          });
    }
    for (int i = 0; i < 3; i++) {
      try {
        endOne();
      } catch (IllegalStateException e) {
        ran.add("threw");
      }
    }
    submit("a", "next");
    endOne();

    assertEquals(List.of("threw", "threw", "threw", "next"), ran);
  }

  @Test
  void workForWhichThereWasNoThreadWaitsForTheNextAndTakesNothingFromTheShare() {
    ConnectLane single = new ConnectLane(new NoThreadOnce(started::add), 1, 1);
    single.execute("a", () -> ran.add("a0"));
    assertEquals(0, started.size());

    single.execute("a", () -> ran.add("a1"));
    single.execute("b", () -> ran.add("b0"));
    assertEquals(1, started.size(), "the one thread there may be");
    while (!started.isEmpty()) {
      endOne();
    }

    assertEquals(List.of("a0", "a1", "b0"), ran);
  }

  @Test
  void workForWhichThereWasNoThreadCanBeCalledOff() {
    ConnectLane single = new ConnectLane(new NoThreadOnce(started::add), 1, 1);
    single.execute("a", () -> ran.add("a0")).cancel();

    single.execute("a", () -> ran.add("a1"));
    while (!started.isEmpty()) {
      endOne();
    }

    assertEquals(List.of("a1"), ran);
  }

  @Test
  void workThatRunsOutOfMemoryItselfIsNotRunAgain() {
    ConnectLane here = new ConnectLane(Runnable::run, 1, 1);
    assertThrows(
        OutOfMemoryError.class,
        () ->
            here.execute(
                "a",
                () -> {
                  ran.add("once");
                  throw new OutOfMemoryError("expected by the test");
                }));

    here.execute("a", () -> ran.add("next"));

    assertEquals(List.of("once", "next"), ran);
  }

  @Test
  void aShareIsNeverExceededHoweverWorkComesAndGoes() {
    Random random = new Random(31);
    int submitted = 0;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextBoolean()) {
        submit("address" + random.nextInt(5), "w" + submitted++);
      } else if (!started.isEmpty()) {
        endOne();
      }
      if (started.size() > 4) {
        throw new AssertionError(started.size() + " threads");
      }
    }
    while (!started.isEmpty()) {
      endOne();
    }
    assertEquals(submitted, ran.size(), "every work ran once");
  }
}
