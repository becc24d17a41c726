package io.respoke.spi;

import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import java.time.Duration;
import java.util.Map;

/**
 * Is told what is worth counting. Calls come from the engine's own threads, or from the caller's
 * where a method says so: they must return at once, must not block and must not throw. Every method
 * does nothing by default, so that new ones can be added.
 */
public interface Telemetry {
  /** Does nothing. */
  Telemetry NONE = new Telemetry() {};

  /**
   * The client exists; told first, once. What has to be asked for instead of told, for example
   * {@link Client#inspect()}, is asked of it, on any thread, until {@link #closed()}.
   */
  default void created(Client client) {}

  /** The client's state has changed. */
  default void stateChanged(ConnectionState oldState, ConnectionState newState) {}

  /** A lost connection is back. */
  default void reconnected(Duration downtime, int attempts) {}

  /**
   * A request has ended.
   *
   * @param method the verb
   * @param route the path with ids replaced by {@code {id}}, fit for a metric's tag
   * @param outcome how it ended
   * @param latency from the call to the end
   */
  default void requestEnded(String method, String route, Outcome outcome, Duration latency) {}

  /** How many requests wait for an answer, after each change. */
  default void pendingRequests(int count) {}

  /** A message has come. */
  default void messageReceived(boolean inGroup) {}

  /** The service has taken a message. */
  default void messageSent(boolean inGroup) {}

  /** A call has begun. Direct connections are not told. */
  default void callStarted(boolean incoming) {}

  /**
   * A call that has begun is over.
   *
   * @param reason why
   * @param connected how long it was connected; zero if it never was
   */
  default void callEnded(boolean incoming, HangupReason reason, Duration connected) {}

  /**
   * What is to go along with a call or a direct connection that this client starts, as members of
   * its metadata; for example {@code traceparent}. Asked on the thread that starts it. Added to
   * metadata that is an object, or is not there; never over a member of the application's.
   */
  default Map<String, String> callContext() {
    return Map.of();
  }

  /**
   * What is to go along with a message that this client sends, as members of the message. Asked on
   * the thread that sends it. Added to a message that is an object only, never over a member of the
   * application's.
   *
   * @apiNote it changes what other clients receive: do so for who has asked for it
   */
  default Map<String, String> messageContext() {
    return Map.of();
  }

  /** Events that were dropped because listeners were too slow. */
  default void eventsDropped(long count) {}

  /** The client was closed; no call follows. */
  default void closed() {}

  /** How a request ends; exactly one of these. */
  enum Outcome {
    /** With an answer. */
    SUCCESS,
    /** With a refusal by the service. */
    REJECTED,
    /** Without an answer in time. */
    TIMEOUT,
    /** With the connection, or for lack of one. */
    CONNECTION_LOST,
    /** At a limit, unsent. */
    OVERFLOW
  }
}
