package io.respoke.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.event.ErrorOccurred;
import io.respoke.event.MessageEvent;
import io.respoke.event.MessageReceived;
import io.respoke.event.RespokeEvent;
import io.respoke.event.UnknownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Listeners listeners = new Listeners();
  private final List<String> called = new ArrayList<>();

  private void fire(RespokeEvent event) {
    listeners.of(event.getClass()).forEach(registration -> registration.call(event));
  }

  private static MessageReceived message() {
    return Events.message();
  }

  @Test
  void listenersAreCalledInTheOrderTheyCameAndForSubtypesToo() {
    listeners.add(RespokeEvent.class, e -> called.add("every"), false);
    listeners.add(MessageReceived.class, e -> called.add("private"), false);
    listeners.add(MessageEvent.class, e -> called.add("any message"), false);
    listeners.add(UnknownEvent.class, e -> called.add("unknown"), false);

    fire(message());

    assertEquals(List.of("every", "private", "any message"), called);
  }

  @Test
  void theSameListenerAddedTwiceIsCalledTwiceAndRemovedOnceAtATime() {
    Consumer<MessageEvent> listener = e -> called.add("x");
    Listeners.Registration<?> first = listeners.add(MessageEvent.class, listener, false);
    listeners.add(MessageEvent.class, listener, false);
    fire(message());
    assertEquals(2, called.size());

    first.close();
    first.close();
    fire(message());
    assertEquals(3, called.size());
  }

  @Test
  void nothingIsCalledAfterItsRegistrationIsClosedEvenIfTheEventWasUnderWay() {
    Listeners.Registration<?> second =
        listeners.add(MessageEvent.class, e -> called.add("second"), false);
    List<Listeners.Registration<?>> underWay = listeners.of(MessageReceived.class);

    second.close();
    underWay.forEach(registration -> registration.call(message()));

    assertEquals(List.of(), called);
  }

  @Test
  void aListenerThatIsAddedByAListenerGetsTheNextEvent() {
    listeners.add(
        MessageEvent.class,
        e -> listeners.add(MessageEvent.class, inner -> called.add("inner"), false),
        true);

    fire(message());
    assertEquals(List.of(), called);
    fire(message());
    assertEquals(List.of("inner"), called);
  }

  @Test
  void aListenerForOneEventIsCalledOnceByAnyNumberOfThreads() throws Exception {
    for (int round = 0; round < 200; round++) {
      AtomicInteger calls = new AtomicInteger();
      listeners.add(MessageEvent.class, e -> calls.incrementAndGet(), true);
      CyclicBarrier start = new CyclicBarrier(4);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    start.await(10, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  fire(message());
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(1, calls.get());
      assertEquals(List.of(), listeners.of(MessageReceived.class), "it is gone");
    }
  }

  @Test
  void aListenerForOneEventMayBeClosedBeforeItComes() {
    listeners.add(MessageEvent.class, e -> called.add("x"), true).close();

    fire(message());

    assertEquals(List.of(), called);
  }

  @Test
  void whoTakesATypeIsKnownWithoutAnEvent() {
    assertEquals(0, listeners.of(ErrorOccurred.class).size());
    Listeners.Registration<?> all = listeners.add(RespokeEvent.class, e -> {}, false);
    assertEquals(1, listeners.of(ErrorOccurred.class).size());
    all.close();
    assertEquals(0, listeners.of(ErrorOccurred.class).size());
  }
}
