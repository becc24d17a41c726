package io.respoke;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link TokenProvider} is told.
 *
 * @param baseUrl the service, without {@code /v1}
 * @param appId the app from the options
 * @param endpointId the endpoint from the options
 * @param attempt which attempt in a row this is, from 1
 * @param previousFailure why the attempt before this one failed
 * @param timeout how long the answer is waited for
 */
public record TokenRequest(
    String baseUrl,
    Optional<String> appId,
    Optional<String> endpointId,
    int attempt,
    Optional<Throwable> previousFailure,
    Duration timeout) {}
