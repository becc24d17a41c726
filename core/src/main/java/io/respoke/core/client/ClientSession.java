package io.respoke.core.client;

import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.session.SessionListener;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.OwnPresenceChanged;
import io.respoke.event.RateLimitLifted;
import io.respoke.event.RateLimitReached;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import io.respoke.event.RestoreReport;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServerEvent;
import io.respoke.spi.Telemetry;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the connection's life means for a client's state and events. Called on the serial context;
 * the accessors may be called from anywhere.
 */
final class ClientSession implements SessionListener {
  private static final int REMEMBERED_CONNECTIONS = 16;

  private final DefaultClient client;
  private final EventDispatcher events;
  private final Telemetry telemetry;
  private @Nullable ClientContext context;
  private @Nullable EventRouter router;
  private Runnable release = () -> {};
  private long connection;
  private final Deque<String> ownConnections = new ArrayDeque<>();
  private volatile @Nullable String endpointId;
  private volatile @Nullable String connectionId;
  private volatile @Nullable DefaultPresence presence;
  private volatile @Nullable DefaultPresence toAnnounce;
  private volatile @Nullable Object givenPresence;
  private boolean rateLimited;
  private volatile Instant since = Instant.EPOCH;
  private final AtomicInteger reconnects = new AtomicInteger();
  private volatile @Nullable String lastError;

  ClientSession(DefaultClient client, EventDispatcher events, Telemetry telemetry) {
    this.client = client;
    this.events = events;
    this.telemetry = telemetry;
  }

  void attach(ClientContext context, EventRouter router, Runnable release) {
    this.context = context;
    this.router = router;
    this.release = release;
    since = context.engine().runtime().scheduler().wallClock();
    announceFrom(context.driver().options());
  }

  /**
   * Takes over the presence of options, unless it was taken over before. May be called on any
   * thread.
   *
   * @throws IllegalArgumentException if it cannot be bound
   */
  void announceFrom(ClientOptions options) {
    Object given = options.presence().orElse(null);
    if (given != null && given != givenPresence) {
      toAnnounce =
          new DefaultPresence(context().binding(), context().binding().toJson(given), null, null);
      givenPresence = given;
    }
  }

  private ClientContext context() {
    return Objects.requireNonNull(context);
  }

  @Nullable String endpointId() {
    return endpointId;
  }

  @Nullable String connectionId() {
    return connectionId;
  }

  /** Whether this client has had that connection; the latest ones are remembered. */
  boolean wasOwnConnection(@Nullable String id) {
    return id != null && ownConnections.contains(id);
  }

  /** What was announced last. */
  @Nullable DefaultPresence presence() {
    return presence;
  }

  Instant since() {
    return since;
  }

  int reconnects() {
    return reconnects.get();
  }

  @Nullable String lastError() {
    return lastError;
  }

  // --- own presence

  /** Announces presence and keeps it. May be called on any thread. */
  CompletableFuture<Void> announce(DefaultPresence announced) {
    return send(announced)
        .thenAccept(
            done -> {
              toAnnounce = announced;
              presence = announced;
              events.fire(new OwnPresenceChanged(client, announced));
            });
  }

  private CompletableFuture<Void> send(DefaultPresence announced) {
    JsonObjectBuilder value = Json.object();
    announced.show().ifPresent(show -> value.add("show", show));
    announced.status().ifPresent(status -> value.add("status", status));
    value.add("type", announced.json());
    return context()
        .request("post", Paths.PRESENCE, Json.object().add("presence", value).build())
        .thenApply(answer -> null);
  }

  /** Announces what is kept; a failure is an event, as nobody waits for it. */
  private CompletableFuture<Void> announceAgain() {
    DefaultPresence kept = toAnnounce;
    if (kept == null) {
      return CompletableFuture.completedFuture(null);
    }
    return announce(kept)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                error(ErrorOccurred.Origin.PRESENCE, failure);
              }
            });
  }

  // --- the connection's life

  @Override
  public void stateChanged(
      ConnectionState oldState, ConnectionState newState, @Nullable Throwable cause) {
    since = context().engine().runtime().scheduler().wallClock();
    events.fire(new ConnectionStateChanged(client, oldState, newState, Optional.ofNullable(cause)));
    if (newState == ConnectionState.DISCONNECTING) {
      context().calls().endNow();
    }
  }

  @Override
  public void attemptFailed(int attempt, Throwable error, boolean willRetry) {
    events.fire(new ConnectionFailed(client, attempt, error, willRetry));
    error(ErrorOccurred.Origin.CONNECT, error);
  }

  @Override
  public void retryScheduled(int attempt, Duration delay, @Nullable Throwable cause) {
    events.fire(new Reconnecting(client, attempt, delay, Optional.ofNullable(cause)));
  }

  @Override
  public void online(Online online) {
    endpointId = online.endpointId();
    connectionId = online.connectionId();
    ownConnections.addFirst(online.connectionId());
    if (ownConnections.size() > REMEMBERED_CONNECTIONS) {
      ownConnections.removeLast();
    }
    long current = ++connection;
    if (online.downSince() >= 0) {
      context().calls().reconnected();
    }
    if (online.asked()) {
      events.fire(new Connected(client, online.endpointId(), online.connectionId()));
    }
    if (rateLimited) {
      rateLimitLifted(); // the registration was a request that succeeded
    }
    CompletableFuture<Void> announced = announceAgain();
    if (online.downSince() < 0) {
      return;
    }
    Duration downtime =
        Duration.ofMillis(context().engine().runtime().scheduler().now() - online.downSince());
    new SessionRestorer(context(), context().driver().options().backfillLimit())
        .restore(announced)
        .whenComplete(
            (report, failure) -> {
              if (failure == null && current == connection && connectionId != null) {
                restored(online, downtime, report);
              }
            });
  }

  private void restored(Online online, Duration downtime, RestoreReport report) {
    context().driver().restored();
    reconnects.incrementAndGet();
    telemetry.reconnected(downtime, online.attempts());
    events.fire(
        new Reconnected(client, online.connectionId(), online.attempts(), downtime, report));
  }

  @Override
  public void offline(DisconnectReason reason, boolean willReconnect, @Nullable Throwable cause) {
    connectionId = null;
    connection++;
    context().groups().offline();
    context().endpoints().clearConnections();
    if (cause != null) {
      lastError = String.valueOf(cause.getMessage());
    }
    events.fire(new Disconnected(client, reason, willReconnect, Optional.ofNullable(cause)));
  }

  @Override
  public void serverEvent(ServerEvent event) {
    Objects.requireNonNull(router).route(event);
  }

  @Override
  public void problem(Throwable problem) {
    error(ErrorOccurred.Origin.PROTOCOL, problem);
  }

  @Override
  public void rateLimited(String request, Duration retryAfter) {
    rateLimited = true;
    events.fire(new RateLimitReached(client, request, retryAfter));
  }

  @Override
  public void rateLimitLifted() {
    rateLimited = false;
    events.fire(new RateLimitLifted(client));
  }

  @Override
  public List<String> joinedGroups() {
    return context().groups().joined().stream().map(group -> group.id()).toList();
  }

  @Override
  public void forget() {
    context().groups().forget();
    context().endpoints().observed().clear();
  }

  @Override
  public void closed() {
    release.run();
  }

  private void error(ErrorOccurred.Origin origin, Throwable error) {
    lastError = String.valueOf(error.getMessage());
    events.fire(new ErrorOccurred(client, origin, error));
  }
}
