package io.respoke.event;

import io.respoke.Client;
import io.respoke.DisconnectReason;
import java.util.Optional;

/**
 * The connection has ended. Fired once for each connection that was registered.
 *
 * @param client the client
 * @param reason why
 * @param willReconnect whether the client tries to come back by itself; false also means that a
 *     hand-written loop may connect now
 * @param cause the failure behind it, if there was one
 */
public record Disconnected(
    Client client, DisconnectReason reason, boolean willReconnect, Optional<Throwable> cause)
    implements RespokeEvent {}
