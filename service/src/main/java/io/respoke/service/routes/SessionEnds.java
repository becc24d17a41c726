package io.respoke.service.routes;

import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Session;

/** What happens to sockets when what they stand on is taken away by a request. */
public interface SessionEnds {
  /** The owner of a session has ended it: its sockets get no more events and close soon. */
  void loggedOut(Session session, Occasion at);

  /** An administrator ends a connection: its socket closes. */
  void dropped(Connection connection);

  /** An app has been removed: its sockets close. */
  void removed(AppSpace space);
}
