package io.respoke.event;

import io.respoke.Client;
import java.time.Duration;
import java.util.Optional;

/**
 * The client waits before its next attempt to come back.
 *
 * @param client the client
 * @param attempt which attempt is next, from 1
 * @param delay how long it waits
 * @param cause why the connection or the last attempt failed
 */
public record Reconnecting(Client client, int attempt, Duration delay, Optional<Throwable> cause)
    implements RespokeEvent {}
