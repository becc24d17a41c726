package io.respoke.event;

import io.respoke.Client;

/**
 * A connect that was asked for has succeeded. Coming back after a drop is {@link Reconnected}.
 *
 * @param client the client
 * @param endpointId who it is, as the service spells it
 * @param connectionId the new connection
 */
public record Connected(Client client, String endpointId, String connectionId)
    implements RespokeEvent {}
