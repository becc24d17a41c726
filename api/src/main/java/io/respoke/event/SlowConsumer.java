package io.respoke.event;

import io.respoke.Client;
import io.respoke.OverflowPolicy;

/**
 * Events came faster than listeners took them and the queue of one source is full. Fired when
 * dropping begins, and again with the total when the queue has been emptied.
 *
 * @param client the client
 * @param source whose events: {@code client}, {@code endpoint:<id>}, {@code group:<id>} or {@code
 *     flow}
 * @param dropped how many events were dropped since it began
 * @param policy what is done
 */
public record SlowConsumer(Client client, String source, long dropped, OverflowPolicy policy)
    implements RespokeEvent {}
