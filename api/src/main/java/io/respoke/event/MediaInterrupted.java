package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * Nothing comes from the other side at this moment. {@link MediaConnected} follows if that passes,
 * {@link CallEnded} if not.
 *
 * @param client the client
 * @param call the call
 */
public record MediaInterrupted(Client client, Call call) implements CallEvent {}
