package io.respoke.core.session;

import io.respoke.ClientOptions;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestTimeoutException;
import io.respoke.TokenProvider;
import io.respoke.core.runtime.Cancellable;
import io.respoke.core.runtime.Scheduler;
import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Frame;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.ServerEventCodec;
import io.respoke.protocol.ServiceUri;
import io.respoke.protocol.Wire;
import io.respoke.spi.Telemetry;
import io.respoke.spi.Telemetry.Outcome;
import io.respoke.spi.TransportProvider;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what {@link ConnectionMachine} decides: the only place that touches transports,
 * timers, tokens and HTTP for a client's connection. Public methods may be called on any thread.
 */
public final class ConnectionDriver {
  private final Engine engine;
  private final Scheduler scheduler;
  private final TransportProvider transports;
  private final Telemetry telemetry;
  private final String sdk;
  private final SessionListener listener;
  private final ConnectionMachine machine;
  private final UsedTokens usedTokens = new UsedTokens();
  private final TokenAsking asking;
  private final AtomicInteger underWay = new AtomicInteger();
  private final List<CompletableFuture<Void>> connectWaiters = new ArrayList<>();
  private final List<CompletableFuture<Void>> disconnectWaiters = new ArrayList<>();
  private volatile Settings settings;
  private volatile ConnectionState state = ConnectionState.DISCONNECTED;
  private @Nullable LoginAttempt attempt;
  private @Nullable Login login;
  private ServiceUri service;
  private Cancellable retryTimer = Cancellable.NONE;
  private CompletableFuture<?> unfinished = CompletableFuture.completedFuture(null);
  private final List<Runnable> givingUp = new ArrayList<>();
  private long releaseBy = Long.MAX_VALUE;

  /**
   * A driver of a client that is not connected yet.
   *
   * @param tokens where credentials come from, or {@code null} when the options name no source
   */
  public ConnectionDriver(
      Engine engine,
      ClientOptions options,
      @Nullable TokenProvider tokens,
      TransportProvider transports,
      Telemetry telemetry,
      String sdk,
      SessionListener listener) {
    this.engine = engine;
    this.scheduler = engine.runtime().scheduler();
    settings = new Settings(options, tokens);
    this.transports = transports;
    this.telemetry = telemetry;
    this.sdk = sdk;
    this.listener = listener;
    service = ServiceUri.of(options.baseUrl());
    asking = new TokenAsking(engine);
    machine = new ConnectionMachine(options.reconnect(), options.reconnectPolicy());
  }

  /** The state, as last announced. */
  public ConnectionState state() {
    return state;
  }

  /** The options in force. */
  public ClientOptions options() {
    return settings.options;
  }

  /** How many requests are under way. */
  public int pendingRequests() {
    return underWay.get();
  }

  /**
   * Changes the options for the logins to come. No change is lost when several threads make some at
   * once: then one is made anew, on top of the other.
   *
   * @param change may be called more than once
   * @param newTokens makes the source of credentials that goes with the new options
   */
  public void configure(UnaryOperator<ClientOptions> change, TokensOf newTokens) {
    Settings before;
    Settings after;
    do {
      before = settings;
      ClientOptions changed = change.apply(before.options);
      after = new Settings(changed, newTokens.tokens(changed));
    } while (!replace(before, after));
    engine
        .serial()
        .execute(
            () -> {
              ClientOptions current = options();
              machine.configure(current.reconnect(), current.reconnectPolicy());
            });
  }

  private synchronized boolean replace(Settings before, Settings after) {
    if (settings != before) {
      return false;
    }
    settings = after;
    return true;
  }

  /** Options, and the source of credentials that goes with them. */
  private static final class Settings {
    final ClientOptions options;
    final @Nullable TokenProvider tokens;

    Settings(ClientOptions options, @Nullable TokenProvider tokens) {
      this.options = options;
      this.tokens = tokens;
    }
  }

  /** Makes the source of credentials for options. */
  @FunctionalInterface
  public interface TokensOf {
    /** The source, or {@code null} when the options name none. */
    @Nullable TokenProvider tokens(ClientOptions options);
  }

  /** Connects. The future is completed on the serial context. */
  public CompletableFuture<Void> connect() {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    engine
        .serial()
        .execute(
            () -> {
              connectWaiters.add(waiter);
              perform(machine.connect(scheduler.now()));
            });
    return waiter;
  }

  /** Logs out. The future is completed on the serial context and never fails. */
  public CompletableFuture<Void> disconnect() {
    return end(() -> machine.disconnect());
  }

  /** Logs out and releases everything. As {@link #disconnect()}. */
  public CompletableFuture<Void> close() {
    return end(
        () -> {
          releaseBy = Math.min(releaseBy, scheduler.now() + options().closeTimeout().toMillis());
          return machine.close();
        });
  }

  private CompletableFuture<Void> end(java.util.function.Supplier<List<ConnectionEffect>> input) {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    engine
        .serial()
        .execute(
            () -> {
              disconnectWaiters.add(waiter);
              perform(input.get());
            });
    return waiter;
  }

  /** Ends the wait before the next attempt. */
  public void reconnectNow() {
    engine.serial().execute(() -> perform(machine.reconnectNow()));
  }

  /** What a drop had undone is restored. On the serial context. */
  public void restored() {
    machine.restored();
  }

  /** Drops the connection because listeners are too slow. */
  public void dropSlowConsumer(Throwable cause) {
    engine
        .serial()
        .execute(
            () -> {
              Login open = login;
              if (open != null) {
                open.link().drop(DisconnectReason.SLOW_CONSUMER, cause);
              }
            });
  }

  // --- requests

  /**
   * Sends a request. The future is completed on the serial context, with an answer that did not
   * fail or with a {@link io.respoke.RespokeException}.
   */
  public CompletableFuture<ApiResponse> request(
      String method, String path, @Nullable JsonObject data) {
    return request(method, path, data, engine.serial()::executeHere, options().outboundLimit());
  }

  /**
   * As {@link #request}, called on the serial context: sent before anything else that waits there,
   * a {@code disconnect} among it.
   */
  public CompletableFuture<ApiResponse> requestAtOnce(
      String method, String path, @Nullable JsonObject data) {
    return request(method, path, data, Runnable::run, options().outboundLimit());
  }

  /**
   * As {@link #requestAtOnce}, however many requests are under way: for what ends something the
   * service was told of, so that there cannot be more of it than of that.
   */
  public CompletableFuture<ApiResponse> requestBeyondLimit(
      String method, String path, @Nullable JsonObject data) {
    return request(method, path, data, Runnable::run, Integer.MAX_VALUE);
  }

  private CompletableFuture<ApiResponse> request(
      String method, String path, @Nullable JsonObject data, Executor serial, int limit) {
    String name = method + " " + path;
    if (data != null) {
      int size = size(data);
      if (size > Wire.BODY_LIMIT) {
        return refused(
            method,
            path,
            new OverflowException(
                "The body of "
                    + name
                    + " has "
                    + size
                    + " bytes; the service takes "
                    + Wire.BODY_LIMIT,
                Wire.BODY_LIMIT));
      }
    }
    if (underWay.incrementAndGet() > limit) {
      underWay.decrementAndGet();
      return refused(
          method,
          path,
          new OverflowException(
              "Not sent: " + limit + " requests are under way already. " + name, limit));
    }
    long start = scheduler.now();
    CompletableFuture<ApiResponse> answer = new CompletableFuture<>();
    serial.execute(() -> send(method, path, data, answer));
    return answer.whenComplete((response, failure) -> ended(method, path, failure, start));
  }

  /**
   * The size as the service measures it: of the JSON in UTF-8. What is sent escapes more, so what
   * is small enough like that needs no measuring.
   */
  private static int size(JsonObject data) {
    int escaped = Json.write(data).length();
    return escaped <= Wire.BODY_LIMIT ? escaped : Wire.utf8Length(data.toString());
  }

  private CompletableFuture<ApiResponse> refused(
      String method, String path, OverflowException overflow) {
    count(method, path, Outcome.OVERFLOW, 0);
    return CompletableFuture.failedFuture(overflow);
  }

  private void send(
      String method,
      String path,
      @Nullable JsonObject data,
      CompletableFuture<ApiResponse> answer) {
    Login open = login;
    if (open == null || machine.state() != ConnectionState.CONNECTED) {
      answer.completeExceptionally(
          new ConnectionLostException(
              "Not sent, the client is "
                  + machine.state()
                  + ": "
                  + method
                  + " "
                  + path
                  + ". Wait for connect() or Reconnected.",
              false,
              null));
      return;
    }
    request(open, method, path, data)
        .whenComplete(
            (response, failure) -> {
              if (failure == null) {
                answer.complete(response);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  private CompletableFuture<ApiResponse> request(
      Login open, String method, String path, @Nullable JsonObject data) {
    return open.link()
        .request(
            new ApiRequest(method, path, Login.headers(open.kind(), open.credential(), sdk), data));
  }

  private void ended(String method, String path, @Nullable Throwable failure, long start) {
    int left = underWay.decrementAndGet();
    if (telemetry != Telemetry.NONE) {
      telemetry.pendingRequests(left);
      count(method, path, outcome(failure), scheduler.now() - start);
    }
  }

  private void count(String method, String path, Outcome outcome, long millis) {
    if (telemetry != Telemetry.NONE) {
      String route = Routes.template(path);
      telemetry.requestEnded(method, route, outcome, Duration.ofMillis(millis));
      if (outcome == Outcome.SUCCESS && Routes.isMessage(method, route)) {
        telemetry.messageSent(Routes.isGroupMessage(route));
      }
    }
  }

  private static Outcome outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return Outcome.SUCCESS;
    }
    if (failure instanceof RequestRejectedException) {
      return Outcome.REJECTED;
    }
    return failure instanceof RequestTimeoutException ? Outcome.TIMEOUT : Outcome.CONNECTION_LOST;
  }

  // --- effects

  private void perform(List<ConnectionEffect> effects) {
    for (ConnectionEffect effect : effects) {
      perform(effect);
    }
  }

  private void perform(ConnectionEffect effect) {
    if (effect instanceof ConnectionEffect.ChangeState e) {
      state = e.newState();
      telemetry.stateChanged(e.oldState(), e.newState());
      listener.stateChanged(e.oldState(), e.newState(), e.cause());
    } else if (effect instanceof ConnectionEffect.BeginAttempt e) {
      begin(e);
    } else if (effect instanceof ConnectionEffect.AbandonAttempt) {
      abandonAttempt();
    } else if (effect instanceof ConnectionEffect.AttemptFailed e) {
      listener.attemptFailed(e.attempt(), e.error(), e.willRetry());
    } else if (effect instanceof ConnectionEffect.ScheduleRetry e) {
      retryTimer =
          scheduler.schedule(
              e.delay(), () -> engine.serial().execute(() -> perform(machine.retryDue(e.epoch()))));
      listener.retryScheduled(e.attempt(), e.delay(), e.cause());
    } else if (effect instanceof ConnectionEffect.CancelRetry) {
      retryTimer.cancel();
    } else if (effect instanceof ConnectionEffect.Online e) {
      online(e);
    } else if (effect instanceof ConnectionEffect.Offline e) {
      offline(e);
    } else if (effect instanceof ConnectionEffect.CompleteConnect) {
      take(connectWaiters).forEach(waiter -> waiter.complete(null));
    } else if (effect instanceof ConnectionEffect.FailConnect e) {
      take(connectWaiters).forEach(waiter -> waiter.completeExceptionally(e.error()));
    } else if (effect instanceof ConnectionEffect.Logout) {
      logout();
    } else if (effect instanceof ConnectionEffect.Forget) {
      listener.forget();
    } else if (effect instanceof ConnectionEffect.CompleteDisconnect) {
      take(disconnectWaiters).forEach(waiter -> waiter.complete(null));
    } else if (effect instanceof ConnectionEffect.Release) {
      release();
    }
  }

  private static List<CompletableFuture<Void>> take(List<CompletableFuture<Void>> waiters) {
    List<CompletableFuture<Void>> all = List.copyOf(waiters);
    waiters.clear();
    return all;
  }

  private void begin(ConnectionEffect.BeginAttempt begin) {
    Settings now = settings;
    ClientOptions current = now.options;
    service = ServiceUri.of(current.baseUrl());
    LoginAttempt.Plan plan =
        new LoginAttempt.Plan(
            current,
            service,
            now.tokens,
            asking,
            transports,
            usedTokens,
            begin.attempt(),
            begin.previousFailure(),
            sdk);
    long epoch = begin.epoch();
    LoginAttempt started =
        new LoginAttempt(
            engine,
            plan,
            new LoginAttempt.Outcome() {
              @Override
              public void succeeded(Login done) {
                attempt = null;
                login = done;
                done.link().handOver(new OnlineLink(epoch));
                perform(machine.online(epoch));
              }

              @Override
              public void failed(Throwable error) {
                attempt = null;
                perform(
                    machine.failed(
                        epoch, error, scheduler.now(), engine.runtime().random().getAsDouble()));
              }

              @Override
              public void leaves(CompletableFuture<?> leftover, Runnable giveUp) {
                leave(leftover, giveUp);
              }
            });
    attempt = started;
    started.start();
  }

  private void abandonAttempt() {
    LoginAttempt open = attempt;
    attempt = null;
    if (open != null) {
      open.abandon();
    }
  }

  private void online(ConnectionEffect.Online online) {
    Login open = login;
    if (open != null) {
      listener.online(
          new SessionListener.Online(
              open.endpointId(),
              open.connectionId(),
              online.asked(),
              online.downSince(),
              online.attempts()));
    }
  }

  private void offline(ConnectionEffect.Offline offline) {
    Login ended = login;
    login = null;
    listener.offline(offline.reason(), offline.willReconnect(), offline.cause());
    if (ended != null && ended.ownsSession() && offline.reason() != DisconnectReason.REQUESTED) {
      // The service may not know yet that the connection is gone, and would keep the session.
      Duration limit = options().closeTimeout();
      leave(engine.deleteSession(service, ended.credential(), limit), () -> {});
    }
  }

  /**
   * Something goes on for a while: it is to be let finish, and given up when closing takes long.
   */
  private void leave(CompletableFuture<?> leftover, Runnable giveUp) {
    givingUp.add(giveUp);
    unfinished =
        CompletableFuture.allOf(
            unfinished,
            leftover.handle(
                (done, failure) -> {
                  engine.serial().execute(() -> givingUp.remove(giveUp));
                  return null;
                }));
  }

  /** Gives everything back when what former logins have left is done, or has had its time. */
  private void release() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Duration left = Duration.ofMillis(Math.max(0, releaseBy - scheduler.now()));
    Cancellable limit = scheduler.schedule(left, () -> over.complete(null));
    unfinished.thenRun(() -> over.complete(null));
    over.thenRun(() -> engine.serial().execute(() -> released(limit)));
  }

  private void released(Cancellable limit) {
    limit.cancel();
    List.copyOf(givingUp).forEach(Runnable::run);
    telemetry.closed();
    listener.closed();
  }

  // --- logging out

  private void logout() {
    Login open = login;
    if (open == null) {
      perform(machine.loggedOut(scheduler.now()));
      return;
    }
    new Logout(
            engine,
            service,
            open,
            sdk,
            listener.joinedGroups(),
            options().closeTimeout(),
            () -> perform(machine.loggedOut(scheduler.now())))
        .start();
  }

  /** The link of the connection that is online. */
  private final class OnlineLink implements LinkListener {
    private final long epoch;

    OnlineLink(long epoch) {
      this.epoch = epoch;
    }

    @Override
    public void onReady() {}

    @Override
    public void onEvent(Frame.Event event) {
      for (ServerEvent one : ServerEventCodec.decode(event)) {
        listener.serverEvent(one);
      }
    }

    @Override
    public void onProblem(Throwable problem) {
      listener.problem(problem);
    }

    @Override
    public void onRateLimited(String request, Duration retryAfter) {
      listener.rateLimited(request, retryAfter);
    }

    @Override
    public void onRateLimitLifted() {
      listener.rateLimitLifted();
    }

    @Override
    public void onEnded(DisconnectReason reason, @Nullable Throwable cause) {
      perform(
          machine.lost(
              epoch, reason, cause, scheduler.now(), engine.runtime().random().getAsDouble()));
    }
  }
}
