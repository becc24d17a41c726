package io.respoke.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.core.auth.MintedTokens;
import io.respoke.core.client.DefaultClient;
import io.respoke.core.client.MediaBackends;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.media.ExternalMediaBackend;
import io.respoke.core.runtime.CallbackExecutor;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.ConnectLane;
import io.respoke.core.runtime.SerialContext;
import io.respoke.core.session.Engine;
import io.respoke.event.RespokeEvent;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.Telemetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A client, a service and time, all on the test's thread: what a test causes has happened when the
 * call returns. After each test the client is closed and nothing may be left.
 */
final class Stage implements AfterEachCallback {
  final List<String> log = new ArrayList<>();
  final ManualScheduler time = new ManualScheduler();
  final ScriptedHttp http = new ScriptedHttp(log);
  final ScriptedService service = new ScriptedService(log, "joe");
  final List<RespokeEvent> events = new ArrayList<>();
  final List<TokenRequest> tokenRequests = new ArrayList<>();
  final ArrayDeque<Double> randoms = new ArrayDeque<>();
  private final List<DefaultClient> clients = new ArrayList<>();
  private Executor callbacks = Runnable::run;
  private Telemetry telemetry = Telemetry.NONE;
  private @Nullable MediaBackend media;
  private int tokens;
  private int released;

  /** Options of a client that gets brokered tokens {@code t-1}, {@code t-2}, … */
  ClientOptions.Builder options() {
    return ClientOptions.builder().baseUrl("http://service.test:8080/v1").tokenProvider(provider());
  }

  TokenProvider provider() {
    return request -> {
      tokenRequests.add(request);
      log.add("token for attempt " + request.attempt());
      return CompletableFuture.completedFuture(Token.of("t-" + ++tokens));
    };
  }

  /** Callbacks run when the test says so. */
  Stage callbacksOn(Executor executor) {
    callbacks = executor;
    return this;
  }

  Stage telemetry(Telemetry value) {
    telemetry = value;
    return this;
  }

  /** What does the media of calls; without it there is none. */
  Stage media(MediaBackend value) {
    media = value;
    return this;
  }

  private MediaBackend ownMedia() {
    if (media == null) {
      throw new IllegalStateException("no media here");
    }
    return media;
  }

  /** A client whose events are recorded. */
  Client client(ClientOptions options) {
    Client client = deaf(options);
    client.listen(RespokeEvent.class, events::add);
    return client;
  }

  /** A client to whose events nobody listens. */
  Client deaf(ClientOptions options) {
    ClientRuntime runtime =
        new ClientRuntime(
            time,
            Runnable::run,
            callbacks,
            new ConnectLane(Runnable::run, 4, 4),
            http,
            () -> randoms.isEmpty() ? 0.5 : randoms.remove(),
            () -> {});
    DefaultClient client =
        new DefaultClient(
            new Engine(
                runtime,
                new SerialContext(Runnable::run),
                new CallbackExecutor(callbacks, Stage.class.getClassLoader())),
            options,
            current ->
                current.developmentMode()
                    ? MintedTokens.developmentMode()
                    : current.tokenProvider().orElse(null),
            service.transports,
            telemetry,
            new JsonBinding(Stage.class.getClassLoader()),
            new MediaBackends(
                Runnable::run, this::ownMedia, () -> new ExternalMediaBackend(callbacks)),
            "Respoke-Java/test",
            () -> released++);
    clients.add(client);
    return client;
  }

  Client client() {
    return client(options().build());
  }

  Client connected(ClientOptions options) {
    Client client = client(options);
    join(client.connect());
    events.clear();
    log.clear();
    return client;
  }

  Client connected() {
    return connected(options().build());
  }

  /** Cuts the connection that was opened last. */
  void cut() {
    service.peer().cut();
  }

  /** What was logged since this was called last. */
  List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  /** The events of a type so far. */
  <E extends RespokeEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <E extends RespokeEvent> E event(Class<E> type) {
    List<E> found = events(type);
    assertEquals(1, found.size(), () -> type.getSimpleName() + " in " + events);
    return found.get(0);
  }

  /** The names of the events since this was called last. */
  List<String> takeEvents() {
    List<String> names = events.stream().map(e -> e.getClass().getSimpleName()).toList();
    events.clear();
    return names;
  }

  /** The value of a stage that must have ended. */
  static <T> T join(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertTrue(future.isDone(), "it should have ended by now");
    return future.join();
  }

  static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  /** What a stage failed with; it must be of this type and not be wrapped. */
  static <X extends Throwable> X failure(Class<X> type, CompletionStage<?> stage) {
    List<Throwable> failures = new ArrayList<>();
    stage.whenComplete((value, failure) -> failures.add(failure));
    assertEquals(1, failures.size(), "it should have ended by now");
    Throwable failure = failures.get(0);
    assertTrue(
        type.isInstance(failure) && !(failure instanceof CompletionException),
        () -> "expected a " + type.getSimpleName() + ", was " + failure);
    return type.cast(failure);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    http.end();
    for (DefaultClient client : clients) {
      client.close();
      time.advance(client.options().closeTimeout());
      assertEquals(ConnectionState.CLOSED, client.state());
      assertEquals(0, client.inspect().pendingRequests(), "requests that nobody ended");
    }
    assertEquals(clients.size(), released, "each client gives its runtime back once");
    assertEquals(List.of(), time.pending(), "timers that nobody cancelled");
  }
}
