package io.respoke.event;

import io.respoke.Client;
import io.respoke.Group;

/**
 * This client is no longer a member of a group: it has left, or an administrator has removed it.
 * Not fired when the connection drops.
 *
 * @param client the client
 * @param group the group
 */
public record GroupLeft(Client client, Group group) implements RespokeEvent {}
