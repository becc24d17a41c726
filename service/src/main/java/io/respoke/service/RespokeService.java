package io.respoke.service;

import io.respoke.service.edge.CertificateFiles;
import io.respoke.service.edge.EdgeSettings;
import io.respoke.service.edge.Engine;
import io.respoke.service.edge.PushOutlet;
import io.respoke.service.edge.Timers;
import io.respoke.service.routes.Keeper;
import io.respoke.service.routes.RequestLimits;
import io.respoke.service.routes.ServiceState;
import io.respoke.service.routes.Settings;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.RateLimiter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running Respoke-compatible service. Thread-safe.
 *
 * <p>All its work happens on one event loop of its own. What is to outlive it is in its storage;
 * the rest ends with it.
 */
public final class RespokeService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RespokeService.class.getName());
  private static final long START_SECONDS = 30;
  private static final long CLOSE_SECONDS = 5;

  private final Vertx vertx;
  private final Loop loop;
  private final Engine engine;
  private final ServiceHooks hooks;
  private final URI baseUrl;
  private final List<ServiceApp> apps;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RespokeService(Vertx vertx, Server server, URI baseUrl, List<ServiceApp> apps) {
    this.vertx = vertx;
    this.loop = server.loop;
    this.engine = server.engine;
    this.hooks = new ServiceHooks(loop, engine);
    this.baseUrl = baseUrl;
    this.apps = apps;
  }

  /**
   * Starts a service and waits until it listens.
   *
   * @throws ServiceStartException if it cannot: the port is in use, a certificate or the storage
   *     cannot be read
   */
  public static RespokeService start(ServiceOptions options) {
    Start made = Start.from(options);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    Server server = new Server(options, made);
    try {
      String unused =
          vertx
              .deployVerticle(server)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      URI baseUrl = baseUrl(options, server.port);
      LOG.log(System.Logger.Level.INFO, "listening on {0}", baseUrl);
      return new RespokeService(vertx, server, baseUrl, made.apps());
    } catch (ExecutionException e) {
      shutDown(vertx);
      throw failure(options, e.getCause());
    } catch (TimeoutException e) {
      shutDown(vertx);
      throw new ServiceStartException("the service did not start in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      shutDown(vertx);
      throw new ServiceStartException("interrupted while starting", e);
    }
  }

  private static ServiceStartException failure(ServiceOptions options, @Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return new ServiceStartException(
            "cannot listen on "
                + options.host()
                + ":"
                + options.port()
                + ": the port is in use or the address is not this machine's ("
                + t.getMessage()
                + ")",
            cause);
      }
    }
    return new ServiceStartException(
        "the service did not start: " + (cause == null ? "unknown" : cause.getMessage()), cause);
  }

  private static URI baseUrl(ServiceOptions options, int port) {
    String host = options.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    } else if (host.indexOf(':') >= 0) {
      host = '[' + host + ']';
    }
    return URI.create((options.tls() == null ? "http" : "https") + "://" + host + ':' + port);
  }

  /** Builds and starts the engine on its event loop. */
  private static final class Server extends VerticleBase {
    private final ServiceOptions options;
    private final Start made;
    private Loop loop;
    private Engine engine;
    private int port;

    @SuppressWarnings("NullAway.Init") // set on the event loop before the deployment succeeds
    Server(ServiceOptions options, Start made) {
      this.options = options;
      this.made = made;
    }

    @Override
    public Future<?> start() {
      loop = new Loop(context);
      Timers timers = Loop.timers(vertx, context, options.clock());
      engine =
          new Engine(
              vertx,
              made.state(),
              new Keeper(made.storage(), made.workingSet(), this::onLoop),
              this::elsewhere,
              settings(options),
              edge(options),
              new RequestLimits(
                  limiter(options.rateLimit()),
                  limiter(options.rateLimitPerApp()),
                  limiter(options.rateLimitPerAddress())),
              new RequestEntries(options.requestLog(), timers::now),
              timers);
      return engine.start().onSuccess(listening -> port = listening);
    }

    private static RateLimiter limiter(@Nullable RateLimit rate) {
      return rate == null ? new RateLimiter(0, 0) : new RateLimiter(rate.perSecond(), rate.burst());
    }

    private void onLoop(Runnable task) {
      context.runOnContext(on -> task.run());
    }

    private CompletionStage<Boolean> elsewhere(Supplier<Boolean> task) {
      return context.executeBlocking(task::get, false).toCompletionStage();
    }

    @Override
    public Future<?> stop() {
      return engine.stop();
    }
  }

  private static Settings settings(ServiceOptions options) {
    TurnOptions turn = options.turn();
    String stun = options.stunUri();
    return new Settings(
        options.tokenActivationWindow(),
        options.observerRetention(),
        stun == null ? "stun:" + baseUrl(options, 0).getHost() + ":3478" : stun,
        turn == null ? null : new Settings.Turn(turn.secret(), turn.uris(), turn.ttl()),
        options.answerTimeout(),
        options.callGrace(),
        options.gateways());
  }

  private static EdgeSettings edge(ServiceOptions options) {
    return new EdgeSettings(
        options.host(),
        options.port(),
        options.heartbeatInterval(),
        options.heartbeatTimeout(),
        options.closeTimeout(),
        options.logoutGrace(),
        options.outboundLimit(),
        options.requestTimeout(),
        options.maxConnectionsPerAddress(),
        certificate(options.tls()),
        options.metrics(),
        options.console() == null ? null : options.console().files(),
        options.privateWebhooks(),
        options.webhookTimeout(),
        outlet(options.pushSender()));
  }

  private static PushOutlet outlet(PushSender sender) {
    return (appId, note) ->
        sender.send(
            new PushNotification(
                appId,
                note.device().endpointId(),
                note.device().service(),
                note.device().token(),
                note.text(),
                note.badge(),
                note.badgeCount(),
                note.sound(),
                note.category()));
  }

  private static @Nullable CertificateFiles certificate(ServiceOptions.@Nullable Tls tls) {
    if (tls instanceof ServiceOptions.Tls.Pem pem) {
      return new CertificateFiles(
          () ->
              new PemKeyCertOptions()
                  .setCertPath(pem.certificate().toString())
                  .setKeyPath(pem.key().toString()),
          List.of(pem.certificate(), pem.key()));
    }
    if (tls instanceof ServiceOptions.Tls.KeyStore store) {
      String path = store.path().toString();
      return new CertificateFiles(
          () ->
              path.endsWith(".jks")
                  ? new JksOptions().setPath(path).setPassword(store.password())
                  : new PfxOptions().setPath(path).setPassword(store.password()),
          List.of(store.path()));
    }
    return null;
  }

  /** The port it listens on. */
  public int port() {
    return baseUrl.getPort();
  }

  /** Where clients connect to: scheme, host and port, without a path. */
  public URI baseUrl() {
    return baseUrl;
  }

  /**
   * The first app.
   *
   * @throws IllegalStateException if it was started without one
   */
  public ServiceApp app() {
    if (apps.isEmpty()) {
      throw new IllegalStateException(
          "the service was started without an app; an administrator creates one");
    }
    return apps.get(0);
  }

  /**
   * The apps it was started with: those of the options, then those that its storage had besides.
   */
  public List<ServiceApp> apps() {
    return apps;
  }

  /** Makes it misbehave, for tests. */
  public ServiceHooks hooks() {
    return hooks;
  }

  /** How much it holds now. */
  public ServiceSnapshot snapshot() {
    return loop.call(
        () -> {
          ServiceState state = engine.state();
          int connections = 0;
          int endpoints = 0;
          int groups = 0;
          int observers = 0;
          int calls = 0;
          long forgottenCalls = 0;
          for (AppSpace space : state.apps().all()) {
            connections += space.connections().size();
            endpoints += space.connections().endpoints();
            groups += space.groups().size();
            observers += space.presence().size();
            calls += space.calls().live();
            forgottenCalls += space.calls().forgotten();
          }
          return new ServiceSnapshot(
              engine.openSockets(),
              connections,
              endpoints,
              state.sessions().size(),
              state.tokens().size(),
              groups,
              observers,
              calls,
              forgottenCalls,
              engine.slowConsumers());
        });
  }

  /**
   * Gets ready to close: {@code /health/ready} says 503, no new client is let in, and all others
   * are told good-bye as {@link #close} does, evenly over a time, so that they come to another
   * server one by one. Blocks until the last one was told. Requests are answered until then. Does
   * nothing once closed.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public void drain(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("the time to drain must not be negative, got " + time);
    }
    if (closed.get()) {
      return;
    }
    Future<Void> drained = loop.call(() -> engine.drain(time));
    try {
      Object unused =
          drained
              .toCompletionStage()
              .toCompletableFuture()
              .get(time.toMillis() + 1_000 * CLOSE_SECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "not all clients were told good-bye", e);
    }
  }

  /**
   * Says good-bye to all clients ({@code 0::}, then close code 1001), stops listening and ends its
   * threads. Waits a few seconds at most. Closing again does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shutDown(vertx);
    }
  }

  private static void shutDown(Vertx vertx) {
    try {
      Object unused =
          vertx
              .close()
              .toCompletionStage()
              .toCompletableFuture()
              .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "the service did not stop in good order", e);
    }
  }
}
