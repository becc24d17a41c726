package io.respoke.event;

import io.respoke.Client;

/**
 * After {@link RateLimitReached}, a request has succeeded again.
 *
 * @param client the client
 */
public record RateLimitLifted(Client client) implements RespokeEvent {}
