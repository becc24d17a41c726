package io.respoke.event;

import io.respoke.Client;

/**
 * Something went wrong that no caller waits for.
 *
 * @param client the client
 * @param origin where
 * @param error what
 */
public record ErrorOccurred(Client client, Origin origin, Throwable error) implements RespokeEvent {
  /** Where an error came from. */
  public enum Origin {
    /** A listener threw. Errors of listeners of this very event are only logged. */
    LISTENER,
    /**
     * The service sent something that is no frame, an error frame, or an answer nobody waits for.
     */
    PROTOCOL,
    /** Connecting failed; also reported as {@link ConnectionFailed}. */
    CONNECT,
    /** Presence given in the options could not be announced. */
    PRESENCE,
    /** A presence resolver threw. */
    PRESENCE_RESOLVER,
    /** An application's audio or video source or sink threw. */
    MEDIA,
    /** A hosted conference could not be hosted again after a reconnect. */
    CONFERENCE
  }
}
