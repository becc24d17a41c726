package io.respoke.service.routes;

import io.respoke.service.state.Connection;
import io.respoke.service.state.Outbound;
import io.respoke.service.state.Session;
import org.jspecify.annotations.Nullable;

/** The socket that a request came through. */
public interface SocketPeer extends Outbound {
  /** The connection it has registered, or {@code null}. */
  @Nullable Connection connection();

  /**
   * Binds it to a connection.
   *
   * @param by the session whose credentials registered it, which may be another than the socket's
   *     own, or {@code null}; the connection ends with either
   */
  void bind(Connection connection, @Nullable Session by);

  /** Binds it to none. */
  void unbind();

  /**
   * Closes it a few seconds from now unless it registers again: a client that is logging out takes
   * an earlier close for a lost connection (protocol-wire R-7).
   */
  void dropSoon();

  /** Closes it; the reason is for the log. */
  void drop(String reason);
}
