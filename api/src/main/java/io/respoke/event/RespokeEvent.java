package io.respoke.event;

import io.respoke.Client;

/**
 * Something that happened to a client. Events of one source (the client, one endpoint, one group,
 * one call, one direct connection) are delivered in order; events of different sources are not
 * ordered among each other.
 *
 * <p>Sealed so that the vocabulary is visible in one place; new records may come in minor versions.
 */
public sealed interface RespokeEvent
    permits ConnectionStateChanged,
        Connected,
        ConnectionFailed,
        Disconnected,
        Reconnecting,
        Reconnected,
        MessageEvent,
        OwnPresenceChanged,
        PresenceChanged,
        GroupJoined,
        GroupLeft,
        MemberJoined,
        MemberLeft,
        CallEvent,
        DirectConnectionEvent,
        RateLimitReached,
        RateLimitLifted,
        SlowConsumer,
        UnknownEvent,
        ErrorOccurred {
  /** Whom it happened to. */
  Client client();
}
