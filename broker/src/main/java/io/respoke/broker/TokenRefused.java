package io.respoke.broker;

import java.util.Optional;

/**
 * A request got no token. It stays refused whatever observers do.
 *
 * @param caller the name of the principal that asked; empty when nobody was authenticated
 * @param endpointId who it wanted to be, in its own words: of any length up to the body's limit,
 *     and unfit for a log as it is
 * @param status the answer: 400, 413 or 415 for what was not understood, 401 without a principal,
 *     403 by the policy, 500 when the policy failed, 502 or 503 when the service could not be asked
 * @param reason why, for the application
 */
public record TokenRefused(
    Optional<String> caller, Optional<String> endpointId, int status, String reason)
    implements TokenEvent {}
