package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import io.respoke.service.state.AppSpace;
import io.respoke.service.storage.Change;
import jakarta.json.JsonArrayBuilder;
import java.util.List;

/** Roles (protocol-wire §8.2). */
final class RoleRoutes {
  private final ServiceState state;
  private final Access access;
  private final Keeper keeper;
  private final Turns turns;

  RoleRoutes(ServiceState state, Access access, Keeper keeper, Turns turns) {
    this.state = state;
    this.access = access;
    this.keeper = keeper;
    this.turns = turns;
  }

  void addTo(Router router) {
    router
        .add("get", "roles", this::list)
        .add("post", "roles", this::create)
        .add("get", "roles/{}", request -> Answer.of(find(request).role.json()))
        .add("put", "roles/{}", this::change)
        .add("delete", "roles/{}", this::remove);
  }

  private record Found(AppSpace space, Role role) {}

  private Answer list(Request request) {
    Access.trusted(request);
    if (request.caller() instanceof Caller.Administrator && request.text("appId") == null) {
      JsonArrayBuilder all = Json.array();
      state.apps().all().forEach(space -> space.roles().toJson().forEach(all::add));
      return Answer.of(all.build());
    }
    return Answer.of(access.space(request).roles().toJson());
  }

  private Answer create(Request request) {
    Access.trusted(request);
    AppSpace space = access.space(request);
    String unused = request.required("name");
    return turns.take(
        space,
        () -> {
          if (space.roles().full()) {
            throw new Refused(400, "Too many roles.");
          }
          return store(space, space.roles().draft(request.body(), request.now()));
        });
  }

  private Answer store(AppSpace space, Role role) {
    String id = role.id();
    if (id == null) {
      throw new IllegalStateException("a role without an id");
    }
    return keeper.keep(
        List.of(new Change.RoleStored(space.app().id(), id, role.json())),
        () -> Answer.of(role.json()));
  }

  private Found find(Request request) {
    Access.trusted(request);
    String id = request.value(0);
    Iterable<AppSpace> spaces =
        request.caller() instanceof Caller.AppServer server
            ? List.of(server.space())
            : state.apps().all();
    for (AppSpace space : spaces) {
      Role role = space.roles().find(id);
      if (role != null) {
        return new Found(space, role);
      }
    }
    throw notFound();
  }

  private static Refused notFound() {
    return new Refused(404, "Object 'Roles' not found.");
  }

  private Answer change(Request request) {
    Found found = find(request);
    refuseBuiltIn(found, request.value(0));
    return turns.take(found.space, () -> change(request, found.space));
  }

  private Answer change(Request request, AppSpace space) {
    Role role = space.roles().changed(request.value(0), request.body(), request.now());
    if (role == null) {
      throw notFound();
    }
    return store(space, role);
  }

  private Answer remove(Request request) {
    Found found = find(request);
    refuseBuiltIn(found, request.value(0));
    return turns.take(found.space, () -> remove(request, found.space));
  }

  private Answer remove(Request request, AppSpace space) {
    Role role = space.roles().find(request.value(0));
    if (role == null) {
      throw notFound();
    }
    String id = Json.text(role.json(), "id");
    return keeper.keep(
        List.of(new Change.RoleRemoved(space.app().id(), id == null ? request.value(0) : id)),
        Answer::success);
  }

  private static void refuseBuiltIn(Found found, String id) {
    if (found.space.roles().builtIn(id)) {
      throw new Refused(409, "A built-in role cannot be changed.");
    }
  }
}
