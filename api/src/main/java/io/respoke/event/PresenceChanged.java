package io.respoke.event;

import io.respoke.Client;
import io.respoke.Connection;
import io.respoke.Endpoint;
import io.respoke.Presence;
import java.util.Optional;

/**
 * A connection of an observed endpoint has announced presence, or is gone. Fired for every such
 * change, also when the endpoint's resolved presence stays the same.
 *
 * @param client the client
 * @param endpoint whose
 * @param connection the connection that changed; empty when several were learnt at once
 * @param oldPresence the endpoint's resolved presence before
 * @param presence the endpoint's resolved presence now
 */
public record PresenceChanged(
    Client client,
    Endpoint endpoint,
    Optional<Connection> connection,
    Presence oldPresence,
    Presence presence)
    implements RespokeEvent {}
