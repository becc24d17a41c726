package io.respoke.cdi.suite.se;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Respoke;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.RespokeClient;
import io.respoke.cdi.suite.People;
import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When clients come and go with the application. */
public abstract class LifecycleSuite {
  private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

  private final RespokeService service =
      RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build());

  /** Adjusts the container before it is started. */
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return initializer;
  }

  /** Observes and injects nothing. */
  @ApplicationScoped
  public static class Observing {
    void connected(@Observes Connected event) {
      SEEN.add("connected as " + event.endpointId());
    }

    void disconnected(@Observes Disconnected event) {
      SEEN.add("disconnected");
    }
  }

  /** Injects. */
  @ApplicationScoped
  public static class Injecting {
    @Inject Client client;

    Client client() {
      return client;
    }
  }

  /** Gives every client a name. */
  @ApplicationScoped
  public static class Naming implements ClientCustomizer {
    @Override
    public void customize(String client, ClientOptions.Builder options) {
      options.instanceId("made for " + client).presence("available");
    }
  }

  /** Mints, and is asked for by nobody. */
  @ApplicationScoped
  public static class Minting implements TokenProvider {
    @Override
    public CompletionStage<Token> token(TokenRequest request) {
      SEEN.add("asked for a token for " + request.appId().orElse("nothing"));
      return CompletableFuture.failedFuture(
          new io.respoke.AuthenticationException("nobody may come in"));
    }
  }

  /** Counts what callbacks cost, and the messages that came. */
  @ApplicationScoped
  public static class Counting {
    static final AtomicInteger CALLBACKS = new AtomicInteger();
    static final AtomicInteger MESSAGES = new AtomicInteger();

    private static final ExecutorService POOL = Executors.newCachedThreadPool(Counting::daemon);

    private static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "counting");
      thread.setDaemon(true);
      return thread;
    }

    /** Where callbacks of the default client run. */
    @Produces
    @RespokeClient
    @ApplicationScoped
    Executor executor() {
      return task -> {
        CALLBACKS.incrementAndGet();
        POOL.execute(task);
      };
    }
  }

  /** A plug-in that is a bean. */
  @ApplicationScoped
  public static class CountingMessages implements TelemetryProvider {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Telemetry telemetry(ClientOptions options) {
      return new Telemetry() {
        @Override
        public void messageReceived(boolean inGroup) {
          Counting.MESSAGES.incrementAndGet();
        }
      };
    }
  }

  @BeforeEach
  void nothingWasSeen() {
    Counting.CALLBACKS.set(0);
    Counting.MESSAGES.set(0);
    SEEN.clear();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static String next() throws InterruptedException {
    String next = SEEN.poll(20, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  private Map<String, String> properties(String... more) {
    Map<String, String> properties = new TreeMap<>(People.properties(service, "", "probe"));
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  @Test
  void aClientThatIsOnlyObservedConnectsAtStartUpAndEndsWithTheApplication() throws Exception {
    SeApplication application = SeApplication.start(this::host, properties(), Observing.class);
    try {
      assertEquals("connected as probe", next());
    } finally {
      application.close();
    }
    assertEquals("disconnected", next());
    assertEquals(0, service.snapshot().connections());
  }

  @Test
  void withoutInjectionAndObserversThereIsNoClient() {
    SeApplication.start(this::host, Map.of(), Naming.class).close();
    assertTrue(Respoke.client("made for ").isEmpty());
  }

  @Test
  void aCustomizerHasTheLastWord() {
    try (SeApplication application =
        SeApplication.start(
            this::host,
            properties("respoke.presence", "away", "respoke.connect", "manual"),
            Injecting.class,
            Naming.class)) {
      ClientOptions options = application.get(Injecting.class).client().options();
      assertEquals("available", options.presence().orElseThrow());
      assertEquals("made for ", options.instanceId().orElseThrow());
      assertTrue(Respoke.client("made for ").isPresent());
    }
    assertTrue(Respoke.client("made for ").isEmpty());
  }

  @Test
  void aLazyClientConnectsWhenItIsUsed() throws Exception {
    try (SeApplication application =
        SeApplication.start(
            this::host, properties("respoke.connect", "lazy"), Injecting.class, Observing.class)) {
      assertEquals(0, service.snapshot().connections());
      assertTrue(application.get(Injecting.class).client().isConnected());
      assertEquals("connected as probe", next());
    }
  }

  @Test
  void aManualClientConnectsWhenItIsToldTo() {
    try (SeApplication application =
        SeApplication.start(this::host, properties("respoke.connect", "manual"), Injecting.class)) {
      Client client = application.get(Injecting.class).client();
      assertEquals(ConnectionState.DISCONNECTED, client.state());
      People.await(client.connect());
      assertTrue(client.isConnected());
    }
  }

  @Test
  void aFailedConnectKeepsTheApplicationFromStartingOnlyIfAskedTo() {
    service.hooks().refuseConnections(true);
    try (SeApplication application =
        SeApplication.start(this::host, properties(), Injecting.class)) {
      assertNotEquals(ConnectionState.CONNECTED, application.get(Injecting.class).client().state());
    }
    Throwable failure =
        assertThrows(
            RuntimeException.class,
            () ->
                SeApplication.start(
                        this::host, properties("respoke.connectRequired", "true"), Injecting.class)
                    .close());
    StringBuilder all = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      all.append(at.getMessage()).append('\n');
    }
    assertTrue(all.toString().contains("Cannot connect the default client to "), all.toString());
    assertTrue(all.toString().contains("(see respoke.*)"), all.toString());
    assertTrue(all.toString().contains("respoke.connectRequired is true"), all.toString());
  }

  @Test
  void eventsThatNobodyObservesCostNothing() throws Exception {
    try (People people = new People(service);
        SeApplication application =
            SeApplication.start(
                this::host,
                properties(),
                Injecting.class,
                Observing.class,
                Counting.class,
                CountingMessages.class)) {
      Client client = application.get(Injecting.class).client();
      assertEquals("connected as probe", next());
      Client kirk = people.connect("kirk");
      // What connecting costs may come after its event; by now it has come.
      fiftyMessages(kirk, 50);
      People.await(client.drain(Duration.ofSeconds(20)));
      int callbacks = Counting.CALLBACKS.get();
      assertTrue(callbacks > 0);
      fiftyMessages(kirk, 100);
      assertEquals(callbacks, Counting.CALLBACKS.get());
    }
  }

  private static void fiftyMessages(Client kirk, int inAll) throws Exception {
    for (int i = 0; i < 50; i++) {
      People.await(kirk.sendMessage("probe", "nobody reads this"));
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Counting.MESSAGES.get() < inAll && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(inAll, Counting.MESSAGES.get());
  }

  @Test
  void aBeanIsAskedForTokens() throws Exception {
    try (SeApplication application =
        SeApplication.start(
            this::host,
            Map.of("respoke.baseUrl", service.baseUrl().toString(), "respoke.appId", "app"),
            Injecting.class,
            Minting.class)) {
      assertEquals("asked for a token for app", next());
      assertFalse(application.get(Injecting.class).client().isConnected());
    }
  }
}
