package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * A previewed call was approved and goes on.
 *
 * @param client the client
 * @param call the call
 */
public record CallApproved(Client client, Call call) implements CallEvent {}
