package io.respoke;

/** Where a client is between being made and being closed. */
public enum ConnectionState {
  /**
   * Not connected and not trying.
   *
   * <p>Entered: at creation; from {@link #CONNECTING} when a connect fails and is not retried; from
   * {@link #CONNECTED} when the connection is lost and reconnect is off; from {@link
   * #DISCONNECTING}. Left: by {@code connect} to {@link #CONNECTING}, by {@code close} to {@link
   * #CLOSED}.
   */
  DISCONNECTED,
  /**
   * Getting a token, exchanging it, opening the socket, registering the connection.
   *
   * <p>Entered: from {@link #DISCONNECTED} by {@code connect}; from {@link #RECONNECTING} when its
   * wait is over. Left: to {@link #CONNECTED}; to {@link #RECONNECTING} or {@link #DISCONNECTED} on
   * failure; to {@link #DISCONNECTED} by {@code disconnect}, to {@link #CLOSED} by {@code close}.
   */
  CONNECTING,
  /**
   * Registered with the service.
   *
   * <p>Entered: from {@link #CONNECTING}. Left: to {@link #RECONNECTING} or {@link #DISCONNECTED}
   * when the connection is lost; to {@link #DISCONNECTING} by {@code disconnect} or {@code close}.
   */
  CONNECTED,
  /**
   * Waiting before the next attempt.
   *
   * <p>Entered: from {@link #CONNECTED} or {@link #CONNECTING} when reconnect is on and the error
   * is not terminal. Left: to {@link #CONNECTING} when the wait is over or on {@code reconnectNow};
   * to {@link #DISCONNECTED} when a limit is reached or by {@code disconnect}; to {@link #CLOSED}.
   */
  RECONNECTING,
  /**
   * Logging out.
   *
   * <p>Entered: from {@link #CONNECTED} by {@code disconnect} or {@code close}. Left, in bounded
   * time: to {@link #DISCONNECTED}, or to {@link #CLOSED} when {@code close} was called.
   */
  DISCONNECTING,
  /**
   * Closed for good.
   *
   * <p>Entered: by {@code close}, from {@link #CONNECTED} by way of {@link #DISCONNECTING}. Never
   * left.
   */
  CLOSED
}
