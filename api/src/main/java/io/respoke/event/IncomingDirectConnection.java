package io.respoke.event;

import io.respoke.Client;
import io.respoke.DirectConnection;

/**
 * Somebody offers a direct connection.
 *
 * @param client the client
 * @param directConnection what is offered
 */
public record IncomingDirectConnection(Client client, DirectConnection directConnection)
    implements DirectConnectionEvent {}
