package io.respoke.event;

import io.respoke.Client;
import io.respoke.Presence;

/**
 * The service has taken this client's presence.
 *
 * @param client the client
 * @param presence what was announced
 */
public record OwnPresenceChanged(Client client, Presence presence) implements RespokeEvent {}
