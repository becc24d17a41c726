package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * The other side has described media it sends, for the first time in this call. That is when
 * respoke.js fires {@code connect}: it says nothing about packets; for those see {@link
 * MediaConnected}.
 *
 * @param client the client
 * @param call the call
 */
public record CallConnected(Client client, Call call) implements CallEvent {}
