package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.media.MediaKind;

/**
 * The other side has described media of a kind that it sends; respoke.js calls it {@code
 * remote-stream-received}.
 *
 * @param client the client
 * @param call the call
 * @param kind which kind
 */
public record RemoteMediaReceived(Client client, Call call, MediaKind kind) implements CallEvent {}
