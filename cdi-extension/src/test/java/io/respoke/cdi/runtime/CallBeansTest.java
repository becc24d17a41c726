package io.respoke.cdi.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CallBeansTest {
  private static final CreationalContext<Object> CREATIONAL =
      new CreationalContext<>() {
        @Override
        public void push(Object incomplete) {}

        @Override
        public void release() {}
      };

  private final List<Object> destroyed = Collections.synchronizedList(new ArrayList<>());
  private final CallBeans beans = new CallBeans();

  private Contextual<Object> bean(Supplier<Object> make) {
    return new Contextual<>() {
      @Override
      public Object create(CreationalContext<Object> creational) {
        return make.get();
      }

      @Override
      public void destroy(Object instance, CreationalContext<Object> creational) {
        destroyed.add(instance);
      }
    };
  }

  @Test
  void aBeanIsMadeOnceAndDestroyedOnceTheLastOneFirst() {
    Contextual<Object> one = bean(() -> "one");
    Contextual<Object> two = bean(() -> "two");
    assertNull(beans.get(one));
    Object made = beans.get(one, CREATIONAL);
    assertSame(made, beans.get(one, CREATIONAL));
    assertSame(made, beans.get(one));
    beans.get(two, CREATIONAL);
    beans.end();
    beans.end();
    assertEquals(List.of("two", "one"), destroyed);
    assertFalse(beans.isActive());
    assertThrows(ContextNotActiveException.class, () -> beans.get(one, CREATIONAL));
  }

  @Test
  void oneThreadMakesItWhileOthersWaitAndTheEndWaitsForNobody() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Contextual<Object> slow =
        bean(
            () -> {
              begun.countDown();
              await(goOn);
              return new Object();
            });
    CompletableFuture<Object> maker = inAThread(() -> beans.get(slow, CREATIONAL));
    await(begun);
    assertNull(beans.get(slow));
    CompletableFuture<Object> other = inAThread(() -> beans.get(slow, CREATIONAL));
    goOn.countDown();
    assertSame(maker.get(20, TimeUnit.SECONDS), other.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aBeanThatIsMadeWhileTheCallEndsIsDestroyedToo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Contextual<Object> slow =
        bean(
            () -> {
              begun.countDown();
              await(goOn);
              return "late";
            });
    CompletableFuture<Object> maker = inAThread(() -> beans.get(slow, CREATIONAL));
    await(begun);
    beans.end();
    assertTrue(destroyed.isEmpty());
    goOn.countDown();
    assertEquals("late", maker.get(20, TimeUnit.SECONDS));
    assertEquals(List.of("late"), destroyed);
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgain() {
    List<String> tries = new ArrayList<>(List.of("fails"));
    Contextual<Object> bean =
        bean(
            () -> {
              if (!tries.isEmpty()) {
                throw new IllegalArgumentException(tries.remove(0));
              }
              return "made";
            });
    assertThrows(IllegalArgumentException.class, () -> beans.get(bean, CREATIONAL));
    assertNull(beans.get(bean));
    assertEquals("made", beans.get(bean, CREATIONAL));
    beans.end();
    assertEquals(List.of("made"), destroyed);
  }

  @Test
  void aBeanThatNeedsItselfIsAnErrorAndNotAWait() {
    List<Contextual<Object>> self = new ArrayList<>();
    self.add(bean(() -> beans.get(self.get(0), CREATIONAL)));
    assertThrows(IllegalStateException.class, () -> beans.get(self.get(0), CREATIONAL));
  }

  @Test
  void oneBeanCanBeDestroyedByItself() {
    Contextual<Object> one = bean(Object::new);
    Object first = beans.get(one, CREATIONAL);
    beans.destroy(one);
    assertEquals(List.of(first), destroyed);
    assertNull(beans.get(one));
  }

  private static CompletableFuture<Object> inAThread(Supplier<Object> task) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> result.completeAsync(task, Runnable::run));
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
