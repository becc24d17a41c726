package io.respoke.event;

import io.respoke.Call;
import io.respoke.CallStatus;
import io.respoke.Client;

/**
 * The other side tells how far an outgoing call has come, before it is answered.
 *
 * @param client the client
 * @param call the call
 * @param status how far
 */
public record CallProgressed(Client client, Call call, CallStatus status) implements CallEvent {}
