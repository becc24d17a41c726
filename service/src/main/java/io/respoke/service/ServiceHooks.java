package io.respoke.service;

import io.respoke.service.edge.Engine;
import io.respoke.service.edge.SocketFaults;
import io.respoke.service.routes.Faults;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the service misbehave, for tests of its clients. Every method may be called on any thread
 * and returns when its effect is in place; after the service is closed it throws {@link
 * IllegalStateException}.
 *
 * <p>An endpoint id stands for all its connections, in every app. Orders for a number of requests
 * are used up by the requests they hit.
 */
public final class ServiceHooks {
  private final Loop loop;
  private final Engine engine;
  private final SocketFaults sockets;
  private final Faults faults;

  ServiceHooks(Loop loop, Engine engine) {
    this.loop = loop;
    this.engine = engine;
    this.sockets = engine.socketFaults();
    this.faults = engine.faults();
  }

  /** Cuts the TCP connections of an endpoint's sockets without a close frame; says how many. */
  public int dropConnections(String endpointId) {
    return loop.call(() -> sockets.abort(endpointId));
  }

  /** Cuts the TCP connections of all sockets, registered or not; says how many. */
  public int dropAll() {
    return loop.call(sockets::abortAll);
  }

  /**
   * Closes an endpoint's sockets in good order; says how many.
   *
   * @param code the WebSocket close code, for instance 1000, 1001 or 1012
   * @param sendDisconnectFrame whether {@code 0::} goes before it
   */
  public int closeConnections(String endpointId, int code, boolean sendDisconnectFrame) {
    return loop.call(() -> sockets.close(endpointId, code, sendDisconnectFrame));
  }

  /**
   * Stops reading from and writing to an endpoint's sockets, which stay open; says how many. What
   * would be written waits, and a socket for which too much waits is closed as usual.
   */
  public int stall(String endpointId) {
    return loop.call(() -> sockets.stall(endpointId, true));
  }

  /** Ends {@link #stall} for an endpoint; says for how many sockets. */
  public int resume(String endpointId) {
    return loop.call(() -> sockets.stall(endpointId, false));
  }

  /** Ends every {@link #stall}. */
  public void resume() {
    loop.run(sockets::resumeAll);
  }

  /** Answers the next Socket.IO handshakes with an HTTP status. */
  public void refuseHandshakes(int status, int times) {
    loop.run(() -> faults.refuseHandshakes(status, times));
  }

  /**
   * Answers the next matching requests, over HTTP or a socket, with a failure.
   *
   * @param method the verb, or {@code *} for any
   * @param pathPrefix how the path starts, for instance {@code /v1/tokens}
   * @param body the JSON body, or {@code null} for one that names the status
   */
  public void refuseRoute(
      String method, String pathPrefix, int status, @Nullable JsonObject body, int times) {
    refuse(method, pathPrefix, new Faults.Replacement(status, body, null), times);
  }

  /**
   * Answers the next matching HTTP requests with text that is not JSON, as a proxy would. Requests
   * over a socket cannot be answered so; they get an error body with the status.
   */
  public void answerNonJson(String method, String pathPrefix, int status, String text, int times) {
    refuse(method, pathPrefix, new Faults.Replacement(status, null, text), times);
  }

  private void refuse(String method, String prefix, Faults.Replacement instead, int times) {
    loop.run(() -> faults.refuseRoute(method, prefix, instead, times));
  }

  /** Answers the next requests, of whichever client, with 429. */
  public void rateLimitNext(int requests) {
    loop.run(() -> faults.rateLimit(requests));
  }

  /** Forgets all orders for handshakes, routes and rate limits that are not used up. */
  public void clearRefusals() {
    loop.run(faults::clear);
  }

  /** Forgets all tokens that wait for their exchange; says how many. */
  public int expireTokens() {
    return loop.call(sockets::expireTokens);
  }

  /** Ends all sessions and closes their sockets, as if their ttl had passed; says how many. */
  public int expireSessions() {
    return loop.call(sockets::expireSessions);
  }

  /** Sends every heartbeat this much later than it is due; zero for on time. */
  public void delayHeartbeats(Duration delay) {
    loop.run(() -> sockets.heartbeats(delay, false));
  }

  /** Sends no heartbeats, and waits for none; {@link #delayHeartbeats} starts them again. */
  public void stopHeartbeats() {
    loop.run(() -> sockets.heartbeats(Duration.ZERO, true));
  }

  /** Sends any text as one WebSocket message to an endpoint's sockets; says to how many. */
  public int sendRaw(String endpointId, String text) {
    return loop.call(() -> sockets.sendRaw(endpointId, text));
  }

  /**
   * Closes new TCP connections as soon as they are accepted, before a byte is read. Those that are
   * open stay open.
   */
  public void refuseConnections(boolean refuse) {
    loop.run(() -> engine.refuse(refuse));
  }
}
