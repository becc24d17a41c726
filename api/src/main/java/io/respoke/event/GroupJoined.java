package io.respoke.event;

import io.respoke.Client;
import io.respoke.Group;

/**
 * This client has become a member of a group, by itself or by an administrator. Not fired when a
 * membership is restored after a reconnect; see {@link Reconnected}.
 *
 * @param client the client
 * @param group the group
 */
public record GroupJoined(Client client, Group group) implements RespokeEvent {}
