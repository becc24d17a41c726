package io.respoke;

import io.respoke.event.RespokeEvent;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's connection to a service, kept alive across drops.
 *
 * <p>Safe for use by any thread. What needs a connection fails with a {@link
 * ConnectionLostException} while there is none; nothing is queued for later. Stages are completed
 * on the callback executor and cannot be completed by callers; cancelling the future they convert
 * to does not take a request back.
 */
public interface Client extends AutoCloseable {
  /** The options it was created with, and what {@link #connect(ConnectOptions)} changed since. */
  ClientOptions options();

  /** Where it is. Changes are reported as {@link io.respoke.event.ConnectionStateChanged}. */
  ConnectionState state();

  /** Whether {@link #state()} is {@link ConnectionState#CONNECTED}. */
  default boolean isConnected() {
    return state() == ConnectionState.CONNECTED;
  }

  /** This client's endpoint id as the service spells it; before the first connect, the options'. */
  Optional<String> endpointId();

  /** The id of the present connection. */
  Optional<String> connectionId();

  /**
   * Connects. While connected or connecting it joins what is under way; there is never more than
   * one login at a time.
   *
   * @return completed with this client when connected. With reconnect off the first failed attempt
   *     fails the stage; with reconnect on it stays open through retries until connected, a
   *     terminal error ({@link AuthenticationException}), a limit of the policy, or {@code
   *     disconnect}
   */
  CompletionStage<Client> connect();

  /**
   * As {@link #connect()}, changing options first. They stay changed. Given while connected or
   * connecting, options apply to the next login.
   */
  CompletionStage<Client> connect(ConnectOptions overrides);

  /**
   * Logs out: leaves the joined groups, deletes the connection, deletes the session, closes the
   * socket, each step in bounded time and the next one even when one fails. Cancels reconnecting.
   * The groups and observed endpoints to restore are forgotten.
   *
   * @return completed when disconnected; never fails
   */
  CompletionStage<Void> disconnect();

  /** While waiting to reconnect, tries at once. Otherwise does nothing. */
  void reconnectNow();

  /** What this endpoint announced last; empty when nothing was. */
  Optional<Presence> presence();

  /**
   * Announces presence. It is kept and announced again after a reconnect.
   *
   * @param presence a string, a {@link JsonValue}, or anything JSON-B can bind
   */
  CompletionStage<Void> setPresence(Object presence);

  /** As {@link #setPresence(Object)}, with a status and a {@code show}. */
  CompletionStage<Void> setPresence(
      Object presence, @Nullable Object status, @Nullable Object show);

  /** Announces {@code available}. */
  default CompletionStage<Void> setOnline() {
    return setPresence(Presence.AVAILABLE);
  }

  /** Announces {@code unavailable}. The connection stays. */
  default CompletionStage<Void> setOffline() {
    return setPresence(Presence.UNAVAILABLE);
  }

  /** The endpoint with this id, created when unknown. No I/O. */
  Endpoint endpoint(String id);

  /** The endpoints known so far. A snapshot. */
  List<Endpoint> endpoints();

  /** A known connection of any endpoint. */
  Optional<Connection> connection(String connectionId);

  /** Sends a private message; {@link Endpoint#sendMessage(Object)}. */
  default CompletionStage<Void> sendMessage(String endpointId, Object message) {
    return endpoint(endpointId).sendMessage(message);
  }

  /**
   * Observes several endpoints with one request.
   *
   * @return completed with their presence at this time, by endpoint id
   */
  CompletionStage<Map<String, Presence>> observePresence(Collection<String> endpointIds);

  /** The group with this id, joined or not, created when unknown. No I/O. */
  Group group(String id);

  /** The groups this client is a member of. A snapshot. */
  List<Group> groups();

  /** Joins one group. */
  default CompletionStage<Group> join(String groupId) {
    return group(groupId).join();
  }

  /** Joins several groups with one request, which the service grants or refuses as a whole. */
  CompletionStage<List<Group>> join(Collection<String> groupIds);

  /** Leaves several groups with one request. */
  CompletionStage<Void> leave(Collection<String> groupIds);

  /** The ids of all groups of the app, if the role allows listing them. */
  CompletionStage<List<String>> listGroups();

  /**
   * The newest persisted messages of several groups, by group, oldest first.
   *
   * @param limit how many of each, 1 or more
   */
  CompletionStage<Map<String, List<Message>>> groupHistories(
      Collection<String> groupIds, int limit);

  /** Calls an endpoint; {@link Endpoint#startCall}. */
  default Call startCall(String endpointId, CallOptions options) {
    return endpoint(endpointId).startCall(options);
  }

  /** Calls an endpoint with audio; {@link Endpoint#startAudioCall}. */
  default Call startAudioCall(String endpointId, CallOptions options) {
    return endpoint(endpointId).startAudioCall(options);
  }

  /** Calls an endpoint with audio and video; {@link Endpoint#startVideoCall}. */
  default Call startVideoCall(String endpointId, CallOptions options) {
    return endpoint(endpointId).startVideoCall(options);
  }

  /** Offers a direct connection; {@link Endpoint#startDirectConnection}. */
  default DirectConnection startDirectConnection(String endpointId) {
    return endpoint(endpointId).startDirectConnection();
  }

  /**
   * Calls a phone number, with audio only.
   *
   * @param number as E.164, for example {@code +15551234567}
   */
  Call startPhoneCall(String number, CallOptions options);

  /**
   * Calls over SIP, with audio only.
   *
   * @param address a SIP URI, or {@code trunk/user}
   */
  Call startSipCall(String address, CallOptions options);

  /** Takes part in a conference, with audio only unless the options say otherwise. */
  Conference joinConference(String id, CallOptions options);

  /**
   * Hosts a conference: from now on this client gets the calls to it.
   *
   * @return fails with a {@link RequestRejectedException} if somebody else hosts it, or the role
   *     does not allow it
   */
  CompletionStage<HostedConference> hostConference(String id);

  /** The calls that have not ended. A snapshot. */
  List<Call> calls();

  /** A call that has not ended, by its session id. */
  Optional<Call> call(String id);

  /** The direct connections that have not ended. A snapshot. */
  List<DirectConnection> directConnections();

  /** This endpoint's conversations, with unread counts. */
  CompletionStage<List<Conversation>> conversations();

  /** Marks conversations as read. */
  CompletionStage<Void> markRead(Collection<ReadMark> marks);

  /**
   * Registers a device token for push notifications of this endpoint, or renews the one registered
   * before.
   */
  CompletionStage<Void> registerPush(PushService service, String deviceToken);

  /** Takes the device token back; completes at once when none is registered. */
  CompletionStage<Void> unregisterPush();

  /**
   * Any request of the service.
   *
   * @param method {@code get}, {@code post}, {@code put} or {@code delete}
   * @param path from {@code /v1/…} on
   * @param data the body, or {@code null}
   * @return the answer's body; fails with {@link RequestRejectedException} as every other request
   */
  CompletionStage<JsonValue> request(String method, String path, @Nullable JsonValue data);

  /**
   * Listens to events of a type, subtypes included: {@code RespokeEvent} is everything, {@code
   * MessageEvent} every message. The same listener may be added twice and is then called twice.
   *
   * <p>A listener that throws is reported as {@link io.respoke.event.ErrorOccurred} and does not
   * keep others from being called.
   */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);

  /** As {@link #listen}, for the next event only. */
  <E extends RespokeEvent> Subscription once(Class<E> type, Consumer<? super E> listener);

  /** Whether anybody listens to this type or a supertype of it. */
  boolean hasListeners(Class<? extends RespokeEvent> type);

  /**
   * Events as a publisher. Each subscriber has a buffer of {@link ClientOptions#inboundLimit()}
   * events; what does not fit is dropped and reported as {@link io.respoke.event.SlowConsumer}. It
   * completes when the client is closed.
   */
  <E extends RespokeEvent> Flow.Publisher<E> events(Class<E> type);

  /**
   * Waits for what is under way: requests that were sent are answered or have failed, and events
   * that came are delivered. New ones may come meanwhile; they are not waited for.
   *
   * @return completed when done, or with a {@link RequestTimeoutException} after {@code timeout}
   */
  CompletionStage<Void> drain(Duration timeout);

  /** State and sizes at this moment, for health checks and support. */
  ClientSnapshot inspect();

  /**
   * {@link #disconnect()}, then releases everything. Waits for it, at most {@link
   * ClientOptions#closeTimeout()}, except on threads that deliver this client's events, where it
   * returns at once and finishes in the background. Requests under way fail. Idempotent.
   */
  @Override
  void close();
}
