package io.respoke.event;

import io.respoke.Client;
import java.time.Duration;

/**
 * A lost connection is back. Fired once per drop, when restoring has settled. Messages that were
 * fetched from the history of groups have been queued for their listeners before, ahead of live
 * ones of the same group.
 *
 * @param client the client
 * @param connectionId the new connection
 * @param attempts how many attempts it took
 * @param downtime how long there was no connection
 * @param restored what is as before, what is not, and what cannot be known
 */
public record Reconnected(
    Client client, String connectionId, int attempts, Duration downtime, RestoreReport restored)
    implements RespokeEvent {}
