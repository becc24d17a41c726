package io.respoke;

import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A room: what a member publishes reaches all other members. Membership belongs to a connection.
 * One object per id and client, kept for the client's life.
 */
public interface Group {
  /** The id; opaque and case-sensitive. */
  String id();

  /** The client it belongs to. */
  Client client();

  /** Whether this client is a member now. False while disconnected, even if it will be restored. */
  boolean isJoined();

  /**
   * Joins. A joined group is joined again after every reconnect, until {@link #leave()}. Joining
   * twice is one membership.
   */
  CompletionStage<Group> join();

  /**
   * Leaves; it will not be joined again after a reconnect. Leaving a group one is not in succeeds.
   */
  CompletionStage<Void> leave();

  /**
   * Publishes to all other members.
   *
   * @param message a string, a {@link jakarta.json.JsonValue}, or anything JSON-B can bind
   */
  CompletionStage<Void> sendMessage(Object message);

  /** As {@link #sendMessage(Object)}, with options; {@code ccSelf} has no meaning here. */
  CompletionStage<Void> sendMessage(Object message, MessageOptions options);

  /** Asks the service for all members, this connection included. */
  CompletionStage<List<Connection>> members();

  /** The other members as far as known: the last answer, and joins and leaves since. A snapshot. */
  List<Connection> knownMembers();

  /** The newest {@link HistoryQuery#DEFAULT_LIMIT} persisted messages, oldest first. */
  CompletionStage<List<Message>> history();

  /** Persisted messages, oldest first. */
  CompletionStage<List<Message>> history(HistoryQuery query);

  /** Listens to events of this group only: messages, joins, leaves. */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);
}
