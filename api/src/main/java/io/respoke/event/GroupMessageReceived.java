package io.respoke.event;

import io.respoke.Client;
import io.respoke.Group;
import io.respoke.Message;

/**
 * A message was published to a group.
 *
 * @param client the client
 * @param group the group
 * @param message the message
 */
public record GroupMessageReceived(Client client, Group group, Message message)
    implements MessageEvent {}
