package io.respoke;

/**
 * A member of a group, as an administrator sees it.
 *
 * @param endpointId whose connection it is
 * @param connectionId the connection
 */
public record Subscriber(String endpointId, String connectionId) {}
