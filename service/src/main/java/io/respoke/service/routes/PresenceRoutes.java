package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/** Presence and its observers (protocol-wire §4.3). */
final class PresenceRoutes {
  private final Lifecycle lifecycle;

  PresenceRoutes(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  void addTo(Router router) {
    router.add("post", "presence", this::set).add("post", "presenceobservers", this::observe);
  }

  private Answer set(Request request) {
    Connection own = Access.connection(request);
    Sender.of(request, "endpointId");
    JsonValue presence = request.body().get("presence");
    if (presence == null || presence == JsonValue.NULL) {
      throw new Refused(Answer.missing(List.of("presence")));
    }
    own.presence(
        presence instanceof JsonObject object
            ? object
            : Json.object().add("type", presence).build());
    lifecycle.announce(own, Occasion.of(request));
    return Answer.success();
  }

  private Answer observe(Request request) {
    Connection own = Access.connection(request);
    AppSpace space = own.space();
    JsonValue list = request.parameter("endpointList");
    Set<String> endpoints =
        list != null && JsonValue.EMPTY_JSON_ARRAY.equals(list)
            ? Set.of()
            : request.names("endpointList");
    if (!space.presence().observe(own.endpointId(), endpoints)) {
      throw new Refused(400, "Too many endpoints are observed.");
    }
    JsonArrayBuilder out = Json.array();
    for (String endpoint : endpoints) {
      JsonObjectBuilder states = Json.object();
      for (Connection connection : space.connections().of(endpoint)) {
        JsonObject posted = connection.presence();
        JsonObjectBuilder state = Json.object().add("type", connection.presenceType());
        if (posted != null) {
          posted.forEach(
              (name, value) -> {
                if (!name.equals("type") && value != JsonValue.NULL) {
                  state.add(name, value);
                }
              });
        }
        states.add(connection.id(), state);
      }
      out.add(Json.object().add("endpointId", endpoint).add("connectionStates", states));
    }
    Answer answer = Answer.of(out.build());
    return request.sdk().presencePush()
        ? answer.then(() -> push(own, endpoints, Occasion.of(request)))
        : answer;
  }

  /** Sends a connection the presence of all others as it is now. */
  static void push(Connection to, Set<String> endpoints, Occasion at) {
    for (String endpoint : endpoints) {
      for (Connection connection : to.space().connections().of(endpoint)) {
        if (connection != to) {
          to.send(Events.presence(connection, at));
        }
      }
    }
  }
}
