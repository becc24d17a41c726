package io.respoke.event;

import io.respoke.Client;
import io.respoke.Message;

/**
 * A private message has come, or the copy of one that another connection of this endpoint sent.
 *
 * @param client the client
 * @param message the message
 */
public record MessageReceived(Client client, Message message) implements MessageEvent {}
