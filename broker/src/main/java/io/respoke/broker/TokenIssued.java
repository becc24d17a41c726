package io.respoke.broker;

import io.respoke.RoleRef;
import java.time.Duration;
import java.time.Instant;

/**
 * A token was minted. An observer that throws keeps it from the caller, who is answered with 500.
 *
 * @param caller the name of the principal that asked
 * @param endpointId who the token's bearer will be
 * @param role what the bearer may do
 * @param ttl how long the session will last
 * @param expiresAt when the session will end, as the service has answered
 */
public record TokenIssued(
    String caller, String endpointId, RoleRef role, Duration ttl, Instant expiresAt)
    implements TokenEvent {}
