package io.respoke.core.client;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Connection;
import io.respoke.ConnectionState;
import io.respoke.Group;
import io.respoke.HistoryQuery;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.Subscription;
import io.respoke.core.event.EventSource;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.Json;
import io.respoke.protocol.OutgoingMessage;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServerEvent;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A group. Changes come on the serial context; reads from anywhere. */
final class DefaultGroup implements Group {
  private static final int LEAST_REMEMBERED = 256;

  private final ClientContext context;
  private final String id;
  private final EventSource source;
  private final Backlog backlog;
  private volatile boolean joined;
  private volatile boolean wanted;
  private volatile List<DefaultConnection> members = List.of();

  DefaultGroup(ClientContext context, String id) {
    this.context = context;
    this.id = id;
    source = context.events().source("group:" + id);
    ClientOptions options = context.client().options();
    backlog =
        new Backlog(
            options.inboundLimit(), Math.max(LEAST_REMEMBERED, 2 * options.backfillLimit()));
  }

  EventSource source() {
    return source;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Client client() {
    return context.client();
  }

  @Override
  public boolean isJoined() {
    return joined;
  }

  /** Whether it is to be joined again after a drop. */
  boolean isWanted() {
    return wanted;
  }

  @Override
  public CompletionStage<Group> join() {
    return context.expose(
        context.client().memberships().join(List.of(this)).thenApply(done -> this));
  }

  @Override
  public CompletionStage<Void> leave() {
    return context.expose(context.client().memberships().leave(List.of(this)));
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message) {
    return sendMessage(message, MessageOptions.defaults());
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message, MessageOptions options) {
    Objects.requireNonNull(message, "message");
    OutgoingMessage outgoing =
        new OutgoingMessage(
            id, null, context.outgoing(message), null, options.push(), options.persist(), null);
    return context.expose(
        context.request("post", Paths.publish(id), outgoing.toJson()).thenApply(answer -> null));
  }

  @Override
  public CompletionStage<List<Connection>> members() {
    return context.expose(
        context
            .request("get", Paths.subscribers(id), null)
            .thenApply(answer -> Memberships.members(context, this, answer.body())));
  }

  @Override
  public List<Connection> knownMembers() {
    return List.copyOf(members);
  }

  @Override
  public CompletionStage<List<Message>> history() {
    return history(HistoryQuery.newest(HistoryQuery.DEFAULT_LIMIT));
  }

  @Override
  public CompletionStage<List<Message>> history(HistoryQuery query) {
    JsonObjectBuilder data = Json.object().add("limit", query.limit());
    query.before().ifPresent(time -> data.add("before", time.toEpochMilli()));
    CompletableFuture<List<Message>> messages =
        context
            .request("get", Paths.history(id), data.build())
            .thenApply(answer -> new ArrayList<>(History.messages(context, this, answer.body())));
    return context.expose(messages);
  }

  @Override
  public <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return source
        .listeners()
        .add(
            Objects.requireNonNull(type, "type"),
            Objects.requireNonNull(listener, "listener"),
            false);
  }

  // --- on the serial context

  Backlog backlog() {
    return backlog;
  }

  /**
   * The client is a member now. Fires unless it was one, or is one again after a drop, whoever
   * asked for that: its backlog then says what was missed.
   */
  void joined(@Nullable Long serviceTime) {
    if (context.driver().state() == ConnectionState.CLOSED) {
      return;
    }
    boolean news = !joined && !wanted;
    joined = true;
    wanted = true;
    if (news) {
      backlog.startAt(serviceTime == null ? context.serviceTime().now() : serviceTime);
      context.events().fire(source, new GroupJoined(context.client(), this));
    }
  }

  /** The client is no member any more, by its own doing or an administrator's. */
  void left() {
    wanted = false;
    members = List.of();
    if (joined) {
      joined = false;
      context.events().fire(source, new GroupLeft(context.client(), this));
    }
  }

  void offline() {
    joined = false;
    members = List.of();
  }

  void forget() {
    wanted = false;
  }

  boolean hasMember(String connectionId) {
    return members.stream().anyMatch(member -> member.id().equals(connectionId));
  }

  void setMembers(List<DefaultConnection> members) {
    this.members = List.copyOf(members);
  }

  /** Returns whether it was not known as one. */
  boolean addMember(DefaultConnection member) {
    if (hasMember(member.id())) {
      return false;
    }
    List<DefaultConnection> more = new ArrayList<>(members);
    more.add(member);
    members = List.copyOf(more);
    return true;
  }

  void removeMember(String connectionId) {
    members = members.stream().filter(member -> !member.id().equals(connectionId)).toList();
  }

  /** A message was published. */
  void published(ServerEvent.Pubsub event) {
    boolean unused = deliver(backlog.live(event), false);
  }

  /**
   * Delivers messages in their order.
   *
   * @return false when listeners are too slow and the connection is dropped for that: what they did
   *     not take comes again when it is back
   */
  boolean deliver(List<ServerEvent.Pubsub> messages, boolean backfilled) {
    boolean taken = true;
    for (ServerEvent.Pubsub message : messages) {
      taken = taken && fire(message, backfilled);
      if (!taken) {
        backlog.notTaken(message, !backfilled);
      }
    }
    return taken;
  }

  private boolean fire(ServerEvent.Pubsub event, boolean backfilled) {
    return context
        .events()
        .fire(
            source,
            new GroupMessageReceived(
                context.client(),
                this,
                context.message(event.header(), event.message(), null, this, backfilled)));
  }

  @Override
  public String toString() {
    return "Group[" + id + "]";
  }
}
