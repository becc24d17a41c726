package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The system gives as many threads as the test says. */
class ThreadPoolTest {
  private final AtomicInteger given = new AtomicInteger();
  private final ThreadPool pool = new ThreadPool(4, this::thread);
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  /** Throws here, where starting it would: newer pools do not call a thread's own start method. */
  private Thread thread(Runnable worker) {
    if (given.getAndDecrement() <= 0) {
      throw new OutOfMemoryError("unable to create native thread: expected by the test");
    }
    return new Thread(worker, "pool-test");
  }

  @AfterEach
  void end() throws InterruptedException {
    go.countDown();
    pool.shutdown();
    assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
  }

  @Test
  void aTaskWaitsForTheThreadsThereAreWhenThereAreNoMore() throws Exception {
    given.set(1);
    CountDownLatch done = new CountDownLatch(3);
    pool.execute(
        () -> {
          await(go);
          ran.add("first");
          done.countDown();
        });
    for (String name : List.of("second", "third")) {
      pool.execute(
          () -> {
            ran.add(name);
            done.countDown();
          });
    }
    assertEquals(List.of(), ran);

    go.countDown();

    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void withoutASingleThreadItSaysSoAndKeepsNothing() throws Exception {
    assertThrows(OutOfMemoryError.class, () -> pool.execute(() -> ran.add("lost")));

    given.set(1);
    CountDownLatch done = new CountDownLatch(1);
    pool.execute(done::countDown);

    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertEquals(List.of(), ran);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
