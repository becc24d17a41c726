package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.App;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Ids;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Apps (protocol-wire §8.3). {@code PUT} and {@code DELETE} are this service's own. */
final class AppRoutes {
  private static final int LIMIT = 10_000;

  private final ServiceState state;
  private final Consumer<AppSpace> removed;

  AppRoutes(ServiceState state, Consumer<AppSpace> removed) {
    this.state = state;
    this.removed = removed;
  }

  void addTo(Router router) {
    router
        .add("get", "apps", this::list)
        .add("post", "apps", this::create)
        .add("get", "apps/{}", request -> Answer.of(app(request).app().toJson()))
        .add("put", "apps/{}", this::change)
        .add("delete", "apps/{}", this::remove);
  }

  private Answer list(Request request) {
    Access.trusted(request);
    JsonArrayBuilder out = Json.array();
    for (AppSpace space : state.apps().all()) {
      if (visible(request, space)) {
        out.add(space.app().toJson());
      }
    }
    return Answer.of(out.build());
  }

  private static boolean visible(Request request, AppSpace space) {
    return request.caller() instanceof Caller.Administrator
        || (request.caller() instanceof Caller.AppServer server && server.space() == space);
  }

  /** An app by the id in the path; another app's server learns nothing, not even that it exists. */
  private AppSpace app(Request request) {
    Access.trusted(request);
    AppSpace space = state.apps().byId(request.value(0));
    if (space == null || !visible(request, space)) {
      throw new Refused(404, "Object 'Apps' not found.");
    }
    return space;
  }

  private Answer create(Request request) {
    Access.administrator(request);
    if (state.apps().all().size() >= LIMIT) {
      throw new Refused(400, "Too many apps.");
    }
    String description = request.text("description");
    App app =
        new App(
            Ids.lower(),
            Ids.lower(),
            request.required("name"),
            description == null ? "" : description,
            state.accountId(),
            request.flag("developmentMode"),
            domains(request, List.of()),
            true,
            request.now());
    return Answer.of(state.apps().add(app, state.limits()).app().toJson());
  }

  private Answer change(Request request) {
    AppSpace space = app(request);
    App old = space.app();
    space.change(
        new App(
            old.id(),
            old.secret(),
            or(request.text("name"), old.name()),
            or(request.text("description"), old.description()),
            old.accountId(),
            Json.bool(request.body(), "developmentMode", old.developmentMode()),
            domains(request, old.permittedDomains()),
            old.allowRolelessTokens(),
            old.createdAt()));
    return Answer.of(space.app().toJson());
  }

  private Answer remove(Request request) {
    Access.administrator(request);
    AppSpace space = app(request);
    state.apps().remove(space);
    state.sessions().closeAll(space);
    removed.accept(space);
    return Answer.success();
  }

  private static List<String> domains(Request request, List<String> fallback) {
    JsonValue given = request.body().get("permittedDomains");
    if (given == null) {
      return fallback;
    }
    List<String> domains = new ArrayList<>();
    if (given instanceof JsonArray array) {
      for (JsonValue item : array) {
        String domain = Json.text(item);
        if (domain != null && !domain.isBlank()) {
          domains.add(domain);
        }
      }
    }
    return domains;
  }

  private static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }
}
