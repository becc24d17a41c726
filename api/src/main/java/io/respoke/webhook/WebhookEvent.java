package io.respoke.webhook;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in an app, as its service reports it. Immutable. Types that this version
 * does not know, and those that lack what they need, are {@link Unknown}; new records may come in
 * minor versions, so a {@code switch} needs a default branch.
 */
public sealed interface WebhookEvent {
  /** What all events have. */
  Envelope envelope();

  /**
   * What all events have.
   *
   * @param type its name on the wire
   * @param requestId identifies this event, over all attempts to deliver it; some events of the
   *     former hosted service have none
   * @param appId the app; empty when it is not given
   * @param endpointId whom it is about
   * @param connectionId which connection of the endpoint
   * @param time when it happened, to the second
   * @param json all of it
   */
  record Envelope(
      String type,
      Optional<String> requestId,
      String appId,
      Optional<String> endpointId,
      Optional<String> connectionId,
      Instant time,
      JsonObject json) {}

  /**
   * {@code endpointConnected}: a connection was registered.
   *
   * @param envelope what all events have
   * @param endpointId whose
   */
  record EndpointConnected(Envelope envelope, String endpointId) implements WebhookEvent {}

  /**
   * {@code endpointDisconnected}: a connection is gone.
   *
   * @param envelope what all events have
   * @param endpointId whose
   */
  record EndpointDisconnected(Envelope envelope, String endpointId) implements WebhookEvent {}

  /**
   * {@code groupJoined}: a connection has joined a group.
   *
   * @param envelope what all events have
   * @param endpointId whose
   * @param group the group
   */
  record GroupJoined(Envelope envelope, String endpointId, String group) implements WebhookEvent {}

  /**
   * {@code groupLeft}: a connection has left a group.
   *
   * @param envelope what all events have
   * @param endpointId whose
   * @param group the group
   */
  record GroupLeft(Envelope envelope, String endpointId, String group) implements WebhookEvent {}

  /**
   * {@code message}: a message was sent to an endpoint or published to a group.
   *
   * @param envelope what all events have
   * @param endpointId the sender
   * @param to the endpoint it was sent to; empty for a group
   * @param group the group it was published to; empty for an endpoint
   * @param message its body
   */
  record MessageSent(
      Envelope envelope,
      String endpointId,
      Optional<String> to,
      Optional<String> group,
      JsonValue message)
      implements WebhookEvent {}

  /**
   * {@code callStarted}: an offer was sent.
   *
   * @param envelope what all events have
   * @param sessionId identifies the call
   * @param endpointId the caller
   * @param to who is called
   */
  record CallStarted(Envelope envelope, String sessionId, String endpointId, String to)
      implements WebhookEvent {}

  /**
   * {@code callAnswered}: the first answer was sent.
   *
   * @param envelope what all events have; its connection is the one that answered
   * @param sessionId identifies the call
   * @param endpointId who answered
   */
  record CallAnswered(Envelope envelope, String sessionId, String endpointId)
      implements WebhookEvent {}

  /**
   * {@code callEnded}: the call is over, answered or not.
   *
   * @param envelope what all events have
   * @param sessionId identifies the call
   * @param reason what was given as the reason
   */
  record CallEnded(Envelope envelope, String sessionId, Optional<String> reason)
      implements WebhookEvent {}

  /**
   * {@code pushEvent}: a message may become a push notification. Answer with {@code POST
   * /v1/push-notification/{pushNotificationId}} to have it sent.
   *
   * @param envelope what all events have
   * @param pushNotificationId identifies the notification
   * @param endpointId who would be notified
   * @param pushText what the service proposes to show
   * @param originalMsg the message
   * @param config the rules that let it through
   */
  record PushRequested(
      Envelope envelope,
      String pushNotificationId,
      String endpointId,
      Optional<String> pushText,
      JsonObject originalMsg,
      JsonObject config)
      implements WebhookEvent {}

  /**
   * {@code webhookTest}: somebody tries the webhook.
   *
   * @param envelope what all events have
   */
  record TestSent(Envelope envelope) implements WebhookEvent {}

  /**
   * An event of another type, or one that lacks a member.
   *
   * @param envelope what all events have
   * @param problem why it is not one of the other records
   */
  record Unknown(Envelope envelope, String problem) implements WebhookEvent {}
}
