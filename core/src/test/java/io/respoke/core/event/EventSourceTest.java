package io.respoke.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.OverflowPolicy;
import io.respoke.event.RespokeEvent;
import io.respoke.event.UnknownEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSourceTest {
  /** Collects what is delivered; its executor runs when the test says so. */
  private static class Recorder implements EventSource.Outlet {
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final List<String> delivered = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void deliver(EventSource source, RespokeEvent event) {
      delivered.add(event instanceof UnknownEvent e ? e.name() : "?");
    }

    @Override
    public void overflowed(EventSource source, boolean first) {
      delivered.add(first ? "overflowed" : "again");
    }

    @Override
    public void recovered(EventSource source, long dropped) {
      delivered.add("recovered after " + dropped);
    }

    void runAll() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  private final Recorder recorder = new Recorder();

  private EventSource source(int limit, OverflowPolicy policy) {
    return new EventSource("group:x", null, recorder.tasks::add, recorder, limit, policy);
  }

  private static void offer(EventSource source, String... names) {
    for (String name : names) {
      source.offer(Events.named(name));
    }
  }

  @Test
  void eventsAreDeliveredInTheirOrderByOneTaskAtATime() {
    EventSource source = source(100, OverflowPolicy.DROP_OLDEST);

    offer(source, "a", "b");
    assertEquals(1, recorder.tasks.size());
    assertEquals(3, source.waiting(), "two that wait and the delivery that is under way");
    recorder.runAll();
    offer(source, "c");
    recorder.runAll();

    assertEquals(List.of("a", "b", "c"), recorder.delivered);
    assertEquals(0, source.waiting());
  }

  @Test
  void aLongQueueGivesTheThreadBackAfterABatch() {
    EventSource source = source(1000, OverflowPolicy.DROP_OLDEST);
    for (int i = 0; i < 300; i++) {
      offer(source, "e" + i);
    }

    recorder.tasks.poll().run();

    assertEquals(256, recorder.delivered.size());
    assertEquals(1, recorder.tasks.size(), "the rest waits for its turn");
    recorder.runAll();
    assertEquals(300, recorder.delivered.size());
  }

  @Test
  void theOldestIsDroppedAndToldOfOnceAndAgainWithTheTotal() {
    EventSource source = source(2, OverflowPolicy.DROP_OLDEST);

    offer(source, "a", "b", "c", "d");
    recorder.runAll();

    assertEquals(List.of("overflowed", "again", "c", "d", "recovered after 2"), recorder.delivered);
  }

  @Test
  void theNewestIsDroppedAndToldOfOnceAndAgainWithTheTotal() {
    EventSource source = source(2, OverflowPolicy.DROP_NEWEST);

    offer(source, "a", "b", "c", "d", "e");
    recorder.runAll();

    assertEquals(
        List.of("overflowed", "again", "again", "a", "b", "recovered after 3"), recorder.delivered);
  }

  @Test
  void withThePolicyDisconnectWhatDoesNotFitIsRefusedSoThatItCanComeAgain() {
    EventSource source = source(2, OverflowPolicy.DISCONNECT);

    assertTrue(source.offer(Events.named("a")));
    assertTrue(source.offer(Events.named("b")));
    assertFalse(source.offer(Events.named("c")));
    assertFalse(source.offer(Events.named("d")));
    recorder.runAll();

    assertEquals(List.of("overflowed", "again", "a", "b", "recovered after 2"), recorder.delivered);
    recorder.delivered.clear();
    assertTrue(source.offer(Events.named("e")));
    recorder.runAll();
    assertEquals(List.of("e"), recorder.delivered);
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP_OLDEST", "DROP_NEWEST"})
  void theOtherPoliciesTakeEverythingAsFarAsTheSenderIsConcerned(OverflowPolicy policy) {
    EventSource source = source(1, policy);
    for (int i = 0; i < 5; i++) {
      assertTrue(source.offer(Events.named("e" + i)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForcedEventAlwaysFits(OverflowPolicy policy) {
    EventSource source = source(1, policy);

    offer(source, "a");
    source.force(Events.named("forced"));
    recorder.runAll();

    assertEquals(List.of("a", "forced"), recorder.delivered);
  }

  @ParameterizedTest
  @EnumSource
  void aForcedEventIsNeverDroppedAndHoldsItsPlace(OverflowPolicy policy) {
    EventSource source = source(2, policy);

    source.force(Events.named("opened"));
    offer(source, "a");
    source.force(Events.named("changed"));
    offer(source, "b", "c");
    recorder.runAll();

    List<String> delivered = new ArrayList<>(recorder.delivered);
    delivered.removeAll(List.of("overflowed", "again"));
    assertEquals(
        policy == OverflowPolicy.DROP_OLDEST
            ? List.of("opened", "changed", "c", "recovered after 2")
            : List.of("opened", "a", "changed", "recovered after 2"),
        delivered);
  }

  @Test
  void ifOnlyForcedEventsWaitTheNewestIsDroppedAndCounted() {
    EventSource source = source(2, OverflowPolicy.DROP_OLDEST);

    source.force(Events.named("opened"));
    source.force(Events.named("changed"));
    assertTrue(source.offer(Events.named("a")));
    recorder.runAll();
    assertEquals(
        List.of("overflowed", "opened", "changed", "recovered after 1"), recorder.delivered);

    recorder.delivered.clear();
    offer(source, "b", "c", "d");
    recorder.runAll();
    assertEquals(List.of("overflowed", "c", "d", "recovered after 1"), recorder.delivered);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskRunsAfterWhatWasQueuedBeforeItAndIsNeverDropped(OverflowPolicy policy) {
    EventSource source = source(1, policy);

    source.then(() -> recorder.delivered.add("first task"));
    offer(source, "dropped or kept");
    source.then(() -> recorder.delivered.add("second task"));
    offer(source, "late", "later");
    recorder.runAll();

    assertTrue(
        recorder.delivered.indexOf("first task") < recorder.delivered.indexOf("second task"));
  }

  @Test
  void theSendersOfEventsMayBeManyAndEachSendersOrderIsKept() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    int senders = 4;
    int each = 5000;
    CountDownLatch last = new CountDownLatch(senders * each);
    Recorder counting =
        new Recorder() {
          @Override
          public void deliver(EventSource source, RespokeEvent event) {
            super.deliver(source, event);
            last.countDown();
          }
        };
    EventSource source =
        new EventSource(
            "client", null, executor, counting, senders * each, OverflowPolicy.DROP_OLDEST);
    try {
      for (int s = 0; s < senders; s++) {
        String sender = s + ":";
        new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    offer(source, sender + i);
                  }
                })
            .start();
      }
      assertTrue(last.await(60, TimeUnit.SECONDS));
    } finally {
      executor.shutdown();
    }
    for (int s = 0; s < senders; s++) {
      String sender = s + ":";
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        expected.add(sender + i);
      }
      assertEquals(
          expected, counting.delivered.stream().filter(n -> n.startsWith(sender)).toList());
    }
  }
}
