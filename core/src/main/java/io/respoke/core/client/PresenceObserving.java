package io.respoke.core.client;

import io.respoke.Connection;
import io.respoke.event.PresenceChanged;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServerEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is known of others' presence. On the serial context. */
final class PresenceObserving {
  private final ClientContext context;

  PresenceObserving(ClientContext context) {
    this.context = context;
  }

  /** Registers with the service and takes over the states it answers with. */
  CompletableFuture<Void> observe(List<String> endpointIds) {
    JsonObject data = Json.object().add("endpointList", Json.strings(endpointIds)).build();
    return context
        .request("post", Paths.PRESENCE_OBSERVERS, data)
        .thenAccept(
            answer -> {
              context.endpoints().observed().addAll(endpointIds);
              if (answer.body() instanceof JsonArray states) {
                states.forEach(this::initialState);
              }
            });
  }

  private void initialState(JsonValue state) {
    if (!(state instanceof JsonObject object)) {
      return;
    }
    String endpointId = Json.text(object, "endpointId");
    JsonObject states = Json.object(object, "connectionStates");
    if (endpointId == null || states == null) {
      return;
    }
    DefaultEndpoint endpoint = context.endpoints().get(endpointId);
    for (Map.Entry<String, JsonValue> one : states.entrySet()) {
      if (one.getValue() instanceof JsonObject presence && presence.get("type") != null) {
        announce(
            context.endpoints().connection(endpointId, one.getKey()),
            presence.getOrDefault("type", JsonValue.NULL),
            presence.get("status"),
            presence.get("show"));
      }
    }
    DefaultPresence before = endpoint.resolve();
    if (!before.equals(endpoint.presence())) {
      fire(endpoint, null, before);
    }
  }

  /** A connection has announced presence. */
  void changed(ServerEvent.Presence event) {
    DefaultConnection connection =
        context.endpoints().connection(event.from(), event.fromConnection());
    announce(connection, event.type(), event.status(), event.show());
    DefaultEndpoint endpoint = connection.owner();
    if (connection.isUnavailable() && !context.groups().hasMember(connection.id())) {
      // It may be gone for good; if not, its next announcement makes it known again.
      context.endpoints().remove(connection.id());
    }
    DefaultPresence before = endpoint.resolve();
    fire(endpoint, connection, before);
  }

  private void announce(
      DefaultConnection connection,
      JsonValue type,
      @Nullable JsonValue status,
      @Nullable JsonValue show) {
    connection.announce(new DefaultPresence(context.binding(), type, status, show));
  }

  private void fire(
      DefaultEndpoint endpoint, @Nullable Connection connection, DefaultPresence before) {
    context
        .events()
        .fire(
            endpoint.source(),
            new PresenceChanged(
                context.client(),
                endpoint,
                Optional.ofNullable(connection),
                before,
                endpoint.presence()));
  }
}
