package io.respoke.event;

import io.respoke.Client;
import io.respoke.DirectConnection;

/**
 * Data can be sent.
 *
 * @param client the client
 * @param directConnection the direct connection
 */
public record DirectConnectionOpened(Client client, DirectConnection directConnection)
    implements DirectConnectionEvent {}
