package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaClockTest {
  private final ExecutorService aside = Executors.newCachedThreadPool();
  private final MediaClock clock = new MediaClock("test-clock", aside);

  @AfterEach
  void close() {
    clock.close();
    aside.shutdownNow();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void whatBlocksStallsNobodyElseAndIsNeverAskedTwiceAtATime() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch blockedAgain = new CountDownLatch(3);
    CountDownLatch others = new CountDownLatch(100);
    clock.add(
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          await(release);
          inside.decrementAndGet();
          blockedAgain.countDown();
        });
    clock.add(others::countDown);
    assertTrue(await(others));
    assertEquals(1, inside.get());
    release.countDown();
    assertTrue(await(blockedAgain), "what has blocked is asked again");
    assertEquals(1, most.get());
  }

  @Test
  void whatThrowsIsLeftOutAndWhatIsRemovedIsNotAskedAgain() {
    AtomicInteger thrown = new AtomicInteger();
    clock.add(
        () -> {
          thrown.incrementAndGet();
          throw new IllegalStateException("as the test wants it");
        });
    AtomicInteger removed = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    MediaClock.Ticking leaving =
        () -> {
          removed.incrementAndGet();
          first.countDown();
        };
    clock.add(leaving);
    clock.add(leaving);
    assertTrue(await(first));
    clock.remove(leaving);
    CountDownLatch oneRound = new CountDownLatch(2);
    clock.add(oneRound::countDown);
    assertTrue(await(oneRound));
    int then = removed.get();
    CountDownLatch more = new CountDownLatch(10);
    clock.add(more::countDown);
    assertTrue(await(more));
    assertEquals(then, removed.get());
    assertEquals(1, thrown.get());
  }

  @Test
  void whatIsDoneLastFollowsAllOthersOfItsTickAndIsNoReasonToTick() {
    List<String> done = new CopyOnWriteArrayList<>();
    CountDownLatch rounds = new CountDownLatch(3);
    clock.addLast(
        () -> {
          done.add("last");
          rounds.countDown();
        });
    MediaClock another = new MediaClock("another-clock", aside);
    try {
      CountDownLatch timePasses = new CountDownLatch(5);
      another.add(timePasses::countDown);
      assertTrue(await(timePasses));
    } finally {
      another.close();
    }

    clock.add(() -> done.add("first"));

    assertTrue(await(rounds));
    assertEquals(List.of("first", "last", "first", "last", "first", "last"), done.subList(0, 6));
  }

  @Test
  void itTicksOnWhenThereIsNoThreadAtFirstToTakeOver() {
    AtomicInteger asked = new AtomicInteger();
    ThreadFactory scarce =
        task -> {
          int thread = asked.getAndIncrement();
          if (thread == 1 || thread == 2) {
            throw new OutOfMemoryError("unable to create native thread: expected by the test");
          }
          return new Thread(task, "scarce-clock");
        };
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(20);
    MediaClock waiting = new MediaClock("scarce-clock", aside, scarce);
    try {
      waiting.add(() -> await(release));
      waiting.add(others::countDown);

      assertTrue(await(others), "another thread ticks in the end");
      assertTrue(asked.get() >= 4, () -> asked + " threads");
    } finally {
      release.countDown();
      waiting.close();
    }
  }
}
