package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.HangupReason;
import java.util.Optional;

/**
 * A call is over. The last event of a call.
 *
 * @param client the client
 * @param call the call
 * @param reason why
 * @param text the words of whoever hung up; for {@code REDIRECTED} the endpoint to call instead
 * @param cause what went wrong, if something did
 */
public record CallEnded(
    Client client, Call call, HangupReason reason, Optional<String> text, Optional<Throwable> cause)
    implements CallEvent {}
