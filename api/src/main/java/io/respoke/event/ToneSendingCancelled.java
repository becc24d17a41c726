package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * A series of tones was cancelled.
 *
 * @param client the client
 * @param call the call
 * @param cancelledTones what was not played
 */
public record ToneSendingCancelled(Client client, Call call, String cancelledTones)
    implements CallEvent {}
