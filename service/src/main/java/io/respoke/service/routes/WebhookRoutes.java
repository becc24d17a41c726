package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppEvents;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.WebhookConfig;
import io.respoke.service.state.WebhookDelivery;
import io.respoke.service.storage.Change;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an app's events go and how they fare. These routes are this service's own. */
final class WebhookRoutes {
  private final AppRegistry apps;
  private final Access access;
  private final Keeper keeper;
  private final Turns turns;

  WebhookRoutes(AppRegistry apps, Access access, Keeper keeper, Turns turns) {
    this.keeper = keeper;
    this.turns = turns;
    this.apps = apps;
    this.access = access;
  }

  void addTo(Router router) {
    router
        .add("get", "apps/{}/webhook", request -> Answer.of(shown(space(request)).build()))
        .add("put", "apps/{}/webhook", this::change)
        .add("delete", "apps/{}/webhook", this::remove)
        .add("post", "apps/{}/webhook/test", this::test)
        .add("get", "apps/{}/webhook-deliveries", this::deliveries)
        .add("get", "apps/{}/webhook-deliveries/{}", this::delivery)
        .add("post", "apps/{}/webhook-deliveries/{}/replay", this::replay)
        .add("post", "events/subscribers", this::subscribe)
        .add("delete", "events/subscribers", this::unsubscribe);
  }

  /** An app by the id in the path; another app's server learns nothing, not even that it exists. */
  private AppSpace space(Request request) {
    return space(request, apps);
  }

  static AppSpace space(Request request, AppRegistry apps) {
    Access.trusted(request);
    AppSpace space = apps.byId(request.value(0));
    boolean foreign =
        request.caller() instanceof Caller.AppServer server && server.space() != space;
    if (space == null || foreign) {
      throw new Refused(404, "Object 'Apps' not found.");
    }
    return space;
  }

  private static JsonObjectBuilder shown(AppSpace space) {
    WebhookConfig webhook = space.events().webhook();
    JsonObjectBuilder out = Json.object();
    if (webhook == null) {
      out.add("url", JsonValue.NULL).add("types", JsonValue.EMPTY_JSON_ARRAY);
    } else {
      out.add("url", webhook.url()).add("types", Json.strings(webhook.types()));
    }
    return out.add("availableTypes", Json.strings(AppEvents.TYPES))
        .add("pending", space.events().outbox().pending())
        .add("dropped", space.events().outbox().dropped());
  }

  private Answer change(Request request) {
    AppSpace space = space(request);
    return turns.take(space, () -> change(request, space));
  }

  /** The secret is part of the answer when the service made it, and never again. */
  private Answer change(Request request, AppSpace space) {
    WebhookConfig old = space.events().webhook();
    String url = request.text("url");
    if (url == null && old != null) {
      url = old.url();
    }
    if (url == null) {
      throw new Refused(Answer.missing(List.of("url")));
    }
    refuse(WebhookConfig.problemOfUrl(url));
    String secret = request.text("secret");
    refuse(secret == null ? null : WebhookConfig.problemOfSecret(secret));
    boolean made = secret == null && (old == null || request.flag("newSecret"));
    if (made) {
      secret = WebhookConfig.newSecret();
    }
    if (secret == null && old != null) {
      secret = old.secret();
    }
    Set<String> fallback = old == null ? new LinkedHashSet<>(AppEvents.TYPES) : old.types();
    String used = String.valueOf(secret);
    return keeper.keep(
        List.of(
            new Change.WebhookStored(
                space.app().id(), url, used, List.copyOf(types(request, fallback)))),
        () -> {
          JsonObjectBuilder out = shown(space);
          if (made) {
            out.add("secret", used);
          }
          return Answer.of(out.build());
        });
  }

  private static void refuse(@Nullable String problem) {
    if (problem != null) {
      throw new Refused(400, problem);
    }
  }

  private static Set<String> types(Request request, Set<String> fallback) {
    JsonValue given = request.body().get("types");
    if (given == null || given == JsonValue.NULL) {
      return fallback;
    }
    Set<String> types = new LinkedHashSet<>();
    if (given instanceof JsonArray array) {
      for (JsonValue item : array) {
        String type = Json.text(item);
        if (type == null || !AppEvents.TYPES.contains(type)) {
          throw new Refused(400, "types must be some of " + AppEvents.TYPES + ".");
        }
        types.add(type);
      }
      return types;
    }
    throw new Refused(400, "types must be a list.");
  }

  private Answer remove(Request request) {
    AppSpace space = space(request);
    return turns.take(
        space,
        () -> keeper.keep(List.of(new Change.WebhookRemoved(space.app().id())), Answer::success));
  }

  private Answer test(Request request) {
    AppSpace space = space(request);
    if (space.events().webhook() == null) {
      throw new Refused(409, "The app has no webhook.");
    }
    return Answer.of(Json.object().add("id", AppFeed.test(space, Occasion.of(request))).build());
  }

  private Answer deliveries(Request request) {
    AppSpace space = space(request);
    JsonObject page =
        Page.of(request)
            .of(
                space.events().outbox().newest(),
                delivery -> delivery.toJson().toString(),
                WebhookDelivery::toJson);
    return Answer.of(
        Json.object(page)
            .add("pending", space.events().outbox().pending())
            .add("dropped", space.events().outbox().dropped())
            .build());
  }

  private Answer delivery(Request request) {
    WebhookDelivery delivery = find(request);
    return Answer.of(
        Json.object(delivery.toJson()).add("event", Json.parseObject(delivery.body())).build());
  }

  private WebhookDelivery find(Request request) {
    WebhookDelivery delivery = space(request).events().outbox().find(request.value(1));
    if (delivery == null) {
      throw new Refused(404, "Object 'Deliveries' not found.");
    }
    return delivery;
  }

  private Answer replay(Request request) {
    WebhookDelivery delivery = find(request);
    if (!space(request).events().replay(delivery.id(), request.now())) {
      throw new Refused(
          409, "It cannot be replayed: it waits already, or there is no webhook, or no room.");
    }
    return Answer.of(delivery.toJson());
  }

  private Answer subscribe(Request request) {
    AppSpace space = access.space(request);
    Connection own = Access.connection(request);
    Access.permitEvents(request, "subscribe");
    if (!space.events().subscribe(own)) {
      throw new Refused(409, "Too many connections get the events of this app.");
    }
    return Answer.success();
  }

  private Answer unsubscribe(Request request) {
    AppSpace space = access.space(request);
    Connection own = Access.connection(request);
    Access.permitEvents(request, "unsubscribe");
    space.events().unsubscribe(own);
    return Answer.success();
  }
}
