package io.respoke.service.routes;

import io.respoke.protocol.Role;
import io.respoke.service.state.App;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Conversations;
import io.respoke.service.state.Limits;
import io.respoke.service.state.PushConfig;
import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushRules;
import io.respoke.service.state.PushTokens;
import io.respoke.service.state.WebhookAnswer;
import io.respoke.service.state.WebhookConfig;
import io.respoke.service.state.WebhookDelivery;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.StoredApp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What is kept in storage and known in memory as well. It changes in one way only, by what was
 * stored: when the service starts, and whenever a change has become durable.
 */
public final class WorkingSet {
  private final String accountId;
  private final AppRegistry apps;
  private final Limits limits;

  /** Changes these apps. */
  public WorkingSet(String accountId, AppRegistry apps, Limits limits) {
    this.accountId = accountId;
    this.apps = apps;
    this.limits = limits;
  }

  /** Takes a change over; gives what had to be forgotten to make room. */
  public List<Change> apply(Change change) {
    if (change instanceof Change.AppStored c) {
      AppSpace unused = apps.put(app(c.app()), limits);
    } else if (change instanceof Change.AppRemoved c) {
      AppSpace space = apps.byId(c.appId());
      if (space != null) {
        space.events().webhook(null);
        apps.remove(space);
      }
    } else if (change instanceof Change.RoleStored c) {
      within(c.appId(), space -> space.roles().put(c.roleId(), new Role(c.json())));
    } else if (change instanceof Change.RoleRemoved c) {
      within(c.appId(), space -> space.roles().remove(c.roleId()));
    } else if (change instanceof Change.GroupCreated c) {
      within(c.appId(), space -> space.groups().create(c.group()));
    } else if (change instanceof Change.GroupDestroyed c) {
      within(c.appId(), space -> space.groups().destroy(c.group()));
    } else if (change instanceof Change.MarkStored c) {
      return mark(c);
    } else if (change instanceof Change.MarkRemoved c) {
      within(c.appId(), space -> space.conversations().drop(c.endpointId(), c.group()));
    } else if (change instanceof Change.DeviceStored c) {
      return device(c);
    } else if (change instanceof Change.DeviceRemoved c) {
      within(c.appId(), space -> space.pushTokens().remove(c.id()));
    } else if (change instanceof Change.WebhookStored c) {
      within(
          c.appId(),
          space ->
              space
                  .events()
                  .webhook(new WebhookConfig(c.url(), c.secret(), new LinkedHashSet<>(c.types()))));
    } else if (change instanceof Change.WebhookRemoved c) {
      within(c.appId(), space -> space.events().webhook(null));
    } else if (change instanceof Change.PushRulesStored c) {
      within(c.appId(), space -> space.push().rules(PushRules.of(c.rules())));
    } else if (change instanceof Change.PushAsked c) {
      within(
          c.appId(),
          space ->
              space
                  .push()
                  .restore(
                      c.id(),
                      new PushDesk.Asked(
                          c.endpointId(), PushConfig.of(c.config()), c.expiresAt())));
    } else if (change instanceof Change.EventQueued c) {
      within(
          c.appId(),
          space ->
              space.events().outbox().restore(c.id(), c.type(), c.key(), c.body(), c.createdAt()));
    } else if (change instanceof Change.EventFinished c) {
      return finished(c);
    } else if (change instanceof Change.ReportStored c) {
      within(
          c.appId(),
          space ->
              (c.kind() == Change.ReportKind.DEBUG
                      ? space.debugReports()
                      : space.pushNotifications())
                  .add(c.document()));
    }
    return List.of();
  }

  private List<Change> mark(Change.MarkStored c) {
    AppSpace space = apps.byId(c.appId());
    if (space == null) {
      return List.of();
    }
    List<Change> forgotten = new ArrayList<>(0);
    for (Conversations.Part part :
        space.conversations().read(c.endpointId(), c.group(), c.timestamp())) {
      forgotten.add(new Change.MarkRemoved(c.appId(), part.endpoint(), part.group()));
    }
    return forgotten;
  }

  private List<Change> finished(Change.EventFinished c) {
    AppSpace space = apps.byId(c.appId());
    if (space == null) {
      return List.of();
    }
    return space
        .events()
        .outbox()
        .restoreFinished(
            c.id(),
            c.delivered() ? WebhookDelivery.Status.DELIVERED : WebhookDelivery.Status.DEAD,
            c.attempts(),
            c.attemptedAt(),
            new WebhookAnswer(c.status(), c.millis(), c.problem()),
            c.problem())
        .stream()
        .<Change>map(old -> new Change.EventSettled(c.appId(), old.id()))
        .toList();
  }

  private List<Change> device(Change.DeviceStored c) {
    AppSpace space = apps.byId(c.appId());
    if (space == null) {
      return List.of();
    }
    String forgotten =
        space
            .pushTokens()
            .put(new PushTokens.Device(c.id(), c.endpointId(), c.service(), c.token()));
    return forgotten == null ? List.of() : List.of(new Change.DeviceRemoved(c.appId(), forgotten));
  }

  private interface Deed {
    void on(AppSpace space);
  }

  /** Does nothing for an app that was removed meanwhile. */
  private void within(String appId, Deed deed) {
    AppSpace space = apps.byId(appId);
    if (space != null) {
      deed.on(space);
    }
  }

  private App app(StoredApp app) {
    return new App(
        app.id(),
        app.secretDigest(),
        app.name(),
        app.description(),
        accountId,
        app.developmentMode(),
        app.permittedDomains(),
        app.allowRolelessTokens(),
        app.defaultRoleId(),
        app.developmentRoleId(),
        app.historyMaxAge(),
        app.historyPerGroup(),
        app.createdAt());
  }

  /** An app as it is stored. */
  static StoredApp stored(App app) {
    return new StoredApp(
        app.id(),
        app.secretDigest(),
        app.name(),
        app.description(),
        app.developmentMode(),
        app.permittedDomains(),
        app.allowRolelessTokens(),
        app.defaultRoleId(),
        app.developmentRoleId(),
        app.historyMaxAge(),
        app.historyPerGroup(),
        app.createdAt());
  }
}
