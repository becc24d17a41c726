package io.respoke.event;

import io.respoke.DirectConnection;

/**
 * Something that happened to a direct connection. Events of one direct connection are delivered in
 * order.
 */
public sealed interface DirectConnectionEvent extends RespokeEvent
    permits IncomingDirectConnection,
        DirectConnectionStateChanged,
        DirectConnectionOpened,
        DirectMessageReceived,
        DirectConnectionClosed {
  /** Which direct connection. */
  DirectConnection directConnection();
}
