package io.respoke.service.routes;

/** Puts the routes together. */
public final class Api {
  private Api() {}

  /**
   * All routes of the service.
   *
   * @param ends what happens to sockets when a session or an app goes
   */
  public static Router router(
      ServiceState state, Settings settings, Lifecycle lifecycle, SessionEnds ends) {
    Router router = new Router();
    Access access = new Access(state.apps());
    new TokenRoutes(state, settings, access, ends).addTo(router);
    new ConnectionRoutes(state, access, lifecycle).addTo(router);
    new PresenceRoutes(lifecycle).addTo(router);
    new MessageRoutes(access).addTo(router);
    new HistoryRoutes(access).addTo(router);
    new GroupRoutes(state, access).addTo(router);
    new SignalRoutes(access).addTo(router);
    new TurnRoutes(settings).addTo(router);
    new AppRoutes(state, ends::removed).addTo(router);
    new RoleRoutes(state, access).addTo(router);
    new PostedRoutes(access).addTo(router);
    return router;
  }
}
