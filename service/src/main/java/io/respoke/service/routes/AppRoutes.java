package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.App;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Ids;
import io.respoke.service.storage.Change;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Apps (protocol-wire §8.3). {@code PUT} and {@code DELETE} are this service's own. */
final class AppRoutes {
  private static final int LIMIT = 10_000;

  private final ServiceState state;
  private final Keeper keeper;
  private final Turns turns;
  private final Consumer<AppSpace> removed;

  AppRoutes(ServiceState state, Keeper keeper, Turns turns, Consumer<AppSpace> removed) {
    this.state = state;
    this.keeper = keeper;
    this.turns = turns;
    this.removed = removed;
  }

  void addTo(Router router) {
    router
        .add("get", "apps", this::list)
        .add("post", "apps", this::create)
        .add("get", "apps/{}", request -> Answer.of(shown(request, app(request).app())))
        .add("put", "apps/{}", this::change)
        .add("delete", "apps/{}", this::remove);
  }

  private Answer list(Request request) {
    Access.trusted(request);
    JsonArrayBuilder out = Json.array();
    for (AppSpace space : state.apps().all()) {
      if (visible(request, space)) {
        out.add(shown(request, space.app()));
      }
    }
    return Answer.of(out.build());
  }

  /** Only who has a secret already sees it: the service keeps a digest. */
  private static JsonObject shown(Request request, App app) {
    return request.caller() instanceof Caller.AppServer server
        ? withSecret(app, server.secret())
        : app.toJson();
  }

  private static JsonObject withSecret(App app, String secret) {
    return Json.object(app.toJson()).add("secret", secret).build();
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
    String secret = Ids.lower();
    String description = request.text("description");
    App app =
        new App(
            Ids.lower(),
            Ids.digest(secret),
            request.required("name"),
            description == null ? "" : description,
            state.accountId(),
            request.flag("developmentMode"),
            domains(request, List.of()),
            true,
            Ids.upper(),
            Ids.upper(),
            0,
            0,
            request.now());
    return store(app, () -> Answer.of(withSecret(app, secret)));
  }

  private Answer change(Request request) {
    AppSpace space = app(request);
    return turns.take(space, () -> change(request, space.app()));
  }

  private Answer change(Request request, App old) {
    App app =
        new App(
            old.id(),
            old.secretDigest(),
            or(request.text("name"), old.name()),
            or(request.text("description"), old.description()),
            old.accountId(),
            Json.bool(request.body(), "developmentMode", old.developmentMode()),
            domains(request, old.permittedDomains()),
            old.allowRolelessTokens(),
            old.defaultRoleId(),
            old.developmentRoleId(),
            old.historyMaxAge(),
            old.historyPerGroup(),
            old.createdAt());
    return store(app, () -> Answer.of(shown(request, app)));
  }

  private Answer store(App app, Supplier<Answer> answer) {
    return keeper.keep(List.of(new Change.AppStored(WorkingSet.stored(app))), answer);
  }

  private Answer remove(Request request) {
    Access.administrator(request);
    AppSpace space = app(request);
    return turns.take(
        space,
        () ->
            keeper.keep(
                List.of(new Change.AppRemoved(space.app().id())),
                () -> {
                  state.tokens().removeAll(space);
                  state.sessions().closeAll(space);
                  removed.accept(space);
                  return Answer.success();
                }));
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
