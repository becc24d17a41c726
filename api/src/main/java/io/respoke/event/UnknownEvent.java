package io.respoke.event;

import io.respoke.Client;
import jakarta.json.JsonArray;

/**
 * The service has sent an event that this version does not know, or that lacks what it needs.
 *
 * @param client the client
 * @param name its name
 * @param payload what came, whole
 * @param problem why it is not known
 */
public record UnknownEvent(Client client, String name, JsonArray payload, String problem)
    implements RespokeEvent {}
