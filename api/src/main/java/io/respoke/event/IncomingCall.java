package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * Somebody calls. A call that nobody here takes is left ringing for the endpoint's other
 * connections.
 *
 * @param client the client
 * @param call what is offered
 */
public record IncomingCall(Client client, Call call) implements RespokeEvent {}
