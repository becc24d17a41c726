package io.respoke.service.routes;

import io.respoke.service.state.Connection;
import io.respoke.service.state.Outbound;
import org.jspecify.annotations.Nullable;

/** The socket that a request came through. */
public interface SocketPeer extends Outbound {
  /** The connection it has registered, or {@code null}. */
  @Nullable Connection connection();

  /** Binds it to a connection, or with {@code null} to none. */
  void connection(@Nullable Connection connection);

  /**
   * Closes it a few seconds from now unless it registers again: a client that is logging out takes
   * an earlier close for a lost connection (protocol-wire R-7).
   */
  void dropSoon();

  /** Closes it; the reason is for the log. */
  void drop(String reason);
}
