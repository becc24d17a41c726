package io.respoke;

/** Why a connection ended. */
public enum DisconnectReason {
  /** {@link Client#disconnect()} or {@link Client#close()} was called. */
  REQUESTED,
  /** The service said so: a disconnect or error frame, or a close of the socket. */
  SERVER_CLOSED,
  /** The socket broke. */
  NETWORK,
  /** Nothing came for longer than the service's heartbeat timeout. */
  HEARTBEAT_TIMEOUT,
  /** A frame could not be written in time. */
  SEND_TIMEOUT,
  /** A frame was larger than the limit, or not a frame at all. */
  PROTOCOL_ERROR,
  /** Listeners were too slow and the overflow policy is {@link OverflowPolicy#DISCONNECT}. */
  SLOW_CONSUMER
}
