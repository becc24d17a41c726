package io.respoke.service.edge;

import io.respoke.service.state.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bad weather for sockets, made to order. Called on the event loop only. */
public final class SocketFaults {
  private final Engine engine;
  private final Sockets sockets;

  SocketFaults(Engine engine, Sockets sockets) {
    this.engine = engine;
    this.sockets = sockets;
  }

  /** Cuts the TCP connections of an endpoint's sockets; says how many. */
  public int abort(String endpointId) {
    return abort(sockets.of(endpointId));
  }

  /** Cuts all TCP connections of sockets; says how many. */
  public int abortAll() {
    return abort(sockets.all(SocketSession::open));
  }

  private static int abort(List<SocketSession> sessions) {
    sessions.forEach(SocketSession::abort);
    return sessions.size();
  }

  /** Closes an endpoint's sockets in good order; says how many. */
  public int close(String endpointId, int code, boolean disconnectFrame) {
    List<SocketSession> sessions = sockets.of(endpointId);
    sessions.forEach(session -> session.close(code, disconnectFrame, false));
    return sessions.size();
  }

  /** Stops or resumes reading and writing on an endpoint's sockets; says how many. */
  public int stall(String endpointId, boolean on) {
    List<SocketSession> sessions = sockets.of(endpointId);
    sessions.forEach(session -> session.stall(on));
    return sessions.size();
  }

  /** Resumes all sockets. */
  public void resumeAll() {
    sockets.all(SocketSession::open).forEach(session -> session.stall(false));
  }

  /** Sends any text to an endpoint's sockets; says to how many. */
  public int sendRaw(String endpointId, String text) {
    List<SocketSession> sessions = sockets.of(endpointId);
    sessions.forEach(session -> session.send(text));
    return sessions.size();
  }

  /** Makes heartbeats late, or stops them with their deadlines. */
  public void heartbeats(Duration delay, boolean stopped) {
    sockets.rhythm().delay = delay;
    sockets.rhythm().stopped = stopped;
  }

  /** Forgets all tokens that wait for their exchange; says how many. */
  public int expireTokens() {
    return engine.state().tokens().clear();
  }

  /** Ends all sessions and closes their sockets; says how many sessions. */
  public int expireSessions() {
    List<Session> expired = engine.state().sessions().expire(Long.MAX_VALUE);
    Set<String> tokens = new HashSet<>();
    expired.forEach(session -> tokens.add(session.token()));
    sockets.expired(tokens);
    return expired.size();
  }
}
