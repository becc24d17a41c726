package io.respoke.event;

import io.respoke.CallState;
import io.respoke.Client;
import io.respoke.DirectConnection;
import java.util.Optional;

/**
 * A direct connection has moved on.
 *
 * @param client the client
 * @param directConnection the direct connection
 * @param oldState where it was
 * @param newState where it is
 * @param cause what went wrong, if that moved it
 */
public record DirectConnectionStateChanged(
    Client client,
    DirectConnection directConnection,
    CallState oldState,
    CallState newState,
    Optional<Throwable> cause)
    implements DirectConnectionEvent {}
