package io.respoke.event;

import io.respoke.Client;
import java.time.Duration;

/**
 * The service has answered 429. Requests are repeated after the wait, at most twice.
 *
 * @param client the client
 * @param request the method and path that met the limit
 * @param retryAfter how long the client waits
 */
public record RateLimitReached(Client client, String request, Duration retryAfter)
    implements RespokeEvent {}
