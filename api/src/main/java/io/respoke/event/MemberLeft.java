package io.respoke.event;

import io.respoke.Client;
import io.respoke.Connection;
import io.respoke.Group;

/**
 * Another connection has left a group, or is gone.
 *
 * @param client the client
 * @param group the group
 * @param connection who
 */
public record MemberLeft(Client client, Group group, Connection connection)
    implements RespokeEvent {}
