package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * All tones of a series were played.
 *
 * @param client the client
 * @param call the call
 */
public record ToneSendingComplete(Client client, Call call) implements CallEvent {}
