package io.respoke.service.edge;

import io.respoke.service.routes.Api;
import io.respoke.service.routes.Keeper;
import io.respoke.service.routes.Lifecycle;
import io.respoke.service.routes.ServiceState;
import io.respoke.service.routes.Settings;
import io.respoke.service.routes.WorkingSet;
import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.Figures;
import io.respoke.service.state.Limits;
import io.respoke.service.state.SessionStore;
import io.respoke.service.state.TokenStore;
import io.respoke.service.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The routes that the service has. */
public final class RouteNames {
  private RouteNames() {}

  /** Settings of which only the time a handshake waits for its transport matters. */
  static EdgeSettings edge(Duration closeTimeout) {
    return new EdgeSettings(
        "",
        0,
        Duration.ZERO,
        Duration.ZERO,
        closeTimeout,
        Duration.ZERO,
        0,
        Duration.ZERO,
        0,
        null,
        MetricsAccess.NOBODY,
        null,
        false,
        Duration.ofSeconds(10),
        (app, note) -> {});
  }

  /** Each as method and template. */
  public static List<String> all() {
    Limits limits = Limits.of(0, 0);
    AppRegistry apps = new AppRegistry();
    Lifecycle lifecycle = new Lifecycle(Duration.ZERO);
    return new Api(
            new ServiceState(
                "",
                apps,
                new TokenStore(false, 1),
                new SessionStore(1),
                new AdminSessions(Map.of(), Map.of()),
                limits),
            new Settings(
                Duration.ZERO, Duration.ZERO, "", null, Duration.ZERO, Duration.ZERO, Map.of()),
            lifecycle,
            new Keeper(Storage.inMemory(1, 1), new WorkingSet("", apps, limits), Runnable::run),
            task -> CompletableFuture.completedFuture(task.get()),
            new Sockets(edge(Duration.ZERO), new VertxTimers(null), lifecycle),
            new Figures())
        .router()
        .templates();
  }
}
