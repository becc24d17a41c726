package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;

/**
 * The path between the two sides is there and secured: media can flow. Again after {@link
 * MediaInterrupted}.
 *
 * @param client the client
 * @param call the call
 */
public record MediaConnected(Client client, Call call) implements CallEvent {}
