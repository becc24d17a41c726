package io.respoke.event;

import io.respoke.Client;
import io.respoke.ConnectionState;
import java.util.Optional;

/**
 * The client's state has changed.
 *
 * @param client the client
 * @param oldState where it was
 * @param newState where it is
 * @param cause the failure that led here, if one did
 */
public record ConnectionStateChanged(
    Client client, ConnectionState oldState, ConnectionState newState, Optional<Throwable> cause)
    implements RespokeEvent {}
