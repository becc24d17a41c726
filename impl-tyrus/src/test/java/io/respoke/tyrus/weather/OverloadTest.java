package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.OverflowPolicy;
import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.event.MessageReceived;
import io.respoke.event.SlowConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More than fits: requests, events, connects, callbacks. */
@Tag("slow")
class OverloadTest {
  private static final int LIMIT = 5;
  private static final int SENT = 12;

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  private static String message(int number) {
    return "5:::{\"name\":\"message\",\"args\":[{\"header\":{\"type\":\"message\",\"from\":\"eve\","
        + "\"fromConnection\":\"c\"},\"message\":\"m"
        + number
        + "\"}]}";
  }

  @Test
  void a_thousand_sends_without_a_connection_end_once_each_and_at_once() {
    after.closing(server);
    Guest joe = after.guest(Options.of(server));
    AtomicInteger ends = new AtomicInteger();
    List<CompletionStage<?>> sends = new ArrayList<>();

    for (int i = 0; i < 1000; i++) {
      sends.add(
          joe.client.sendMessage("eve", "m" + i).whenComplete((x, y) -> ends.incrementAndGet()));
    }

    for (CompletionStage<?> send : sends) {
      assertFalse(Await.failure(ConnectionLostException.class, send).sent());
    }
    assertEquals(1000, ends.get());
    assertEquals(0, joe.client.inspect().pendingRequests());
    assertTrue(server.log().isEmpty());
    Await.value(joe.client.connect());
    assertFalse(
        server.log().contains("ws post /v1/messages"), "what has failed is not sent afterwards");
  }

  // --- slow listeners

  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final List<String> taken = new CopyOnWriteArrayList<>();

  /** A client whose listener is stuck with the first of many messages. */
  private Guest flooded(OverflowPolicy policy) {
    after.closing(server);
    Guest joe =
        after
            .guest(
                Options.of(server)
                    .inboundLimit(LIMIT)
                    .overflowPolicy(policy)
                    .onMessage(
                        event -> {
                          blocked.countDown();
                          Await.latch(release);
                          taken.add(event.message().text());
                        }))
            .losingEvents();
    joe.ignoring(MessageReceived.class);
    Await.value(joe.client.connect());
    LyingSocket socket = server.next();
    socket.send(message(0));
    Await.latch(blocked);
    for (int i = 1; i < SENT; i++) {
      socket.send(message(i));
    }
    return joe;
  }

  private void took(Guest joe, IntStream numbers) {
    List<String> expected = numbers.mapToObj(i -> "m" + i).toList();
    Await.until(() -> taken.equals(expected), () -> "taken were " + taken);
    SlowConsumer over = joe.next(SlowConsumer.class);
    assertEquals("endpoint:eve", over.source());
    assertEquals(SENT - expected.size(), over.dropped());
    assertEquals(SENT - expected.size(), joe.client.inspect().droppedEvents());
  }

  @Test
  void drop_oldest_keeps_the_newest_and_tells_how_many_were_lost() {
    Guest joe = flooded(OverflowPolicy.DROP_OLDEST);
    assertEquals(1, joe.next(SlowConsumer.class).dropped());
    Await.value(joe.client.request("get", "/v1/after-all-of-them", null));

    release.countDown();

    took(joe, IntStream.concat(IntStream.of(0), IntStream.range(SENT - LIMIT, SENT)));
    assertTrue(joe.client.isConnected());
  }

  @Test
  void drop_newest_keeps_the_oldest_and_tells_how_many_were_lost() {
    Guest joe = flooded(OverflowPolicy.DROP_NEWEST);
    assertEquals(1, joe.next(SlowConsumer.class).dropped());
    Await.value(joe.client.request("get", "/v1/after-all-of-them", null));

    release.countDown();

    took(joe, IntStream.rangeClosed(0, LIMIT));
    assertTrue(joe.client.isConnected());
  }

  @Test
  void disconnect_drops_the_connection_and_delivers_what_had_been_taken() {
    Guest joe = flooded(OverflowPolicy.DISCONNECT);
    assertEquals(1, joe.next(SlowConsumer.class).dropped());

    Disconnected lost = joe.next(Disconnected.class);
    release.countDown();

    assertEquals(DisconnectReason.SLOW_CONSUMER, lost.reason());
    List<String> expected = IntStream.rangeClosed(0, LIMIT).mapToObj(i -> "m" + i).toList();
    Await.until(() -> taken.equals(expected), () -> "taken were " + taken);
    assertTrue(joe.next(SlowConsumer.class).dropped() >= 1);
    assertEquals(ConnectionState.DISCONNECTED, joe.client.state());
  }

  // --- connects and callbacks

  @Test
  void two_hundred_connects_into_the_void_do_not_hold_up_a_healthy_client() {
    BlackHole hole = after.closing(BlackHole.open());
    after.closing(server);
    List<CompletionStage<?>> lost = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lost.add(
          after
              .client(
                  Options.of(server)
                      .baseUrl(hole.baseUrl())
                      .connectTimeout(Duration.ofHours(1))
                      .closeTimeout(Options.SHORT))
              .connect());
    }
    Guest healthy = after.guest(Options.of(server));

    Await.value(healthy.client.connect());
    Await.value(healthy.client.request("get", "/v1/anything", null));

    assertTrue(lost.stream().noneMatch(stage -> stage.toCompletableFuture().isDone()));
    int threads = Aftermath.threads("respoke-").size();
    assertTrue(threads < 150, () -> threads + " threads");
  }

  @Test
  void what_an_executor_rejects_runs_elsewhere_and_nothing_is_lost() {
    after.closing(server);
    AtomicInteger rejected = new AtomicInteger();
    Executor rejecting =
        task -> {
          rejected.incrementAndGet();
          throw new RejectedExecutionException("full");
        };
    ClientOptions.Builder options = Options.of(server).callbackExecutor(rejecting);
    Guest joe = after.guest(options);

    Await.value(joe.client.connect());
    server.next().send(message(1));

    assertEquals("m1", joe.next(MessageReceived.class).message().text());
    joe.next(Connected.class);
    assertTrue(rejected.get() > 0);
    Throwable unused =
        Await.failure(
            ConnectFailedException.class,
            after
                .client(
                    Options.of(server).baseUrl("http://127.0.0.1:1").callbackExecutor(rejecting))
                .connect());
  }
}
