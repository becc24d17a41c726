package io.respoke.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifications on their way out, and what becomes of them when the service stops. */
class PushesTest {
  private static final PushDesk.Note NOTE =
      new PushDesk.Note(
          new PushTokens.Device("id", "bob", "apple", "device-token"), "hi", false, null, "", "");

  private final Logger logger = Logger.getLogger(Pushes.class.getName());
  private final Lines lines = new Lines();
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  private static final class Lines extends Handler {
    private final List<String> logged = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      logged.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(lines);
  }

  @AfterEach
  void close() throws Exception {
    logger.removeHandler(lines);
    Object unused = ended(vertx.close());
  }

  private static <T> T ended(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private <T> T onLoop(Supplier<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.runOnContext(
        on -> {
          try {
            result.complete(task.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(30, TimeUnit.SECONDS);
  }

  private Pushes pushes(PushOutlet outlet, int count) throws Exception {
    return onLoop(
        () -> {
          Pushes pushes = new Pushes(vertx, outlet);
          for (int i = 0; i < count; i++) {
            pushes.send("app", NOTE);
          }
          return pushes;
        });
  }

  @Test
  void thoseThatWaitLeaveBeforeTheEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    Pushes pushes =
        pushes(
            (appId, note) -> {
              go.await();
              int unused = sent.incrementAndGet();
            },
            20);
    Future<Void> stopped = onLoop(pushes::stop);
    assertFalse(stopped.isComplete());
    go.countDown();
    Object unused = ended(stopped);
    assertEquals(20, sent.get());
    assertEquals(0, onLoop(pushes::dropped));
    assertEquals(List.of(), lines.logged);
  }

  @Test
  void thoseThatTakeTooLongAreLostAloud() throws Exception {
    Pushes pushes = pushes((appId, note) -> new CountDownLatch(1).await(), 20);
    Object unused = ended(onLoop(pushes::stop));
    assertEquals(20, onLoop(pushes::dropped));
    assertEquals(0, onLoop(pushes::waiting));
    assertEquals(
        List.of("the service stops: 20 push notifications were not sent in time, and are lost"),
        lines.logged);
  }

  @Test
  void oneThatComesAfterTheEndIsDropped() throws Exception {
    Pushes pushes = pushes((appId, note) -> {}, 0);
    Object unused = ended(onLoop(pushes::stop));
    int waiting =
        onLoop(
            () -> {
              pushes.send("app", NOTE);
              return pushes.waiting();
            });
    assertEquals(0, waiting);
    assertEquals(1, onLoop(pushes::dropped));
    assertTrue(
        lines.logged.get(0).contains("after the service was stopped"), lines.logged::toString);
  }

  @Test
  void onlyTheMessagesThatArePromisedToBeCleanAreLogged() throws Exception {
    Pushes failing =
        pushes(
            (appId, note) -> {
              throw new IllegalArgumentException("Bearer s3cret");
            },
            1);
    Object unused = ended(onLoop(failing::stop));
    Pushes refused =
        pushes(
            (appId, note) -> {
              throw new IOException("it answered with 503");
            },
            1);
    unused = ended(onLoop(refused::stop));
    String about = "a push notification of app app for device id was not sent: ";
    assertEquals(
        List.of(about + "java.lang.IllegalArgumentException", about + "it answered with 503"),
        lines.logged);
  }
}
