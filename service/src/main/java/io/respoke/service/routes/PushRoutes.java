package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushRules;
import io.respoke.service.state.PushTokens;
import io.respoke.service.storage.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of an app's push notifications, and what its server says to each. */
final class PushRoutes {
  private final AppRegistry apps;
  private final Access access;
  private final Keeper keeper;
  private final Turns turns;

  PushRoutes(AppRegistry apps, Access access, Keeper keeper, Turns turns) {
    this.apps = apps;
    this.access = access;
    this.keeper = keeper;
    this.turns = turns;
  }

  void addTo(Router router) {
    router
        .add("get", "apps/{}/push", request -> shown(space(request)))
        .add("put", "apps/{}/push", this::change)
        .add("post", "push-notification/{}", this::answered);
  }

  private AppSpace space(Request request) {
    return WebhookRoutes.space(request, apps);
  }

  private static Answer shown(AppSpace space) {
    return Answer.of(space.push().rules().toJson());
  }

  private Answer change(Request request) {
    AppSpace space = space(request);
    PushRules rules = PushRules.of(request.body());
    return turns.take(
        space,
        () ->
            keeper.keep(
                List.of(new Change.PushRulesStored(space.app().id(), rules.toJson())),
                () -> shown(space)));
  }

  /**
   * The server's answer to a push event; kept among the reports, whatever becomes of it. What was
   * not stored can be answered again.
   */
  private Answer answered(Request request) {
    Access.trusted(request);
    AppSpace space = access.space(request);
    @Nullable Long badgeCount = request.whole("badgeCount");
    String appId = space.app().id();
    String id = request.value(0);
    List<Change> changes = new ArrayList<>(2);
    changes.add(new Change.ReportStored(appId, Change.ReportKind.PUSH, request.body()));
    PushDesk.Asked asked = space.push().take(id, request.now());
    if (asked == null) {
      return keeper.keep(
          changes,
          () -> {
            throw new Refused(404, "Object 'PushNotifications' not found, or it has expired.");
          });
    }
    changes.add(new Change.PushSettled(appId, id));
    Answer answer =
        keeper.keep(
            changes,
            () -> {
              send(request, space, asked, badgeCount);
              return Answer.success();
            });
    if (answer.later() != null) {
      var unused =
          answer
              .later()
              .whenComplete(
                  (sent, failure) -> {
                    if (failure != null) {
                      space.push().restore(id, asked);
                    }
                  });
    }
    return answer;
  }

  private static void send(
      Request request, AppSpace space, PushDesk.Asked asked, @Nullable Long badgeCount) {
    String text = request.text("pushText");
    String category = request.text("category");
    String sound = request.text("soundFile");
    for (PushTokens.Device device : space.pushTokens().of(asked.endpointId())) {
      space
          .push()
          .send(
              new PushDesk.Note(
                  device,
                  text == null ? "" : text,
                  Json.bool(request.body(), "badgeEnabled", asked.config().badge()),
                  badgeCount == null ? null : badgeCount.intValue(),
                  sound == null ? asked.config().sound() : sound,
                  category == null ? asked.config().category() : category));
    }
  }
}
