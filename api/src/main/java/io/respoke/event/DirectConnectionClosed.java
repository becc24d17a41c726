package io.respoke.event;

import io.respoke.Client;
import io.respoke.DirectConnection;
import io.respoke.HangupReason;
import java.util.Optional;

/**
 * A direct connection is over. Its last event.
 *
 * @param client the client
 * @param directConnection the direct connection
 * @param reason why
 * @param text the words of whoever closed it
 * @param cause what went wrong, if something did
 */
public record DirectConnectionClosed(
    Client client,
    DirectConnection directConnection,
    HangupReason reason,
    Optional<String> text,
    Optional<Throwable> cause)
    implements DirectConnectionEvent {}
