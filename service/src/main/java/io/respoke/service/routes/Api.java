package io.respoke.service.routes;

import io.respoke.service.state.Session;
import java.util.function.BiConsumer;

/** Puts the routes together. */
public final class Api {
  private Api() {}

  /**
   * All routes of the service.
   *
   * @param loggedOut what happens to the sockets of a session whose owner ended it
   */
  public static Router router(
      ServiceState state,
      Settings settings,
      Lifecycle lifecycle,
      BiConsumer<Session, Occasion> loggedOut) {
    Router router = new Router();
    Access access = new Access(state.apps());
    new TokenRoutes(state, settings, access, loggedOut::accept).addTo(router);
    new ConnectionRoutes(state, access, lifecycle).addTo(router);
    new PresenceRoutes(lifecycle).addTo(router);
    new MessageRoutes(access).addTo(router);
    new GroupRoutes(state, access).addTo(router);
    return router;
  }
}
