package io.respoke.tyrus;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.channels.ShutdownChannelGroupException;
import org.glassfish.tyrus.spi.ClientEngine.TimeoutHandler;
import org.glassfish.tyrus.spi.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What there is of one connection in Tyrus: the thread that opens it, then its socket, then its
 * session. Its work is to drop whatever there is, at any time, once and for all. It never calls
 * Tyrus with its lock held.
 */
final class TyrusLink {
  private static final CloseReason DROPPED = new CloseReason(CloseCodes.CLOSED_ABNORMALLY, "");

  private final TyrusTransport transport;
  private boolean dropped;
  private boolean interrupted;
  private @Nullable Thread opener;
  private @Nullable TimeoutHandler socket;
  private Connection.@Nullable CloseListener upgraded;
  private volatile @Nullable LinkedWriter writer;
  private @Nullable Connection connection;
  private volatile @Nullable Session session;

  TyrusLink(TyrusTransport transport) {
    this.transport = transport;
  }

  /** Whether the calling thread may begin to open the connection; {@link #opened} must follow. */
  synchronized boolean opening() {
    opener = Thread.currentThread();
    return !dropped;
  }

  /** The calling thread opens no more, whether it has succeeded or not. */
  synchronized void opened() {
    opener = null;
    socket = null;
    if (interrupted) {
      // The interrupt was ours and has done its work: the thread belongs to somebody else.
      Thread.interrupted();
    }
  }

  void connecting(TimeoutHandler closesSocket) {
    boolean late;
    synchronized (this) {
      socket = closesSocket;
      late = dropped;
    }
    if (late) {
      drop();
    }
  }

  void upgraded(LinkedWriter writer, Connection.CloseListener closesSocket) {
    this.writer = writer;
    synchronized (this) {
      upgraded = closesSocket;
    }
  }

  Connection connected(Connection tyrus) {
    Connection linked = new LinkedConnection(tyrus, transport, transport.maxMessageSize());
    boolean late;
    synchronized (this) {
      connection = linked;
      late = dropped;
    }
    if (late) {
      drop();
    }
    return linked;
  }

  /** Whether the socket must stay open until the peer has answered our close frame. */
  boolean awaitsClose() {
    return transport.isClosing();
  }

  void session(Session session) {
    this.session = session;
  }

  @Nullable Session session() {
    return session;
  }

  /** Ends the connection without a closing handshake, wherever it stands. Idempotent. */
  void drop() {
    TimeoutHandler opening;
    Connection.CloseListener handshaken;
    Connection open;
    synchronized (this) {
      dropped = true;
      opening = socket;
      handshaken = upgraded;
      open = connection;
      if (opener != null && !interrupted && opener != Thread.currentThread()) {
        interrupted = true;
        opener.interrupt();
      }
    }
    if (handshaken != null) {
      try {
        handshaken.close(DROPPED);
        if (open != null) {
          // Tells the session, so that Tyrus forgets it.
          open.close(DROPPED);
        }
      } catch (ShutdownChannelGroupException e) {
        // The pool has ended, and its sockets with it.
      }
    } else if (opening != null) {
      try {
        opening.handleTimeout();
      } catch (RuntimeException e) {
        // Tyrus has no socket yet; its opener was interrupted.
      }
    }
  }

  /** Has Tyrus look whether it has overlooked a message. */
  void nudge() {
    LinkedWriter open = writer;
    if (open != null) {
      open.nudge();
    }
  }

  /** Sends a close frame after all that was sent. */
  void close(int code, String reason) throws IOException {
    Session open = session;
    if (open != null) {
      open.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
    }
  }
}
