package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * One key tone was played to the other side.
 *
 * @param client the client
 * @param call the call
 * @param tone the tone
 */
public record ToneSent(Client client, Call call, String tone) implements CallEvent {}
