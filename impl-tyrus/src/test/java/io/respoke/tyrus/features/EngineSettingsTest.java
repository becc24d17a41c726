package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ClientSnapshot;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.MessageOptions;
import io.respoke.OverflowException;
import io.respoke.OverflowPolicy;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.event.Disconnected;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageReceived;
import io.respoke.event.Reconnected;
import io.respoke.event.SlowConsumer;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import io.respoke.spi.TokenProviderFactory;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import io.respoke.tyrus.TyrusTransportProvider;
import io.respoke.tyrus.features.Stage.Seen;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("E4 to E7 threads, plug-ins, limits and looking inside")
class EngineSettingsTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private TokenProvider mintingOn(Seen<Thread> threads) {
    return request -> {
      threads.add(Thread.currentThread());
      return CompletableFuture.supplyAsync(() -> Token.of(stage.mint("joe")), Runnable::run);
    };
  }

  // --- where code runs

  @Test
  void theApplicationsExecutorRunsItsCodeAndIsNotShutDown() {
    ExecutorService executor =
        Executors.newFixedThreadPool(2, task -> new Thread(task, "application"));
    try {
      Seen<Thread> providers = new Seen<>();
      Seen<Thread> listeners = new Seen<>();
      Client joe =
          stage.client(
              stage
                  .options("joe")
                  .tokenProvider(mintingOn(providers))
                  .callbackExecutor(executor)
                  .onMessage(e -> listeners.add(Thread.currentThread())));
      get(joe.connect());
      get(stage.connected(stage.brokered("kirk")).sendMessage("joe", "hello"));

      assertEquals("application", providers.next().getName());
      assertEquals("application", listeners.next().getName());
      joe.close();
      assertFalse(executor.isShutdown());
    } finally {
      executor.shutdown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void virtualThreadsAreUsedWhereTheJvmHasThemAndElseNothingChanges() throws Exception {
    Seen<Thread> listeners = new Seen<>();
    stage.connected(
        stage
            .brokered("joe")
            .virtualThreads(true)
            .onMessage(e -> listeners.add(Thread.currentThread())));
    get(stage.connected(stage.brokered("kirk")).sendMessage("joe", "hello"));

    Thread thread = listeners.next();
    boolean virtual =
        Runtime.version().feature() >= 21
            && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    assertEquals(Runtime.version().feature() >= 21, virtual);
    assertTrue(thread.isDaemon());
  }

  @Test
  void callbacksSeeTheClassLoaderOfTheOptionsElseTheOneOfTheCreation() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader given = new URLClassLoader(new URL[0], before);
        URLClassLoader current = new URLClassLoader(new URL[0], before)) {
      for (boolean explicit : new boolean[] {true, false}) {
        Seen<ClassLoader> seen = new Seen<>();
        String id = explicit ? "explicit" : "creation";
        ClientOptions.Builder options =
            stage
                .options(id)
                .tokenProvider(
                    request -> {
                      seen.add(Thread.currentThread().getContextClassLoader());
                      return CompletableFuture.completedFuture(Token.of(stage.mint(id)));
                    })
                .onConnect(e -> seen.add(Thread.currentThread().getContextClassLoader()));
        if (explicit) {
          options.classLoader(given);
        }
        thread.setContextClassLoader(current);
        Client client = stage.client(options);
        thread.setContextClassLoader(before);

        get(client.connect());

        assertSame(explicit ? given : current, seen.next(), "in the token provider");
        assertSame(explicit ? given : current, seen.next(), "in a listener");
        client.close();
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  // --- plug-ins

  /** Tyrus under another name, which counts. */
  private static final class Counting implements TransportProvider {
    private final TransportProvider tyrus = new TyrusTransportProvider();
    final AtomicInteger opened = new AtomicInteger();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Transport open(TransportRequest request, TransportListener listener) {
      opened.incrementAndGet();
      return tyrus.open(request, listener);
    }

    @Override
    public boolean connectBlocks() {
      return tyrus.connectBlocks();
    }
  }

  @Test
  void anInstanceThatIsGivenWinsOverWhatIsFoundAndANameOverBoth() {
    Counting counting = new Counting();
    stage.connected(stage.brokered("a").plugin(counting));
    assertEquals(1, counting.opened.get());
    stage.connected(stage.brokered("b").plugin(counting).transport("tyrus"));
    assertEquals(1, counting.opened.get());
    stage.connected(stage.brokered("c").plugin(counting).transport("COUNTING"));
    assertEquals(2, counting.opened.get());

    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> stage.client(stage.brokered("d").transport("carrier-pigeon")));
    assertTrue(error.getMessage().contains("tyrus"), error.getMessage());
  }

  @Test
  void aTokenProviderIsMadeByNameWithItsSettings() {
    TokenProviderFactory vault =
        new TokenProviderFactory() {
          @Override
          public String name() {
            return "vault";
          }

          @Override
          public TokenProvider create(Map<String, String> settings) {
            return request ->
                CompletableFuture.completedFuture(Token.of(stage.mint(settings.get("who"))));
          }
        };
    Client client =
        stage.connected(
            stage.options("ignored").plugin(vault).tokenProvider("vault", Map.of("who", "joe")));
    assertEquals("joe", client.endpointId().orElseThrow());
  }

  /** Notes what it is told. */
  private static final class Notes implements TelemetryProvider, Telemetry {
    final Seen<String> told = new Seen<>();

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public Telemetry telemetry(ClientOptions options) {
      return this;
    }

    @Override
    public void stateChanged(ConnectionState oldState, ConnectionState newState) {
      told.add("" + newState);
    }

    @Override
    public void requestEnded(String method, String route, Outcome outcome, Duration latency) {
      told.add(method + " " + route + " " + outcome);
    }

    @Override
    public void messageReceived(boolean inGroup) {
      told.add("message");
    }

    @Override
    public void reconnected(Duration downtime, int attempts) {
      told.add("reconnected after " + attempts);
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  @Test
  void telemetryIsToldTheStoryOfAClient() {
    Notes notes = new Notes();
    Client joe = stage.connected(stage.brokered("joe").plugin(notes));
    Client kirk = stage.connected(stage.brokered("kirk"));
    Seen<MessageReceived> messages = seen(joe, MessageReceived.class);
    Seen<Reconnected> returns = seen(joe, Reconnected.class);
    get(joe.group("bridge").members().handle((members, refusal) -> null));
    get(kirk.sendMessage("joe", "hello"));
    messages.next();
    stage.service.hooks().dropConnections("joe");
    returns.next();
    joe.close();

    for (String expected :
        List.of(
            "CONNECTING",
            "CONNECTED",
            "get /v1/channels/{id}/subscribers SUCCESS",
            "message",
            "RECONNECTING",
            "CONNECTING",
            "CONNECTED",
            "reconnected after 1",
            "DISCONNECTING",
            "CLOSED",
            "closed")) {
      assertEquals(expected, notes.told.next());
    }
  }

  // --- limits

  @Test
  void tooManyRequestsUnderWayAreRefusedUnsent() {
    Client joe = stage.connected(stage.brokered("joe").outboundLimit(3));
    stage.service.hooks().stall("joe");
    for (int i = 0; i < 3; i++) {
      joe.sendMessage("kirk", "waits");
    }
    assertEquals(3, joe.inspect().pendingRequests());
    assertEquals(
        3,
        assertInstanceOf(OverflowException.class, failure(joe.sendMessage("kirk", "too many")))
            .limit());
    stage.service.hooks().resume("joe");
    get(joe.drain(Duration.ofSeconds(10)));
    get(joe.sendMessage("kirk", "fits again"));
  }

  @Test
  void aListenerThatIsTooSlowLosesTheOldestEventsAndIsToldSo() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    Seen<String> texts = new Seen<>();
    Seen<SlowConsumer> told = new Seen<>();
    Client joe =
        stage.connected(
            stage
                .brokered("joe")
                .inboundLimit(5)
                .overflowPolicy(OverflowPolicy.DROP_OLDEST)
                .on(SlowConsumer.class, told::add)
                .onMessage(
                    e -> {
                      blocked.countDown();
                      awaitQuietly(release);
                      texts.add(e.message().text());
                    }));
    Client kirk = stage.connected(stage.brokered("kirk"));
    get(kirk.sendMessage("joe", "m0"));
    awaitQuietly(blocked);
    for (int i = 1; i <= 8; i++) {
      get(kirk.sendMessage("joe", "m" + i));
    }
    // The answer to joe comes after everything that was sent to him before.
    get(joe.request("get", "/v1/turn", null));
    assertEquals("endpoint:kirk", told.next().source());
    release.countDown();

    for (String expected : List.of("m0", "m4", "m5", "m6", "m7", "m8")) {
      assertEquals(expected, texts.next());
    }
    assertEquals(3, told.next().dropped());
    assertEquals(3, joe.inspect().droppedEvents());
  }

  @Test
  void withThePolicyDisconnectATooSlowListenerLosesNothingThatWasPersisted() {
    CountDownLatch release = new CountDownLatch(1);
    Seen<String> texts = new Seen<>();
    Client joe =
        stage.connected(
            stage.brokered("joe").inboundLimit(5).overflowPolicy(OverflowPolicy.DISCONNECT));
    joe.group("bridge")
        .listen(
            GroupMessageReceived.class,
            e -> {
              awaitQuietly(release);
              texts.add(e.message().text());
            });
    Seen<Disconnected> ends = seen(joe, Disconnected.class);
    Client kirk = stage.connected(stage.brokered("kirk"));
    get(joe.join("bridge"));
    get(kirk.join("bridge"));
    for (int i = 0; i < 12; i++) {
      get(kirk.group("bridge").sendMessage("m" + i, MessageOptions.defaults().withPersist(true)));
    }
    assertEquals(DisconnectReason.SLOW_CONSUMER, ends.next().reason());
    release.countDown();

    for (int i = 0; i < 12; i++) {
      assertEquals("m" + i, texts.next());
    }
  }

  @Test
  void aMessageThatIsTooLargeToTakeDropsTheConnection() {
    Client joe = stage.connected(stage.brokered("joe").maxMessageSize(2000));
    Seen<Disconnected> ends = seen(joe, Disconnected.class);
    Client kirk = stage.connected(stage.brokered("kirk"));

    get(kirk.sendMessage("joe", "x".repeat(5000)));

    assertEquals(DisconnectReason.PROTOCOL_ERROR, ends.next().reason());
  }

  // --- looking inside

  @Test
  void aSlowSubscriberTakesAtItsOwnPaceAndOthersAreNotHeldUp() {
    Client joe = stage.connected(stage.brokered("joe").inboundLimit(4));
    Client kirk = stage.connected(stage.brokered("kirk"));
    Seen<String> slow = new Seen<>();
    Seen<String> fast = new Seen<>();
    Seen<Flow.Subscription> subscriptions = new Seen<>();
    CountDownLatch completed = new CountDownLatch(2);
    joe.events(MessageReceived.class).subscribe(subscriber(slow, subscriptions, completed, 1));
    Flow.Subscription paused = subscriptions.next();
    joe.events(MessageReceived.class)
        .subscribe(subscriber(fast, subscriptions, completed, Long.MAX_VALUE));
    subscriptions.next();

    for (int i = 0; i < 4; i++) {
      get(kirk.sendMessage("joe", "m" + i));
      assertEquals("m" + i, fast.next());
    }
    assertEquals("m0", slow.next());
    assertEquals(0, slow.left(), "one was asked for");
    paused.request(2);
    assertEquals("m1", slow.next());
    assertEquals("m2", slow.next());
    paused.request(1);
    assertEquals("m3", slow.next());

    joe.close();
    awaitQuietly(completed);
  }

  private static Flow.Subscriber<MessageReceived> subscriber(
      Seen<String> texts,
      Seen<Flow.Subscription> subscriptions,
      CountDownLatch completed,
      long first) {
    return new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(first);
        subscriptions.add(subscription);
      }

      @Override
      public void onNext(MessageReceived event) {
        texts.add(event.message().text());
      }

      @Override
      public void onError(Throwable failure) {
        texts.add("failed: " + failure);
      }

      @Override
      public void onComplete() {
        completed.countDown();
      }
    };
  }

  @Test
  void aSnapshotShowsStateSizesAndTheLatestError() {
    Instant before = Instant.now();
    Client joe = stage.client(stage.brokered("joe"));
    assertEquals(ConnectionState.DISCONNECTED, joe.inspect().state());
    get(joe.connect());
    get(joe.join(List.of("bridge", "mess")));
    get(joe.observePresence(List.of("kirk")));
    Seen<Reconnected> returns = seen(joe, Reconnected.class);
    stage.service.hooks().dropConnections("joe");
    returns.next();

    ClientSnapshot snapshot = joe.inspect();

    assertEquals(ConnectionState.CONNECTED, snapshot.state());
    assertFalse(snapshot.since().isBefore(before));
    assertEquals("joe", snapshot.endpointId().orElseThrow());
    assertEquals(joe.connectionId(), snapshot.connectionId());
    assertEquals(0, snapshot.pendingRequests());
    assertEquals(0, snapshot.droppedEvents());
    assertEquals(1, snapshot.reconnects());
    assertEquals(List.of("bridge", "mess"), snapshot.groups());
    assertEquals(List.of("kirk"), snapshot.observed());
    assertTrue(snapshot.lastError().isPresent(), "why the connection was lost");
  }

  @Test
  void drainEndsWhenEverythingUnderWayHas() {
    Client joe = stage.connected(stage.brokered("joe"));
    Client kirk = stage.connected(stage.brokered("kirk"));
    AtomicInteger heard = new AtomicInteger();
    joe.listen(MessageReceived.class, e -> heard.incrementAndGet());
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      kirk.sendMessage("joe", "m" + i).thenRun(sent::incrementAndGet);
    }

    get(kirk.drain(Duration.ofSeconds(20)));
    assertEquals(0, kirk.inspect().pendingRequests());
    get(joe.request("get", "/v1/turn", null)); // all messages have come before its answer
    get(joe.drain(Duration.ofSeconds(20)));

    assertEquals(200, heard.get());
    assertEquals(200, sent.get());
  }
}
