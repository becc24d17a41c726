package io.respoke.service.routes;

import io.respoke.service.state.Figures;

/** Puts the routes together. */
public final class Api {
  private final Router router = new Router();
  private final CallWatch calls;

  /**
   * All routes of the service.
   *
   * @param keeper keeps what must outlive the service
   * @param slowWork checks passwords
   * @param ends what happens to sockets when a session or an app goes
   * @param figures where messages, signals and calls are counted
   */
  public Api(
      ServiceState state,
      Settings settings,
      Lifecycle lifecycle,
      Keeper keeper,
      SlowWork slowWork,
      SessionEnds ends,
      Figures figures) {
    SignalDelivery delivery = new SignalDelivery();
    calls = new CallWatch(delivery, settings.ringing(), settings.callGrace());
    Access access = new Access(state.apps());
    Turns turns = new Turns(state.apps());
    new TokenRoutes(state, settings, access, slowWork, ends).addTo(router);
    new ConnectionRoutes(state, access, lifecycle, keeper).addTo(router);
    new PresenceRoutes(lifecycle).addTo(router);
    new MessageRoutes(access, figures).addTo(router);
    new HistoryRoutes(access, keeper).addTo(router);
    new GroupRoutes(state, access, keeper, figures).addTo(router);
    new SignalRoutes(access, settings, delivery, figures).addTo(router);
    new ConferenceRoutes(access, calls).addTo(router);
    new TurnRoutes(settings).addTo(router);
    // before the apps, whose ids match greedily
    new LiveRoutes(state.apps(), ends).addTo(router);
    new WebhookRoutes(state.apps(), access, keeper, turns).addTo(router);
    new PushRoutes(state.apps(), access, keeper, turns).addTo(router);
    new FigureRoutes(figures).addTo(router);
    new AppRoutes(state, keeper, turns, ends::removed).addTo(router);
    new RoleRoutes(state, access, keeper, turns).addTo(router);
    new PostedRoutes(access, keeper).addTo(router);
  }

  /** The routes. */
  public Router router() {
    return router;
  }

  /** What has to be done from time to time. */
  public CallWatch calls() {
    return calls;
  }
}
