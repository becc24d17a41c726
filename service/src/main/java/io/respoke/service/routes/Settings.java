package io.respoke.service.routes;

import java.time.Duration;

/**
 * What the options decide for the routes.
 *
 * @param tokenActivation how long a new token may wait for its first exchange
 * @param observerRetention how long the observers of a lost endpoint are kept
 */
public record Settings(Duration tokenActivation, Duration observerRetention) {}
