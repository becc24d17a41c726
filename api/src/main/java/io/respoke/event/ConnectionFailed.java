package io.respoke.event;

import io.respoke.Client;

/**
 * An attempt to connect has failed.
 *
 * @param client the client
 * @param attempt which one in a row, from 1
 * @param error why
 * @param willRetry whether another attempt follows
 */
public record ConnectionFailed(Client client, int attempt, Throwable error, boolean willRetry)
    implements RespokeEvent {}
