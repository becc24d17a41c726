package io.respoke.cdi.suite.se;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.MediaException;
import io.respoke.PresenceResolver;
import io.respoke.RoleRef;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.Tokens;
import io.respoke.cdi.CallScoped;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.runtime.Clients;
import io.respoke.cdi.suite.FixedMedia;
import io.respoke.cdi.suite.People;
import io.respoke.event.CallEvent;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import io.respoke.tyrus.TyrusTransportProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans that clients are made with, the threads and loaders they see, and beans of calls. */
public abstract class BeansSuite {
  private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

  /** Where code of the application ran: by which, the thread and whether the loader was its own. */
  private static final Map<String, String> RAN = new ConcurrentHashMap<>();

  private static volatile @Nullable ClassLoader applicationLoader;
  private static volatile String secret = "";

  private final RespokeService service =
      RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build());

  /** Adjusts the container before it is started. */
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    applicationLoader = Thread.currentThread().getContextClassLoader();
    return initializer;
  }

  private static void ran(String what) {
    Thread thread = Thread.currentThread();
    RAN.put(
        what,
        (thread.getName().startsWith(ManagedThreadsOfTests.NAME) ? "managed" : "own")
            + (thread.getContextClassLoader() == applicationLoader ? "" : ", wrong loader"));
  }

  /** Injects. */
  @ApplicationScoped
  public static class Injecting {
    @Inject Client client;

    Client client() {
      return client;
    }
  }

  /** A transport that would lose by its priority. */
  @ApplicationScoped
  public static class OwnTransport implements TransportProvider {
    private final TransportProvider tyrus = new TyrusTransportProvider();

    @Override
    public String name() {
      return "own";
    }

    @Override
    public int priority() {
      return Integer.MIN_VALUE;
    }

    @Override
    public boolean connectBlocks() {
      return tyrus.connectBlocks();
    }

    @Override
    public Transport open(TransportRequest request, TransportListener listener) {
      SEEN.add("own transport");
      return tyrus.open(request, listener);
    }
  }

  /** A media backend that would lose by its priority. */
  @ApplicationScoped
  public static class OwnMedia implements MediaBackendProvider {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public MediaBackend backend(ClientOptions options) {
      throw new MediaException(MediaException.Reason.UNAVAILABLE, "the bean", null);
    }
  }

  /** Everybody is what it says. */
  @ApplicationScoped
  public static class OwnPresence implements PresenceResolver {
    @Override
    public JsonValue resolve(List<JsonValue> presences) {
      return Json.createValue("somewhere");
    }
  }

  /** Looks around wherever code of an application is called. */
  @ApplicationScoped
  public static class LookingAround implements ClientCustomizer, TokenProvider, PresenceResolver {
    @Override
    public void customize(String client, ClientOptions.Builder options) {
      ran("customizer");
    }

    @Override
    public CompletionStage<Token> token(TokenRequest request) {
      ran("token provider");
      return Tokens.appSecret(
              new AppSecretTokens(
                  request.appId(), secret, RoleRef.appDefault(), AppSecretTokens.DEFAULT_TTL))
          .token(request);
    }

    @Override
    public JsonValue resolve(List<JsonValue> presences) {
      ran("presence resolver");
      return Json.createValue("somewhere");
    }

    void message(@Observes MessageReceived event) {
      ran("observer");
    }

    void messageAsync(@ObservesAsync MessageReceived event) {
      ran("asynchronous observer");
      SEEN.add("observed");
    }
  }

  /** Has another thread stop the application while it is asked. */
  @ApplicationScoped
  public static class Stopping implements ClientCustomizer {
    @Inject Clients clients;

    @Override
    public void customize(String client, ClientOptions.Builder options) {
      Thread other = new Thread(clients::stop);
      other.start();
      try {
        other.join(TimeUnit.SECONDS.toMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      SEEN.add(other.isAlive() ? "the other thread waits" : "the other thread went on");
    }
  }

  /** Something of one call. */
  @CallScoped
  public static class OfOneCall {
    String hello() {
      return "hello";
    }

    @PreDestroy
    void destroyed() {
      SEEN.add("destroyed");
    }
  }

  /** Uses it. */
  @ApplicationScoped
  public static class Calls {
    @Inject OfOneCall ofOneCall;

    void call(@Observes CallEvent event) {
      RAN.computeIfAbsent(
          event.call().id(),
          id -> {
            SEEN.add(ofOneCall.hello());
            return id;
          });
    }
  }

  @BeforeEach
  void nothingWasSeen() {
    SEEN.clear();
    RAN.clear();
    secret = service.app().secret();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static String next() throws InterruptedException {
    String next = SEEN.poll(20, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  private SeApplication start(Map<String, String> more, Class<?>... beans) {
    Map<String, String> properties = new TreeMap<>(People.properties(service, "", "probe"));
    properties.put("respoke.connect", "manual");
    properties.putAll(more);
    return SeApplication.start(this::host, properties, beans);
  }

  private static Client connect(SeApplication application) {
    return People.await(application.get(Injecting.class).client().connect());
  }

  @Test
  void aTransportThatIsABeanWinsOverTheOneThatIsFound() throws Exception {
    try (SeApplication application = start(Map.of(), Injecting.class, OwnTransport.class)) {
      assertTrue(connect(application).isConnected());
      assertEquals("own transport", next());
    }
  }

  @Test
  void aMediaBackendThatIsABeanWinsOverTheOneThatIsFound() {
    assertTrue(mediaFailure(Injecting.class).contains("the one that was found"));
    assertTrue(mediaFailure(Injecting.class, OwnMedia.class).contains("the bean"));
  }

  private String mediaFailure(Class<?>... beans) {
    try (SeApplication application = start(Map.of(), beans)) {
      Call call = connect(application).startAudioCall("kirk", CallOptions.defaults());
      CompletionException failure =
          assertThrows(CompletionException.class, () -> People.await(call.connected()));
      StringBuilder all = new StringBuilder();
      for (Throwable at = failure; at != null; at = at.getCause()) {
        all.append(at.getMessage()).append('\n');
      }
      return all.toString();
    }
  }

  @Test
  void aPresenceResolverThatIsABeanIsAsked() {
    try (People people = new People(service);
        SeApplication application = start(Map.of(), Injecting.class, OwnPresence.class)) {
      People.await(people.connect("kirk").setPresence("at the helm"));
      assertEquals(
          "somewhere",
          People.await(connect(application).endpoint("kirk").observePresence()).text());
    }
  }

  @Test
  void codeOfTheApplicationRunsOnTheThreadsOfItsContainerAndSeesItsClassLoader() throws Exception {
    lookAround(
        Map.of("java.naming.factory.initial", ManagedThreadsOfTests.class.getName()), "managed");
    assertFalse(ManagedThreadsOfTests.hasEnded());
  }

  @Test
  void codeOfTheApplicationSeesItsClassLoaderWhereTheContainerHasNoThreads() throws Exception {
    lookAround(Map.of(), "own");
  }

  private void lookAround(Map<String, String> more, String threads) throws Exception {
    Map<String, String> properties = new TreeMap<>(more);
    properties.put("respoke.developmentMode", "false");
    try (People people = new People(service);
        SeApplication application = start(properties, Injecting.class, LookingAround.class)) {
      Client client = application.get(Injecting.class).client();
      client.listen(MessageReceived.class, e -> ran("listener"));
      People.await(client.connect().thenAccept(connected -> ran("stage")));
      Client kirk = people.connect("kirk");
      People.await(kirk.setOnline());
      People.await(client.endpoint("kirk").observePresence());
      People.await(kirk.sendMessage("probe", "hello"));
      assertEquals("observed", next());
      People.await(client.drain(Duration.ofSeconds(20)));
    }
    assertEquals("own", RAN.remove("customizer"));
    // Where the change of state is, and where the stage was complete already.
    for (String anywhere : List.of("presence resolver", "stage")) {
      assertFalse(String.valueOf(RAN.remove(anywhere)).matches("null|.*wrong loader"), anywhere);
    }
    assertEquals(
        Set.of("asynchronous observer", "listener", "observer", "token provider"), RAN.keySet());
    assertEquals(Set.of(threads), new TreeSet<>(RAN.values()));
  }

  @Test
  void noLockIsHeldWhileBeansAreMade() throws Exception {
    try (SeApplication application = start(Map.of(), Injecting.class, Stopping.class)) {
      assertEquals("the other thread went on", next());
      assertEquals(
          ConnectionState.CLOSED, application.get(Injecting.class).client().state(), "stopped");
    }
  }

  @Test
  void beansOfACallThatGoesOnAreDestroyedOnceWhenTheApplicationStops() throws Exception {
    try (People people = new People(service)) {
      try (SeApplication application =
          start(Map.of(), Injecting.class, OfOneCall.class, Calls.class)) {
        connect(application);
        people
            .connect("kirk")
            .startAudioCall("probe", CallOptions.builder().externalMedia(new FixedMedia()).build());
        assertEquals("hello", next());
      }
    }
    assertEquals(List.of("destroyed"), List.copyOf(SEEN));
  }

  @Test
  void beansOfACallAreDestroyedOnceWhenTheClientIsClosed() throws Exception {
    try (SeApplication application =
        start(Map.of(), Injecting.class, OfOneCall.class, Calls.class)) {
      Client client = connect(application);
      client.startAudioCall("kirk", CallOptions.builder().externalMedia(new FixedMedia()).build());
      assertEquals("hello", next());
      client.close();
      assertEquals("destroyed", next());
    }
    assertEquals(List.of(), List.copyOf(SEEN));
  }
}
