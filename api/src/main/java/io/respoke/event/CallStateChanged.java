package io.respoke.event;

import io.respoke.Call;
import io.respoke.CallState;
import io.respoke.Client;
import java.util.Optional;

/**
 * A call has moved on.
 *
 * @param client the client
 * @param call the call
 * @param oldState where it was
 * @param newState where it is
 * @param cause what went wrong, if that moved it
 */
public record CallStateChanged(
    Client client, Call call, CallState oldState, CallState newState, Optional<Throwable> cause)
    implements CallEvent {}
