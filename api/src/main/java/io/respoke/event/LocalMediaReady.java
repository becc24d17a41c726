package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * The media this side sends is open.
 *
 * @param client the client
 * @param call the call
 */
public record LocalMediaReady(Client client, Call call) implements CallEvent {}
