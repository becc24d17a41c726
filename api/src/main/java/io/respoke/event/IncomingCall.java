package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * Somebody calls. A call without any listener for this event is left ringing for the endpoint's
 * other connections; see {@link io.respoke.ClientOptions.Builder#rejectUnhandledCalls}.
 *
 * @param client the client
 * @param call the call, {@code RINGING}
 */
public record IncomingCall(Client client, Call call) implements CallEvent {}
