package io.respoke.service.edge;

import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Lifecycle;
import io.respoke.service.routes.Occasion;
import io.respoke.service.routes.SessionEnds;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Ids;
import io.respoke.service.state.LogText;
import io.respoke.service.state.SdkProfile;
import io.respoke.service.state.Session;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All Socket.IO sessions, by their ids. */
final class Sockets implements SocketSession.Owner, SessionEnds {
  private static final System.Logger LOG = System.getLogger(Sockets.class.getName());
  private static final int LIMIT = 200_000;

  /** A client opens its transport at once, so a few seconds of a flood are enough to remember. */
  private static final int REFUSED_LIMIT = 20_000;

  private final EdgeSettings settings;
  private final Timers timers;
  private final Lifecycle lifecycle;
  private final Heart.Rhythm rhythm;
  private final Map<String, SocketSession> sessions = new LinkedHashMap<>();
  private final RefusedHandshakes refused;
  private BiConsumer<SocketSession, String> receiver = (session, text) -> {};
  private long slowConsumers;

  Sockets(EdgeSettings settings, Timers timers, Lifecycle lifecycle) {
    this.settings = settings;
    this.timers = timers;
    this.lifecycle = lifecycle;
    this.refused = new RefusedHandshakes(REFUSED_LIMIT, settings.closeTimeout());
    this.rhythm = new Heart.Rhythm(settings.heartbeatInterval(), settings.heartbeatTimeout());
  }

  void receiver(BiConsumer<SocketSession, String> target) {
    receiver = target;
  }

  Heart.Rhythm rhythm() {
    return rhythm;
  }

  /** How many sockets were given up because they read too slowly. */
  long slowConsumers() {
    return slowConsumers;
  }

  int open() {
    int open = 0;
    for (SocketSession session : sessions.values()) {
      if (session.open()) {
        open++;
      }
    }
    return open;
  }

  /** A new session that waits for its transport; {@code null} when there are too many. */
  @Nullable SocketSession handshake(
      Credentials credentials,
      @Nullable Session session,
      SdkProfile sdk,
      AckForm form,
      String remoteAddress) {
    if (sessions.size() >= LIMIT) {
      return null;
    }
    SocketSession socket =
        new SocketSession(
            Ids.socket(),
            credentials,
            session == null ? null : session.token(),
            sdk,
            form,
            remoteAddress,
            this);
    sessions.put(socket.sid(), socket);
    var unused =
        timers.schedule(
            settings.closeTimeout(),
            () -> {
              if (!socket.open()) {
                socket.end(false);
              }
            });
    return socket;
  }

  /** The id for a client that is told on its transport that it is not welcome. */
  String refuse() {
    String sid = Ids.socket();
    refused.add(sid, timers.now());
    return sid;
  }

  /** Whether a session waits for its transport or has it. */
  boolean knows(String sid) {
    return sessions.containsKey(sid);
  }

  /** A client has said over HTTP that it goes. */
  void leave(String sid) {
    boolean unused = refused.take(sid, timers.now());
    SocketSession session = sessions.get(sid);
    if (session != null) {
      session.leave();
    }
  }

  /**
   * Binds a WebSocket to the session with an id, or tells it why not. The session is looked up now:
   * it may have ended while the WebSocket was being opened.
   */
  void opened(String sid, ServerWebSocket webSocket) {
    SocketSession session = sessions.get(sid);
    if (webSocket.isClosed()) {
      if (session != null) {
        session.end(false);
      }
    } else if (refused.take(sid, timers.now())) {
      refuse(webSocket, "7:::2");
    } else if (session == null || session.open()) {
      refuse(webSocket, "7:::1+0");
    } else {
      session.opened(webSocket, settings.outboundLimit(), timers, rhythm);
    }
  }

  private static void refuse(ServerWebSocket webSocket, String frame) {
    var unusedWrite = webSocket.writeTextMessage(frame);
    var unusedClose = webSocket.close();
  }

  @Override
  public void ended(SocketSession session, boolean clean) {
    sessions.remove(session.sid());
    Connection connection = session.connection();
    if (connection != null) {
      lifecycle.end(connection, clean, Occasion.at(timers.now()));
    }
  }

  @Override
  public void received(SocketSession session, String text) {
    receiver.accept(session, text);
  }

  @Override
  public void overflowed(SocketSession session) {
    slowConsumers++;
    Connection connection = session.connection();
    LOG.log(
        System.Logger.Level.WARNING,
        "closing the socket of {0}: more than {1} characters wait to be read",
        connection == null ? "an unregistered client" : LogText.of(connection.endpointId()),
        Integer.toString(settings.outboundLimit()));
    session.abort();
  }

  @Override
  public Timers.Timer dropLater(SocketSession session) {
    return timers.schedule(
        settings.logoutGrace(),
        () -> {
          if (session.connection() == null) {
            session.drop("logged out");
          }
        });
  }

  @Override
  public void loggedOut(Session session, Occasion at) {
    Set<String> token = Set.of(session.token());
    for (SocketSession socket : all(s -> s.hangsOn(token))) {
      Connection connection = socket.connection();
      if (connection != null) {
        socket.unbind();
        lifecycle.end(connection, true, at);
      }
      socket.dropSoon();
    }
  }

  @Override
  public void dropped(Connection connection) {
    for (SocketSession socket : all(s -> s.connection() == connection)) {
      socket.drop("dropped by an administrator");
    }
  }

  @Override
  public void removed(AppSpace space) {
    for (SocketSession socket : all(s -> isIn(space, s.connection()))) {
      socket.drop("app removed");
    }
  }

  private static boolean isIn(AppSpace space, @Nullable Connection connection) {
    return connection != null && connection.space() == space;
  }

  /** Closes the sockets of sessions that have expired. */
  void expired(Set<String> sessionTokens) {
    for (SocketSession socket : all(s -> s.hangsOn(sessionTokens))) {
      socket.drop("session expired");
    }
  }

  /** The sessions of an endpoint's connections, in whichever app. */
  List<SocketSession> of(String endpointId) {
    return all(
        session -> {
          Connection connection = session.connection();
          return connection != null && connection.endpointId().equals(endpointId);
        });
  }

  /** A copy of those sessions that match. */
  List<SocketSession> all(Predicate<SocketSession> which) {
    List<SocketSession> found = new ArrayList<>();
    for (SocketSession session : sessions.values()) {
      if (which.test(session)) {
        found.add(session);
      }
    }
    return found;
  }
}
