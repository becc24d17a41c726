package io.respoke.event;

import io.respoke.Client;
import io.respoke.DirectConnection;
import io.respoke.DirectMessage;

/**
 * A message came over a direct connection.
 *
 * @param client the client
 * @param directConnection the direct connection
 * @param message the message
 */
public record DirectMessageReceived(
    Client client, DirectConnection directConnection, DirectMessage message)
    implements DirectConnectionEvent {}
