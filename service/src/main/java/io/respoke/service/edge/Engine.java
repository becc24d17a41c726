package io.respoke.service.edge;

import io.respoke.service.routes.Api;
import io.respoke.service.routes.Authenticator;
import io.respoke.service.routes.CallWatch;
import io.respoke.service.routes.Dispatcher;
import io.respoke.service.routes.Faults;
import io.respoke.service.routes.Keeper;
import io.respoke.service.routes.Lifecycle;
import io.respoke.service.routes.RequestLimits;
import io.respoke.service.routes.RequestWatch;
import io.respoke.service.routes.ServiceState;
import io.respoke.service.routes.Settings;
import io.respoke.service.routes.SlowWork;
import io.respoke.service.state.App;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.EventWork;
import io.respoke.service.state.Figures;
import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushJournal;
import io.respoke.service.state.Session;
import io.respoke.service.state.WebhookJournal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The running service on its event loop. Every method is called on that loop. */
public final class Engine {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
  private static final Duration TRIMMING = Duration.ofMinutes(10);

  private final ServiceState state;
  private final Keeper keeper;
  private final Timers timers;
  private final Faults faults = new Faults();
  private final Figures figures = new Figures();
  private final Sockets sockets;
  private final CallWatch calls;
  private final HttpRequests http;
  private final SocketIo socketIo;
  private final @Nullable ConsoleRequests console;
  private final Doorkeeper doorkeeper;
  private final StatusPages status;
  private final HttpServer server;
  private final Webhooks webhooks;
  private final Pushes pushes;
  private final @Nullable CertificateWatch certificate;
  private long nextTrim;
  private boolean refusing;
  private boolean leaving;
  private boolean stopped;

  /** Puts the service together; nothing listens yet. */
  public Engine(
      Vertx vertx,
      ServiceState state,
      Keeper keeper,
      SlowWork slowWork,
      Settings routeSettings,
      EdgeSettings settings,
      RequestLimits limits,
      RequestWatch watch,
      Timers timers) {
    this.state = state;
    this.keeper = keeper;
    this.timers = timers;
    Lifecycle lifecycle = new Lifecycle(routeSettings.observerRetention());
    this.sockets = new Sockets(settings, timers, lifecycle);
    Authenticator authenticator = new Authenticator(state.apps(), state.sessions(), state.admins());
    Api api = new Api(state, routeSettings, lifecycle, keeper, slowWork, sockets, figures);
    this.calls = api.calls();
    Dispatcher dispatcher = new Dispatcher(api.router(), limits, faults, figures, watch);
    this.doorkeeper =
        new Doorkeeper(settings.connectionsPerAddress(), settings.requestTimeout(), timers);
    SocketRequests socketRequests = new SocketRequests(authenticator, dispatcher, timers);
    sockets.receiver(socketRequests::received);
    this.http = new HttpRequests(authenticator, dispatcher, timers, doorkeeper);
    this.console =
        settings.console() == null
            ? null
            : new ConsoleRequests(
                new ConsoleFiles(settings.console()),
                // What the pages ask for by themselves is no load worth showing.
                new HttpRequests(
                    authenticator,
                    new Dispatcher(api.router(), limits, faults, new Figures(), watch),
                    timers,
                    doorkeeper),
                state.admins(),
                timers);
    this.socketIo =
        new SocketIo(authenticator, sockets, faults, settings, timers, doorkeeper, limits, watch);
    this.webhooks =
        new Webhooks(
            vertx, state.apps(), timers, settings.privateWebhooks(), settings.webhookTimeout());
    this.pushes = new Pushes(vertx, settings.pushes());
    this.status =
        new StatusPages(
            settings.metrics(),
            figures,
            () -> !leaving && keeper.state().ready(),
            () ->
                new StatusPages.Now(
                    levels(),
                    state.sessions().size(),
                    slowConsumers(),
                    doorkeeper.turnedAway(),
                    new StatusPages.Outgoing(
                        webhooks.waiting(),
                        webhooks.dropped(),
                        pushes.waiting(),
                        pushes.dropped(),
                        pushes.unanswered()),
                    keeper.state()));
    state.apps().work(eventWork());
    this.server = vertx.createHttpServer(httpOptions(settings));
    this.certificate =
        settings.tls() == null ? null : new CertificateWatch(vertx, server, settings.tls(), timers);
  }

  private EventWork eventWork() {
    return new EventWork() {
      @Override
      public void due(AppSpace space) {
        webhooks.pump(space);
      }

      @Override
      public void dropped(AppSpace space) {
        webhooks.dropped(space);
      }

      @Override
      public WebhookJournal journal(AppSpace space) {
        return keeper.notes().webhook(space.app().id());
      }

      @Override
      public PushJournal pushJournal(AppSpace space) {
        return keeper.notes().push(space.app().id());
      }

      @Override
      public void push(AppSpace space, PushDesk.Note note) {
        pushes.send(space.app().id(), note);
      }
    };
  }

  private static HttpServerOptions httpOptions(EdgeSettings settings) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setCompressionSupported(false)
            // A connection has one request at a time: the doorkeeper counts on it.
            .setUseAlpn(false)
            .setHttp2ClearTextEnabled(false)
            // chan_respoke knows no extensions, and some of its versions do not mask.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setAcceptUnmaskedFrames(true)
            .addWebSocketSubProtocol("socket.io")
            .setWebSocketClosingTimeout(2)
            .setMaxWebSocketFrameSize(EdgeSettings.INBOUND_LIMIT)
            .setMaxWebSocketMessageSize(EdgeSettings.INBOUND_LIMIT);
    if (settings.tls() != null) {
      options.setSsl(true).setKeyCertOptions(settings.tls().options().get());
    }
    return options;
  }

  /** Starts to listen; gives the port. */
  public Future<Integer> start() {
    server.connectionHandler(
        connection -> {
          if (refusing) {
            var unused = connection.close();
          } else {
            doorkeeper.opened(connection);
          }
        });
    server.requestHandler(this::handle);
    return server
        .listen()
        .map(
            listening -> {
              keepHouse();
              if (certificate != null) {
                certificate.start();
              }
              return listening.actualPort();
            });
  }

  private void handle(HttpServerRequest request) {
    doorkeeper.arrived(request);
    String path = request.path();
    if (path == null) {
      notFound(request);
    } else if (path.startsWith(SocketIo.PREFIX)
        && (path.length() == SocketIo.PREFIX.length()
            || path.charAt(SocketIo.PREFIX.length()) == '/')) {
      socketIo.handle(request);
    } else if (console != null && ConsoleRequests.takes(path)) {
      console.handle(request);
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      Cors.rest(request);
      Cors.preflight(request);
      var unused = request.response().setStatusCode(200).end();
    } else if (!status.handle(request)) {
      http.handle(request);
    }
  }

  private static void notFound(HttpServerRequest request) {
    var unused = request.response().setStatusCode(404).end();
  }

  private void keepHouse() {
    if (stopped) {
      return;
    }
    var unused = timers.schedule(HOUSEKEEPING, this::keepHouse);
    try {
      tidy(timers.now());
    } catch (RuntimeException e) {
      // The next round is due in any case.
      LOG.log(System.Logger.Level.ERROR, "A round of housekeeping was not finished", e);
    }
  }

  private void tidy(long now) {
    List<Session> expired = state.sessions().expire(now);
    if (!expired.isEmpty()) {
      Set<String> tokens = new HashSet<>();
      expired.forEach(session -> tokens.add(session.token()));
      sockets.expired(tokens);
    }
    state.tokens().sweep(now);
    for (AppSpace space : state.apps().all()) {
      space.presence().sweep(now);
      calls.tick(space, now);
      pushes.unanswered(space.app().id(), space.push().expire(now));
    }
    figures.sample(now, levels());
    calls.tick(now);
    webhooks.tick();
    if (now >= nextTrim) {
      nextTrim = now + TRIMMING.toMillis();
      trim(now);
    }
  }

  private Figures.Levels levels() {
    int connections = 0;
    int live = 0;
    for (AppSpace space : state.apps().all()) {
      connections += space.connections().size();
      live += space.calls().live();
    }
    return new Figures.Levels(sockets.open(), connections, live);
  }

  private void trim(long now) {
    for (AppSpace space : state.apps().all()) {
      App app = space.app();
      if (app.historyMaxAge() > 0 || app.historyPerGroup() > 0) {
        keeper.trim(
            app.id(),
            app.historyMaxAge() > 0 ? now - app.historyMaxAge() : 0,
            app.historyPerGroup());
      }
    }
  }

  /** Says good-bye to all sockets, stops listening, and lets what waits leave for a short time. */
  public Future<?> stop() {
    leaving = true;
    stopped = true;
    webhooks.stop();
    Future<Void> pushed = pushes.stop();
    if (certificate != null) {
      certificate.stop();
    }
    for (SocketSession session : sockets.all(any -> true)) {
      Drain.goodbye(session);
    }
    return Future.join(server.close(), pushed);
  }

  /** Lets no client in from now on, and says good-bye to all sockets, evenly over a time. */
  public Future<Void> drain(Duration time) {
    leaving = true;
    socketIo.close();
    return new Drain(sockets, timers, time).begin();
  }

  /** What the service knows. */
  public ServiceState state() {
    return state;
  }

  /** The failures that were ordered. */
  public Faults faults() {
    return faults;
  }

  /** Bad weather for sockets. */
  public SocketFaults socketFaults() {
    return new SocketFaults(this, sockets);
  }

  /** Stops or resumes taking TCP connections. */
  public void refuse(boolean on) {
    refusing = on;
  }

  /** How many sockets are open. */
  public int openSockets() {
    return sockets.open();
  }

  /** How many sockets were given up because they read too slowly. */
  public long slowConsumers() {
    return sockets.slowConsumers();
  }
}
