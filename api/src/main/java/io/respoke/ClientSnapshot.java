package io.respoke;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client at one moment.
 *
 * @param state where it is
 * @param since when it came there
 * @param endpointId its endpoint
 * @param connectionId its connection
 * @param pendingRequests requests that wait for an answer
 * @param waitingEvents events that wait for listeners
 * @param droppedEvents events dropped so far because listeners were too slow
 * @param reconnects how often it came back
 * @param groups groups it is a member of
 * @param observed endpoints it observes
 * @param lastError the latest error, in words
 */
public record ClientSnapshot(
    ConnectionState state,
    Instant since,
    Optional<String> endpointId,
    Optional<String> connectionId,
    int pendingRequests,
    int waitingEvents,
    long droppedEvents,
    int reconnects,
    List<String> groups,
    List<String> observed,
    Optional<String> lastError) {}
