package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.ConnectionTraits;
import io.respoke.service.state.Ids;
import io.respoke.service.state.PushTokens;
import io.respoke.service.storage.Change;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connections and the device tokens that hang on them (protocol-wire §4.2, §4.7). */
final class ConnectionRoutes {
  private final ServiceState state;
  private final Access access;
  private final Lifecycle lifecycle;
  private final Keeper keeper;

  ConnectionRoutes(ServiceState state, Access access, Lifecycle lifecycle, Keeper keeper) {
    this.state = state;
    this.access = access;
    this.lifecycle = lifecycle;
    this.keeper = keeper;
  }

  void addTo(Router router) {
    router
        .add("post", "connections", request -> register(request, null))
        .add("post", "endpoints/{}/connections", request -> register(request, request.value(0)))
        .add("post", "connections/{}/push-token", this::addDevice)
        .add("post", "connections/{}/push-tokens", this::addDevice)
        .add("put", "connections/{}/push-token/{}", this::changeDevice)
        .add("put", "connections/{}/push-tokens/{}", this::changeDevice)
        .add("delete", "connections/{}/push-token/{}", this::removeDevice)
        .add("delete", "connections/{}/push-tokens/{}", this::removeDevice)
        .add("delete", "connections/{}", this::remove);
  }

  private Answer register(Request request, @Nullable String named) {
    Access.authenticated(request);
    SocketPeer peer = request.peer();
    if (peer == null) {
      throw new Refused(400, "A connection can only be made over its socket.");
    }
    AppSpace space = access.space(request);
    String endpointId = endpointId(request, named);
    Connection old = peer.connection();
    if (old != null) {
      if (old.space() == space && old.endpointId().equals(endpointId)) {
        return keeper.keep(rebound(request, space, endpointId), () -> Answer.of(old.toJson()));
      }
      throw new Refused(409, "This socket is the connection of another endpoint.");
    }
    int limit = state.limits().connectionsPerApp();
    if (limit > 0 && space.connections().size() >= limit) {
      throw new Refused(401, "Connection limit exceeded");
    }
    Connection connection = new Connection(space, endpointId, traits(request), peer);
    space.connections().add(connection);
    space.presence().keep(endpointId);
    peer.bind(connection, request.caller() instanceof Caller.Member by ? by.session() : null);
    AppFeed.connected(connection, Occasion.of(request));
    Answer answer =
        keeper.keep(
            rebound(request, space, endpointId),
            "The connection was made, but the push token's new owner",
            () -> Answer.of(connection.toJson()));
    if (!request.sdk().presencePush()) {
      return answer;
    }
    // Its observers outlived the lost connection, and it will not ask for them again.
    return answer.then(
        () ->
            PresenceRoutes.push(
                connection, space.presence().observedBy(endpointId), Occasion.of(request)));
  }

  private static String endpointId(Request request, @Nullable String named) {
    String given = named != null ? named : request.text("endpointId");
    if (request.caller() instanceof Caller.Member member) {
      if (given != null) {
        Access.own(request, given);
      }
      return member.session().endpointId();
    }
    if (given == null) {
      throw new Refused(Answer.missing(List.of("endpointId")));
    }
    return given;
  }

  private static ConnectionTraits traits(Request request) {
    JsonObject capabilities = Json.object(request.body(), "capabilities");
    if (capabilities == null) {
      capabilities = JsonValue.EMPTY_JSON_OBJECT;
    }
    String clientType = request.text("clientType");
    return new ConnectionTraits(
        request.sdk(),
        clientType == null ? "web" : clientType.toLowerCase(Locale.ROOT),
        request.caller() instanceof Caller.Member member ? member.session().roleId() : null,
        request.remoteAddress(),
        Json.bool(capabilities, "iceFinalCandidates", false),
        Json.bool(capabilities, "status", false) || "asterisk".equalsIgnoreCase(clientType));
  }

  /**
   * respoke.js sends its endpoint id where its connection id belongs, so this never ends any
   * connection but the caller's own.
   */
  private Answer remove(Request request) {
    Access.authenticated(request);
    SocketPeer peer = request.peer();
    Connection own = request.connection();
    String id = request.value(0);
    if (peer != null
        && own != null
        && (own.id().equalsIgnoreCase(id) || own.endpointId().equals(id))) {
      peer.unbind();
      lifecycle.end(own, true, Occasion.of(request));
      peer.dropSoon();
      return Answer.success();
    }
    if (request.caller() instanceof Caller.Member member
        && (own != null || !member.session().endpointId().equals(id))) {
      throw new Refused(403, "Not authorized: a connection can only end itself.");
    }
    return Answer.success();
  }

  /** A known device belongs to another endpoint from now on; an unknown id is ignored. */
  private static List<Change> rebound(Request request, AppSpace space, String endpointId) {
    String id = request.text("pushTokenId");
    PushTokens.Device device = id == null ? null : space.pushTokens().find(id);
    return device == null || device.endpointId().equals(endpointId)
        ? List.of()
        : List.of(stored(space, device.id(), endpointId, device.service(), device.token()));
  }

  private static Change stored(
      AppSpace space, String id, String endpointId, String service, String token) {
    return new Change.DeviceStored(space.app().id(), id, endpointId, service, token);
  }

  private Answer addDevice(Request request) {
    return putDevice(request, "push_" + Ids.lower());
  }

  private Answer changeDevice(Request request) {
    return putDevice(request, request.value(1));
  }

  private Answer putDevice(Request request, String id) {
    AppSpace space = access.space(request);
    Connection own = Access.connection(request);
    PushTokens.Device old = space.pushTokens().find(id);
    String token = request.text("token");
    String service = request.text("service");
    if (token == null || service == null) {
      if (old == null) {
        throw new Refused(Answer.missing(token == null ? List.of("token") : List.of("service")));
      }
      token = token == null ? old.token() : token;
      service = service == null ? old.service() : service;
    }
    return keeper.keep(
        List.of(stored(space, id, own.endpointId(), service, token)),
        () -> Answer.of(Json.object().add("id", id).build()));
  }

  private Answer removeDevice(Request request) {
    AppSpace space = access.space(request);
    PushTokens.Device device = space.pushTokens().find(request.value(1));
    if (device == null) {
      return Answer.success();
    }
    Access.own(request, device.endpointId());
    return keeper.keep(
        List.of(new Change.DeviceRemoved(space.app().id(), device.id())), Answer::success);
  }
}
