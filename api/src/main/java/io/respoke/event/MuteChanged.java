package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;

/**
 * One kind of media was muted or is heard again, in one direction. Only this side knows.
 *
 * @param client the client
 * @param call the call
 * @param kind which kind
 * @param flow which direction
 * @param muted whether it is muted now
 */
public record MuteChanged(Client client, Call call, MediaKind kind, MediaFlow flow, boolean muted)
    implements CallEvent {}
