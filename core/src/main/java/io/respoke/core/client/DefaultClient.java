package io.respoke.core.client;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ClientSnapshot;
import io.respoke.Conference;
import io.respoke.ConnectOptions;
import io.respoke.Connection;
import io.respoke.ConnectionState;
import io.respoke.Conversation;
import io.respoke.DirectConnection;
import io.respoke.Endpoint;
import io.respoke.Group;
import io.respoke.HostedConference;
import io.respoke.Message;
import io.respoke.Presence;
import io.respoke.PushService;
import io.respoke.ReadMark;
import io.respoke.RequestTimeoutException;
import io.respoke.Subscription;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.event.EventFlows;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.runtime.Cancellable;
import io.respoke.core.session.ConnectionDriver;
import io.respoke.core.session.Engine;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TransportProvider;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client as applications see it: checks arguments, builds requests, hands out stages. */
public final class DefaultClient implements Client {
  private final Engine engine;
  private final ConnectionDriver driver;
  private final ConnectionDriver.TokensOf tokens;
  private final ClientContext context;
  private final ClientSession session;
  private final Memberships memberships;
  private final PresenceObserving observing;
  private final EventFlows flows;
  private final AtomicBoolean firstConnect = new AtomicBoolean(true);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Set<Drain> drains = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String pushTokenId;

  /**
   * A client that is not connected.
   *
   * @param onClosed called once, when it is closed for good
   */
  public DefaultClient(
      Engine engine,
      ClientOptions options,
      ConnectionDriver.TokensOf tokens,
      TransportProvider transports,
      Telemetry telemetry,
      JsonBinding binding,
      MediaBackends media,
      String sdk,
      Runnable onClosed) {
    this.engine = engine;
    this.tokens = tokens;
    EventDispatcher events =
        new EventDispatcher(
            this,
            engine.callbacks(),
            options.inboundLimit(),
            options.overflowPolicy(),
            telemetry,
            this::dropSlowConsumer);
    session = new ClientSession(this, events, telemetry);
    driver =
        new ConnectionDriver(
            engine, options, tokens.tokens(options), transports, telemetry, sdk, session);
    context =
        new ClientContext(
            this,
            engine,
            binding,
            events,
            driver,
            options.presenceResolver().orElseGet(PresenceOrder::new),
            media);
    memberships = new Memberships(context);
    observing = new PresenceObserving(context);
    flows = new EventFlows(events, engine.callbacks(), options.inboundLimit());
    session.attach(
        context,
        new EventRouter(context, telemetry, memberships, observing),
        () -> {
          context.calls().endNow();
          // The last events are those of the end itself.
          events.clientSource().then(flows::close);
          media.close();
          binding.close();
          onClosed.run();
          closed.complete(null);
          drains.forEach(Drain::closed);
        });
    options.listeners().forEach(listener -> listener.register(this));
  }

  ClientSession session() {
    return session;
  }

  Memberships memberships() {
    return memberships;
  }

  PresenceObserving observing() {
    return observing;
  }

  private void dropSlowConsumer(Throwable cause) {
    driver.dropSlowConsumer(cause);
  }

  @Override
  public ClientOptions options() {
    return driver.options();
  }

  @Override
  public ConnectionState state() {
    return driver.state();
  }

  @Override
  public Optional<String> endpointId() {
    return Optional.ofNullable(session.endpointId()).or(() -> options().endpointId());
  }

  @Override
  public Optional<String> connectionId() {
    return Optional.ofNullable(session.connectionId());
  }

  // --- connecting

  @Override
  public CompletionStage<Client> connect() {
    return connect(driver.connect(), null);
  }

  @Override
  public CompletionStage<Client> connect(ConnectOptions overrides) {
    Objects.requireNonNull(overrides, "overrides");
    driver.configure(
        options -> {
          ClientOptions changed = options.with(overrides);
          session.announceFrom(changed);
          return changed;
        },
        tokens);
    ClientOptions announced;
    do { // of what several threads override at once, the last one's presence goes with its options
      announced = options();
      session.announceFrom(announced);
    } while (announced != options());
    return connect(driver.connect(), overrides);
  }

  private CompletionStage<Client> connect(
      CompletableFuture<Void> connecting, @Nullable ConnectOptions overrides) {
    boolean first = firstConnect.getAndSet(false);
    CompletableFuture<Client> connected = connecting.thenApply(done -> this);
    CompletionStage<Client> stage = context.expose(connected);
    stage.whenComplete(
        (client, failure) -> {
          if (failure == null) {
            if (first) {
              options().onSuccess().ifPresent(callback -> call("onSuccess", callback, this));
            }
            if (overrides != null && overrides.onSuccess() != null) {
              call("onSuccess", overrides.onSuccess(), this);
            }
          } else {
            if (first) {
              options().onError().ifPresent(callback -> call("onError", callback, failure));
            }
            if (overrides != null && overrides.onError() != null) {
              call("onError", overrides.onError(), failure);
            }
          }
        });
    return stage;
  }

  private <T> void call(String name, Consumer<? super T> callback, T value) {
    context.events().call(name, callback, value);
  }

  @Override
  public CompletionStage<Void> disconnect() {
    context.calls().end(); // while they can still say goodbye
    return context.expose(driver.disconnect());
  }

  @Override
  public void reconnectNow() {
    driver.reconnectNow();
  }

  @Override
  public void close() {
    context.calls().end();
    driver.close();
    if (engine.callbacks().isCurrent()) {
      return; // it would wait for itself
    }
    try {
      // Logging out takes as long as the limit at most; a second is for the rest.
      closed.get(options().closeTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(DefaultClient.class.getName())
          .log(System.Logger.Level.WARNING, "Closing goes on in the background");
    }
  }

  // --- presence

  @Override
  public Optional<Presence> presence() {
    return Optional.ofNullable(session.presence());
  }

  @Override
  public CompletionStage<Void> setPresence(Object presence) {
    return setPresence(presence, null, null);
  }

  @Override
  public CompletionStage<Void> setPresence(
      Object presence, @Nullable Object status, @Nullable Object show) {
    JsonBinding binding = context.binding();
    DefaultPresence announced =
        presence instanceof DefaultPresence known
            ? known
            : new DefaultPresence(
                binding,
                binding.toJson(Objects.requireNonNull(presence, "presence")),
                status == null ? null : binding.toJson(status),
                show == null ? null : binding.toJson(show));
    return context.expose(session.announce(announced));
  }

  @Override
  public CompletionStage<Map<String, Presence>> observePresence(Collection<String> endpointIds) {
    List<String> ids = Ids.check(endpointIds, "endpointId");
    if (ids.isEmpty()) {
      return context.expose(CompletableFuture.completedFuture(Map.of()));
    }
    return context.expose(
        observing
            .observe(ids)
            .thenApply(
                done -> {
                  Map<String, Presence> presences = new LinkedHashMap<>();
                  ids.forEach(id -> presences.put(id, context.endpoints().get(id).presence()));
                  return presences;
                }));
  }

  // --- endpoints and groups

  @Override
  public Endpoint endpoint(String id) {
    return context.endpoints().get(Ids.check(id, "endpointId"));
  }

  @Override
  public List<Endpoint> endpoints() {
    return context.endpoints().all();
  }

  @Override
  public Optional<Connection> connection(String connectionId) {
    return context.endpoints().connection(Ids.check(connectionId, "connectionId"));
  }

  @Override
  public Group group(String id) {
    return context.groups().get(Ids.check(id, "groupId"));
  }

  @Override
  public List<Group> groups() {
    return context.groups().joined();
  }

  @Override
  public CompletionStage<List<Group>> join(Collection<String> groupIds) {
    List<DefaultGroup> groups = groups(groupIds);
    return context.expose(memberships.join(groups).thenApply(done -> new ArrayList<Group>(groups)));
  }

  @Override
  public CompletionStage<Void> leave(Collection<String> groupIds) {
    return context.expose(memberships.leave(groups(groupIds)));
  }

  private List<DefaultGroup> groups(Collection<String> ids) {
    return Ids.check(ids, "groupId").stream().map(context.groups()::get).toList();
  }

  @Override
  public CompletionStage<List<String>> listGroups() {
    return context.expose(
        context.request("get", Paths.GROUPS, null).thenApply(answer -> GroupIds.of(answer.body())));
  }

  @Override
  public CompletionStage<Map<String, List<Message>>> groupHistories(
      Collection<String> groupIds, int limit) {
    List<String> ids = Ids.check(groupIds, "groupId");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more: " + limit);
    }
    JsonObject data = Json.object().add("groupIds", Json.strings(ids)).add("limit", limit).build();
    return context.expose(
        context
            .request("post", Paths.GROUP_HISTORY_SEARCH, data)
            .thenApply(answer -> histories(ids, answer.body())));
  }

  private Map<String, List<Message>> histories(List<String> ids, JsonValue answer) {
    Map<String, List<Message>> histories = new LinkedHashMap<>();
    JsonObject object = answer instanceof JsonObject o ? o : JsonValue.EMPTY_JSON_OBJECT;
    for (String id : ids) {
      JsonValue history = object.getOrDefault(id, JsonValue.EMPTY_JSON_ARRAY);
      histories.put(id, History.messages(context, context.groups().get(id), history));
    }
    return histories;
  }

  // --- calls

  @Override
  public Call startPhoneCall(String number, CallOptions options) {
    return context.calls().startPhoneCall(Ids.check(number, "number"), options);
  }

  @Override
  public Call startSipCall(String address, CallOptions options) {
    return context.calls().startSipCall(Ids.check(address, "address"), options);
  }

  @Override
  public Conference joinConference(String id, CallOptions options) {
    return context.calls().joinConference(Ids.check(id, "conferenceId"), options);
  }

  @Override
  public CompletionStage<HostedConference> hostConference(String id) {
    return context.calls().hostConference(Ids.check(id, "conferenceId"));
  }

  @Override
  public List<Call> calls() {
    return context.calls().calls();
  }

  @Override
  public Optional<Call> call(String id) {
    return context.calls().call(id);
  }

  @Override
  public List<DirectConnection> directConnections() {
    return context.calls().directConnections();
  }

  // --- conversations

  @Override
  public CompletionStage<List<Conversation>> conversations() {
    return context.expose(
        context
            .request("get", Paths.conversations(endpointId().orElse("")), null)
            .thenApply(answer -> History.conversations(context, answer.body())));
  }

  @Override
  public CompletionStage<Void> markRead(Collection<ReadMark> marks) {
    JsonArrayBuilder groups = Json.array();
    for (ReadMark mark : marks) {
      groups.add(
          Json.object()
              .add("groupId", Ids.check(mark.groupId(), "groupId"))
              .add("timestamp", mark.timestamp().toEpochMilli()));
    }
    JsonObject data = Json.object().add("groups", groups).build();
    return context.expose(
        context
            .request("put", Paths.conversations(endpointId().orElse("")), data)
            .thenApply(answer -> null));
  }

  // --- push

  @Override
  public CompletionStage<Void> registerPush(PushService service, String deviceToken) {
    JsonObjectBuilder data =
        Json.object()
            .add("token", Ids.check(deviceToken, "deviceToken"))
            .add("service", service.name().toLowerCase(Locale.ROOT));
    String known = pushTokenId;
    String path = pushPath() + (known == null ? "" : '/' + Paths.encode(known));
    return context.expose(
        context
            .request(known == null ? "post" : "put", path, data.build())
            .thenAccept(
                answer -> {
                  if (answer.body() instanceof JsonObject body) {
                    pushTokenId = Json.text(body, "id");
                  }
                }));
  }

  @Override
  public CompletionStage<Void> unregisterPush() {
    String known = pushTokenId;
    if (known == null) {
      return context.expose(CompletableFuture.completedFuture(null));
    }
    return context.expose(
        context
            .request("delete", pushPath() + '/' + Paths.encode(known), null)
            .thenAccept(answer -> pushTokenId = null));
  }

  private String pushPath() {
    return Paths.CONNECTIONS + '/' + Paths.encode(connectionId().orElse("none")) + "/push-token";
  }

  // --- anything else

  @Override
  public CompletionStage<JsonValue> request(String method, String path, @Nullable JsonValue data) {
    if (data != null && !(data instanceof JsonObject)) {
      throw new IllegalArgumentException("data must be a JSON object or null");
    }
    if (!path.startsWith("/v1/")) {
      throw new IllegalArgumentException("path must start with /v1/: " + path);
    }
    String verb = method.toLowerCase(Locale.ROOT);
    if (!List.of("get", "post", "put", "delete").contains(verb)) {
      throw new IllegalArgumentException("method must be get, post, put or delete: " + method);
    }
    return context.expose(
        context.request(verb, path, (JsonObject) data).thenApply(answer -> answer.body()));
  }

  // --- events

  @Override
  public <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return listen(type, listener, false);
  }

  @Override
  public <E extends RespokeEvent> Subscription once(Class<E> type, Consumer<? super E> listener) {
    return listen(type, listener, true);
  }

  private <E extends RespokeEvent> Subscription listen(
      Class<E> type, Consumer<? super E> listener, boolean once) {
    return context
        .events()
        .clientSource()
        .listeners()
        .add(
            Objects.requireNonNull(type, "type"),
            Objects.requireNonNull(listener, "listener"),
            once);
  }

  @Override
  public boolean hasListeners(Class<? extends RespokeEvent> type) {
    return !context.events().clientSource().listeners().of(type).isEmpty();
  }

  @Override
  public <E extends RespokeEvent> Flow.Publisher<E> events(Class<E> type) {
    return flows.of(Objects.requireNonNull(type, "type"));
  }

  @Override
  public CompletionStage<Void> drain(Duration timeout) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    Cancellable deadline =
        engine
            .runtime()
            .scheduler()
            .schedule(
                timeout,
                () -> drained.completeExceptionally(new RequestTimeoutException("drain", timeout)));
    Drain drain = new Drain(engine, driver, context.events(), drained);
    drains.add(drain);
    drained.whenComplete(
        (done, failure) -> {
          deadline.cancel();
          drains.remove(drain);
        });
    drain.look();
    if (closed.isDone()) {
      drain.closed();
    }
    return context.expose(drained);
  }

  @Override
  public ClientSnapshot inspect() {
    return new ClientSnapshot(
        driver.state(),
        session.since(),
        endpointId(),
        connectionId(),
        driver.pendingRequests(),
        context.events().waiting(),
        context.events().dropped(),
        session.reconnects(),
        groups().stream().map(Group::id).sorted().toList(),
        context.endpoints().observed().stream().sorted().toList(),
        Optional.ofNullable(session.lastError()));
  }

  @Override
  public String toString() {
    return "Client[" + endpointId().orElse("?") + ", " + state() + "]";
  }

  /** The ids in an answer to {@code GET /v1/groups}: text, or objects with an id or a name. */
  private static final class GroupIds {
    static List<String> of(JsonValue answer) {
      List<String> ids = new ArrayList<>();
      if (answer instanceof JsonArray array) {
        for (JsonValue one : array) {
          String id = one instanceof JsonObject object ? id(object) : Json.text(one);
          if (id != null) {
            ids.add(id);
          }
        }
      }
      return List.copyOf(ids);
    }

    private static @Nullable String id(JsonObject object) {
      String id = Json.text(object, "id");
      return id == null ? Json.text(object, "name") : id;
    }
  }
}
