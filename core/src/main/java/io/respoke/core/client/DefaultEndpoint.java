package io.respoke.core.client;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.Connection;
import io.respoke.DirectConnection;
import io.respoke.DirectConnectionOptions;
import io.respoke.Endpoint;
import io.respoke.MessageOptions;
import io.respoke.Presence;
import io.respoke.Subscription;
import io.respoke.core.event.EventSource;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.OutgoingMessage;
import io.respoke.protocol.Paths;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A remote endpoint. Changes come on the serial context; reads from anywhere. */
final class DefaultEndpoint implements Endpoint {
  private final ClientContext context;
  private final String id;
  private final EventSource source;
  private volatile List<DefaultConnection> connections = List.of();
  private volatile DefaultPresence presence;

  DefaultEndpoint(ClientContext context, String id) {
    this.context = context;
    this.id = id;
    source = context.events().source("endpoint:" + id);
    presence = new DefaultPresence(context.binding(), PresenceOrder.UNAVAILABLE, null, null);
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
  public DefaultPresence presence() {
    return presence;
  }

  @Override
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  @Override
  public Optional<Connection> connection(String connectionId) {
    return connections.stream()
        .filter(c -> c.id().equals(connectionId))
        .<Connection>map(c -> c)
        .findFirst();
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message) {
    return sendMessage(message, MessageOptions.defaults());
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message, MessageOptions options) {
    return send(null, message, options, true);
  }

  /**
   * Sends to all connections or one.
   *
   * @param ccSelf whether own connections get a copy when the options do not say
   */
  CompletionStage<Void> send(
      @Nullable String connectionId, Object message, MessageOptions options, boolean ccSelf) {
    Objects.requireNonNull(message, "message");
    OutgoingMessage outgoing =
        new OutgoingMessage(
            id,
            connectionId,
            context.outgoing(message),
            options.ccSelf().orElse(ccSelf),
            options.push(),
            null,
            null);
    return context.expose(
        context.request("post", Paths.MESSAGES, outgoing.toJson()).thenApply(answer -> null));
  }

  @Override
  public CompletionStage<Presence> observePresence() {
    return context.expose(
        context.client().observing().observe(List.of(id)).thenApply(states -> presence));
  }

  @Override
  public Call startCall(CallOptions options) {
    return context.calls().startCall(id, Objects.requireNonNull(options, "options"));
  }

  @Override
  public DirectConnection startDirectConnection(DirectConnectionOptions options) {
    return context.calls().startDirectConnection(id, Objects.requireNonNull(options, "options"));
  }

  @Override
  public <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return source
        .listeners()
        .add(Objects.requireNonNull(type, "type"), Objects.requireNonNull(listener, "l"), false);
  }

  // --- on the serial context

  void add(DefaultConnection connection) {
    List<DefaultConnection> more = new ArrayList<>(connections);
    more.removeIf(c -> c.id().equals(connection.id()));
    more.add(connection);
    connections = List.copyOf(more);
  }

  void remove(DefaultConnection connection) {
    connections = connections.stream().filter(c -> c != connection).toList();
  }

  void clearConnections() {
    connections = List.of();
    presence = new DefaultPresence(context.binding(), PresenceOrder.UNAVAILABLE, null, null);
  }

  /** Works the presence out again; returns the one before. */
  DefaultPresence resolve() {
    DefaultPresence before = presence;
    List<JsonValue> values = connections.stream().map(c -> c.presence().json()).toList();
    JsonValue resolved;
    try {
      resolved = Objects.requireNonNull(context.resolver().resolve(values), "resolved presence");
    } catch (Throwable e) { // it may throw anything, and must not take the change with it
      context
          .events()
          .fire(new ErrorOccurred(context.client(), ErrorOccurred.Origin.PRESENCE_RESOLVER, e));
      resolved = new PresenceOrder().resolve(values);
    }
    presence = withDetails(resolved);
    return before;
  }

  /** Status and show are those of the connection whose presence was chosen. */
  private DefaultPresence withDetails(JsonValue resolved) {
    for (DefaultConnection connection : connections) {
      if (connection.presence().json().equals(resolved)) {
        return connection.presence();
      }
    }
    return new DefaultPresence(context.binding(), resolved, null, null);
  }

  @Override
  public String toString() {
    return "Endpoint[" + id + "]";
  }
}
