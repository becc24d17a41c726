package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialContextTest {
  private final ArrayDeque<Runnable> handed = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private void runAll() {
    for (Runnable task = handed.poll(); task != null; task = handed.poll()) {
      task.run();
    }
  }

  @Test
  void tasksRunInTheirOrderOnTheExecutor() {
    SerialContext serial = new SerialContext(handed::add);

    serial.execute(() -> done.add("a"));
    serial.execute(() -> done.add("b"));
    assertEquals(List.of(), done);
    assertEquals(1, handed.size(), "one hand-over for all");
    runAll();

    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void aTaskGivenInsideATaskRunsAfterIt() {
    SerialContext serial = new SerialContext(Runnable::run);

    serial.execute(
        () -> {
          serial.execute(() -> done.add("inner"));
          serial.executeHere(() -> done.add("inner too"));
          done.add("outer");
        });

    assertEquals(List.of("outer", "inner", "inner too"), done);
  }

  @Test
  void anIdleContextRunsATaskOnTheCallersThreadIfItIsAllowedTo() {
    SerialContext serial = new SerialContext(handed::add);

    serial.executeHere(() -> done.add("here"));
    assertEquals(List.of("here"), done);

    serial.execute(() -> done.add("later"));
    serial.executeHere(() -> done.add("after it"));
    assertEquals(List.of("here"), done);
    runAll();
    assertEquals(List.of("here", "later", "after it"), done);
  }

  @Test
  void aLongQueueGivesTheThreadBackAfterABatch() {
    SerialContext serial = new SerialContext(handed::add);
    AtomicInteger count = new AtomicInteger();
    for (int i = 0; i < 600; i++) {
      serial.execute(count::incrementAndGet);
    }

    handed.poll().run();

    assertEquals(256, count.get());
    assertEquals(1, handed.size());
    runAll();
    assertEquals(600, count.get());
  }

  @Test
  void aTaskThatThrowsDoesNotStopTheOthers() {
    SerialContext serial = new SerialContext(Runnable::run);

    serial.execute(
        () -> {
          throw new AssertionError("expected by the test");
        });
    serial.execute(() -> done.add("next"));

    assertEquals(List.of("next"), done);
  }

  @Test
  void tasksStillRunWhenTheExecutorIsShutDown() {
    SerialContext serial =
        new SerialContext(
            task -> {
              throw new RejectedExecutionException();
            });

    serial.execute(() -> done.add("a"));
    serial.execute(() -> done.add("b"));

    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void tasksStillRunWhenTheExecutorGetsNoThreadAndLaterOnesAreHandedOverAgain() {
    SerialContext serial = new SerialContext(new NoThreadOnce(handed::add));

    serial.execute(() -> done.add("a"));
    assertEquals(List.of("a"), done);
    serial.execute(() -> done.add("b"));
    assertEquals(1, handed.size());
    runAll();

    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void tasksRunOnceWhenTheExecutorGetsNoThreadButKeepsWhatItWasGiven() {
    SerialContext serial =
        new SerialContext(
            task -> {
              handed.add(task);
              throw new OutOfMemoryError("expected by the test");
            });

    serial.execute(() -> done.add("a"));
    runAll();
    serial.execute(() -> done.add("b"));
    runAll();

    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void manyThreadsAreSerialisedAndEachThreadsOrderIsKept() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      SerialContext serial = new SerialContext(executor);
      AtomicBoolean inside = new AtomicBoolean();
      AtomicBoolean overlapped = new AtomicBoolean();
      List<int[]> seen = new ArrayList<>(); // guarded by the context itself
      int threads = 4;
      int each = 10_000;
      CountDownLatch all = new CountDownLatch(threads * each);
      for (int t = 0; t < threads; t++) {
        int thread = t;
        new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    int number = i;
                    Runnable task =
                        () -> {
                          overlapped.compareAndSet(false, inside.getAndSet(true));
                          seen.add(new int[] {thread, number});
                          inside.set(false);
                          all.countDown();
                        };
                    if (number % 3 == 0) {
                      serial.executeHere(task);
                    } else {
                      serial.execute(task);
                    }
                  }
                })
            .start();
      }
      assertTrue(all.await(60, TimeUnit.SECONDS));
      assertFalse(overlapped.get());
      int[] next = new int[threads];
      for (int[] one : seen) {
        assertEquals(next[one[0]]++, one[1]);
      }
    } finally {
      executor.shutdown();
    }
  }
}
