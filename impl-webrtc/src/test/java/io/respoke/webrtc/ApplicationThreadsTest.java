package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The system refuses as many threads as the test says. */
class ApplicationThreadsTest {
  private final AtomicInteger refusals = new AtomicInteger();
  private final ApplicationThreads threads = new ApplicationThreads(this::thread);

  /** Throws here, where starting it would: newer pools do not call a thread's own start method. */
  private Thread thread(Runnable worker) {
    if (refusals.getAndDecrement() > 0) {
      throw new OutOfMemoryError("unable to create native thread: expected by the test");
    }
    return new Thread(worker, "application-threads-test");
  }

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
  }

  @Test
  void aTaskWaitsUntilThereIsAThread() throws Exception {
    refusals.set(3);
    CountDownLatch done = new CountDownLatch(1);

    threads.execute(done::countDown);

    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertTrue(refusals.get() <= 0);
  }

  @Test
  void aListenerHearsEverythingInOrderAlsoWhatCameWhileThereWasNoThread() throws Exception {
    refusals.set(2);
    SerialQueue queue = new SerialQueue(threads);
    List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1);

    IntStream.range(0, 100).forEach(i -> queue.execute(() -> heard.add(i)));
    queue.execute(done::countDown);

    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertEquals(IntStream.range(0, 100).boxed().toList(), heard);
  }
}
