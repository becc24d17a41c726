package io.respoke.service;

/**
 * How much the service holds at one moment.
 *
 * @param sockets open WebSockets, registered or not
 * @param connections registered connections of all apps
 * @param endpoints endpoints with at least one connection
 * @param sessions live session tokens
 * @param pendingTokens tokens that may still be exchanged
 * @param groups groups of all apps
 * @param observers pairs of an observing and an observed endpoint
 * @param calls calls and direct connections that ring or were answered, as their signals tell
 * @param forgottenCalls those that were forgotten since the start because there were too many
 * @param slowConsumers sockets that were closed since the start because they read too slowly
 */
public record ServiceSnapshot(
    int sockets,
    int connections,
    int endpoints,
    int sessions,
    int pendingTokens,
    int groups,
    int observers,
    int calls,
    long forgottenCalls,
    long slowConsumers) {}
