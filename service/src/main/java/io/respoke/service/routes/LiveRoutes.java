package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import io.respoke.service.state.Connection;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is going on in an app, for administrators. These routes are this service's own. */
final class LiveRoutes {
  private final AppRegistry apps;
  private final SessionEnds ends;

  LiveRoutes(AppRegistry apps, SessionEnds ends) {
    this.apps = apps;
    this.ends = ends;
  }

  void addTo(Router router) {
    router
        .add("get", "apps/{}/endpoints", this::endpoints)
        .add("get", "apps/{}/connections", this::connections)
        .add("delete", "apps/{}/connections/{}", this::drop)
        .add("get", "apps/{}/groups", this::groups)
        .add("get", "apps/{}/groups/{}/members", this::members)
        .add("get", "apps/{}/calls", this::calls);
  }

  private AppSpace space(Request request) {
    Access.administrator(request);
    AppSpace space = apps.byId(request.value(0));
    if (space == null) {
      throw new Refused(404, "Object 'Apps' not found.");
    }
    return space;
  }

  private Answer endpoints(Request request) {
    AppSpace space = space(request);
    return Answer.of(
        Page.of(request)
            .of(
                space.connections().endpointIds(),
                id -> id,
                id -> endpoint(id, space.connections().of(id))));
  }

  private static JsonObject endpoint(String id, Collection<Connection> connections) {
    Set<JsonValue> presence = new LinkedHashSet<>();
    Set<String> groups = new LinkedHashSet<>();
    for (Connection connection : connections) {
      presence.add(connection.presenceType());
      groups.addAll(connection.groups());
    }
    JsonObjectBuilder out =
        Json.object()
            .add("endpointId", id)
            .add("connections", connections.size())
            .add("groups", groups.size());
    var types = Json.array();
    presence.forEach(types::add);
    return out.add("presence", types).build();
  }

  private Answer connections(Request request) {
    return Answer.of(
        Page.of(request)
            .of(
                space(request).connections().view(),
                connection -> connection.endpointId() + ' ' + connection.id(),
                LiveRoutes::connection));
  }

  private static JsonObject connection(Connection connection) {
    return Json.object(connection.toJson())
        .add("presence", connection.presenceType())
        .add("groups", connection.groups().size())
        .build();
  }

  /** The client is told as when its session expires, and may come back. */
  private Answer drop(Request request) {
    Connection connection = space(request).connections().byId(request.value(1));
    if (connection == null) {
      throw new Refused(404, "Connection not found.");
    }
    return Answer.success().then(() -> ends.dropped(connection));
  }

  private Answer groups(Request request) {
    AppSpace space = space(request);
    return Answer.of(
        Page.of(request)
            .of(
                space.groups().names(),
                name -> name,
                name ->
                    Json.object()
                        .add("name", name)
                        .add("members", space.groups().members(name).size())
                        .build()));
  }

  private Answer members(Request request) {
    return Answer.of(
        Page.of(request)
            .of(
                space(request).groups().members(request.value(1)),
                member -> member.endpointId() + ' ' + member.id(),
                Connection::member));
  }

  private Answer calls(Request request) {
    return Answer.of(
        Page.of(request).of(space(request).calls().newest(), LiveRoutes::text, LiveRoutes::call));
  }

  private static String text(CallSession call) {
    return call.id()
        + ' '
        + call.party(Side.CALLER).address()
        + ' '
        + call.party(Side.CALLEE).address();
  }

  private static JsonObject call(CallSession call) {
    return Json.object()
        .add("sessionId", call.id())
        .add("target", call.target())
        .add("state", call.ended() ? "ended" : call.answered() ? "answered" : "ringing")
        .add("startedAt", call.startedAt())
        .add("caller", party(call.party(Side.CALLER)))
        .add("callee", party(call.party(Side.CALLEE)))
        .build();
  }

  private static JsonObject party(Party party) {
    String connection = party.connectionId();
    return Json.object()
        .add("address", party.address())
        .add("type", party.type())
        .add("endpointId", party.endpointId())
        .add("connectionId", connection == null ? JsonValue.NULL : Json.string(connection))
        .build();
  }
}
