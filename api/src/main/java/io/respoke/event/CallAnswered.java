package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * A call was answered: by this side for an incoming call, by the other side for an outgoing one.
 *
 * @param client the client
 * @param call the call
 */
public record CallAnswered(Client client, Call call) implements CallEvent {}
