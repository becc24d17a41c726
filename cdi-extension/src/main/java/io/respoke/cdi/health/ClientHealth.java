package io.respoke.cdi.health;

import io.respoke.ConnectionState;
import java.time.Instant;

/**
 * How a client is.
 *
 * @param ready whether it is connected, or nobody wants it to be
 * @param state where it is
 * @param since when it came there
 */
public record ClientHealth(boolean ready, ConnectionState state, Instant since) {}
