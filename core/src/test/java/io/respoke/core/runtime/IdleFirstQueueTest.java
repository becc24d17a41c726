package io.respoke.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleFirstQueueTest {
  private static final int THREADS = 4;

  private final IdleFirstQueue waiting = new IdleFirstQueue();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0,
          THREADS,
          1,
          TimeUnit.MINUTES,
          waiting,
          new DaemonThreads("idle-first"),
          (task, full) -> waiting.addLast(task, full));

  @AfterEach
  void end() throws InterruptedException {
    pool.shutdownNow();
    assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
  }

  @Test
  void anIdleThreadIsTakenBeforeAnotherIsStarted() throws Exception {
    for (int i = 1; i <= 100; i++) {
      CountDownLatch done = new CountDownLatch(1);
      pool.execute(done::countDown);
      assertTrue(done.await(10, TimeUnit.SECONDS));
      while (!waiting.hasWaitingConsumer()) {
        Thread.onSpinWait();
      }
    }
    assertEquals(1, pool.getLargestPoolSize());
  }

  @Test
  void tasksThatBlockGetAThreadEachUntilThereAreNoMoreThenTheyWait() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(THREADS);
    CountDownLatch done = new CountDownLatch(10 * THREADS);
    for (int i = 0; i < 10 * THREADS; i++) {
      pool.execute(
          () -> {
            running.countDown();
            try {
              go.await();
              done.countDown();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertTrue(running.await(10, TimeUnit.SECONDS));
    assertEquals(THREADS, pool.getPoolSize());
    assertEquals(9 * THREADS, waiting.size());
    go.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS));
  }

  @Test
  void nothingIsTakenAfterTheEnd() {
    pool.shutdown();
    assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
  }
}
