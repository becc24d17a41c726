package io.respoke.service.jdbc;

import io.respoke.protocol.Json;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StoredApp;
import io.respoke.service.storage.StoredMessage;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes. There is one writer, so what is replaced is updated first and inserted when there
 * was nothing to update: that is the same in every database.
 */
final class Statements {
  private final Handle db;

  Statements(Handle db) {
    this.db = db;
  }

  /** Writes changes in their order; messages that follow each other go together. */
  void write(List<Change> changes) {
    PreparedBatch messages = null;
    for (Change change : changes) {
      if (change instanceof Change.MessageStored message) {
        if (messages == null) {
          messages =
              db.prepareBatch(
                  "insert into respoke_message (app_key, group_key, sent_at, sender, document)"
                      + " values (?, ?, ?, ?, ?)");
        }
        StoredMessage stored = message.message();
        var unused =
            messages.add(
                Keys.of(message.appId()),
                Keys.of(message.group()),
                stored.timestamp(),
                stored.from(),
                Json.write(stored.json()));
      } else {
        execute(messages);
        messages = null;
        write(change);
      }
    }
    execute(messages);
  }

  private static void execute(@Nullable PreparedBatch batch) {
    if (batch != null) {
      int[] unused = batch.execute();
      batch.close();
    }
  }

  private void write(Change change) {
    if (change instanceof Change.AccountStored c) {
      either(
          db.execute("update respoke_account set id = ?", c.id()),
          "insert into respoke_account (id) values (?)",
          c.id());
    } else if (change instanceof Change.AdministratorStored c) {
      String key = Keys.of(c.name());
      either(
          db.execute(
              "update respoke_administrator set password_hash = ? where name_key = ?",
              c.passwordHash(),
              key),
          "insert into respoke_administrator (name_key, name, password_hash) values (?, ?, ?)",
          key,
          c.name(),
          c.passwordHash());
    } else if (change instanceof Change.AdministratorRemoved c) {
      int unused =
          db.execute("delete from respoke_administrator where name_key = ?", Keys.of(c.name()));
    } else if (change instanceof Change.AppStored c) {
      app(c.app());
    } else if (change instanceof Change.AppRemoved c) {
      removeApp(Keys.of(c.appId()));
    } else {
      withinApp(change);
    }
  }

  private void either(int updated, String insert, Object... values) {
    if (updated == 0) {
      int unused = db.execute(insert, values);
    }
  }

  private void app(StoredApp app) {
    String key = Keys.of(app.id());
    String domains = Json.write(Json.strings(app.permittedDomains()));
    either(
        db.execute(
            "update respoke_app set secret_digest = ?, name = ?, description = ?,"
                + " development_mode = ?, permitted_domains = ?, roleless_tokens = ?,"
                + " default_role_id = ?, development_role_id = ?, history_max_age = ?,"
                + " history_per_group = ? where app_key = ?",
            app.secretDigest(),
            app.name(),
            app.description(),
            app.developmentMode(),
            domains,
            app.allowRolelessTokens(),
            app.defaultRoleId(),
            app.developmentRoleId(),
            app.historyMaxAge(),
            app.historyPerGroup(),
            key),
        "insert into respoke_app (app_key, id, secret_digest, name, description, development_mode,"
            + " permitted_domains, roleless_tokens, default_role_id, development_role_id,"
            + " history_max_age, history_per_group, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key,
        app.id(),
        app.secretDigest(),
        app.name(),
        app.description(),
        app.developmentMode(),
        domains,
        app.allowRolelessTokens(),
        app.defaultRoleId(),
        app.developmentRoleId(),
        app.historyMaxAge(),
        app.historyPerGroup(),
        app.createdAt());
  }

  /** The messages may be many; they go later, a few at a time. */
  private void removeApp(String key) {
    for (String table :
        List.of(
            "app",
            "role",
            "group",
            "mark",
            "device",
            "report",
            "webhook",
            "event",
            "push_rules",
            "push_event")) {
      int unused = db.execute("delete from respoke_" + table + " where app_key = ?", key);
    }
    either(
        db.execute("update respoke_removed_app set app_key = ? where app_key = ?", key, key),
        "insert into respoke_removed_app (app_key) values (?)",
        key);
  }

  private void withinApp(Change change) {
    if (change instanceof Change.RoleStored c) {
      String app = Keys.of(c.appId());
      String role = Keys.of(c.roleId());
      String json = Json.write(c.json());
      either(
          db.execute(
              "update respoke_role set document = ? where app_key = ? and role_key = ?",
              json,
              app,
              role),
          "insert into respoke_role (app_key, role_key, role_id, document) values (?, ?, ?, ?)",
          app,
          role,
          c.roleId(),
          json);
    } else if (change instanceof Change.RoleRemoved c) {
      remove("role", "role_key", c.appId(), c.roleId());
    } else if (change instanceof Change.GroupCreated c) {
      String app = Keys.of(c.appId());
      String group = Keys.of(c.group());
      either(
          db.execute(
              "update respoke_group set group_name = ? where app_key = ? and group_key = ?",
              c.group(),
              app,
              group),
          "insert into respoke_group (app_key, group_key, group_name) values (?, ?, ?)",
          app,
          group,
          c.group());
    } else if (change instanceof Change.GroupDestroyed c) {
      remove("group", "group_key", c.appId(), c.group());
    } else if (change instanceof Change.MarkStored c) {
      mark(c);
    } else if (change instanceof Change.MarkRemoved c) {
      int unused =
          db.execute(
              "delete from respoke_mark where app_key = ? and endpoint_key = ? and group_key = ?",
              Keys.of(c.appId()),
              Keys.of(c.endpointId()),
              Keys.of(c.group()));
    } else if (change instanceof Change.DeviceStored c) {
      device(c);
    } else if (change instanceof Change.DeviceRemoved c) {
      remove("device", "device_key", c.appId(), c.id());
    } else if (change instanceof Change.WebhookStored c) {
      webhook(c);
    } else if (change instanceof Change.WebhookRemoved c) {
      String app = Keys.of(c.appId());
      int unused = db.execute("delete from respoke_webhook where app_key = ?", app);
      int unusedCount =
          db.execute("delete from respoke_event where app_key = ? and delivered is null", app);
    } else if (change instanceof Change.PushRulesStored c) {
      String app = Keys.of(c.appId());
      String rules = Json.write(c.rules());
      either(
          db.execute("update respoke_push_rules set document = ? where app_key = ?", rules, app),
          "insert into respoke_push_rules (app_key, document) values (?, ?)",
          app,
          rules);
    } else if (change instanceof Change.PushAsked c) {
      asked(c);
    } else if (change instanceof Change.PushSettled c) {
      remove("push_event", "push_key", c.appId(), c.id());
    } else if (change instanceof Change.EventQueued c) {
      event(c);
    } else if (change instanceof Change.EventFinished c) {
      finished(c);
    } else if (change instanceof Change.EventSettled c) {
      remove("event", "event_key", c.appId(), c.id());
    } else if (change instanceof Change.ReportStored c) {
      report(c);
    } else {
      throw new IllegalArgumentException("not a change this storage knows: " + change);
    }
  }

  private void remove(String table, String column, String appId, String id) {
    int unused =
        db.execute(
            "delete from respoke_" + table + " where app_key = ? and " + column + " = ?",
            Keys.of(appId),
            Keys.of(id));
  }

  private void mark(Change.MarkStored c) {
    String app = Keys.of(c.appId());
    String endpoint = Keys.of(c.endpointId());
    String group = Keys.of(c.group());
    either(
        db.execute(
            "update respoke_mark set read_until = ?"
                + " where app_key = ? and endpoint_key = ? and group_key = ?",
            c.timestamp(),
            app,
            endpoint,
            group),
        "insert into respoke_mark (app_key, endpoint_key, group_key, endpoint_id, group_name,"
            + " read_until) values (?, ?, ?, ?, ?, ?)",
        app,
        endpoint,
        group,
        c.endpointId(),
        c.group(),
        c.timestamp());
  }

  private void device(Change.DeviceStored c) {
    String app = Keys.of(c.appId());
    String device = Keys.of(c.id());
    either(
        db.execute(
            "update respoke_device set endpoint_id = ?, push_service = ?, push_token = ?"
                + " where app_key = ? and device_key = ?",
            c.endpointId(),
            c.service(),
            c.token(),
            app,
            device),
        "insert into respoke_device (app_key, device_key, device_id, endpoint_id, push_service,"
            + " push_token) values (?, ?, ?, ?, ?, ?)",
        app,
        device,
        c.id(),
        c.endpointId(),
        c.service(),
        c.token());
  }

  private void webhook(Change.WebhookStored c) {
    String app = Keys.of(c.appId());
    String types = Json.write(Json.strings(c.types()));
    either(
        db.execute(
            "update respoke_webhook set url = ?, secret = ?, types = ? where app_key = ?",
            c.url(),
            c.secret(),
            types,
            app),
        "insert into respoke_webhook (app_key, url, secret, types) values (?, ?, ?, ?)",
        app,
        c.url(),
        c.secret(),
        types);
  }

  private void asked(Change.PushAsked c) {
    String app = Keys.of(c.appId());
    String push = Keys.of(c.id());
    either(
        db.execute(
            "update respoke_push_event set expires_at = ? where app_key = ? and push_key = ?",
            c.expiresAt(),
            app,
            push),
        "insert into respoke_push_event (app_key, push_key, push_id, endpoint_id, config,"
            + " expires_at) values (?, ?, ?, ?, ?, ?)",
        app,
        push,
        c.id(),
        c.endpointId(),
        Json.write(c.config()),
        c.expiresAt());
  }

  private void event(Change.EventQueued c) {
    String app = Keys.of(c.appId());
    String event = Keys.of(c.id());
    either(
        db.execute(
            "update respoke_event set body = ?, delivered = null"
                + " where app_key = ? and event_key = ?",
            c.body(),
            app,
            event),
        "insert into respoke_event (app_key, event_key, event_id, event_type, order_key, body,"
            + " created_at) values (?, ?, ?, ?, ?, ?, ?)",
        app,
        event,
        c.id(),
        c.type(),
        c.key(),
        c.body(),
        c.createdAt());
  }

  private void finished(Change.EventFinished c) {
    String problem = c.problem();
    int unused =
        db.execute(
            "update respoke_event set delivered = ?, attempts = ?, attempted_at = ?,"
                + " took_millis = ?, answer_status = ?, problem = ?"
                + " where app_key = ? and event_key = ?",
            c.delivered(),
            c.attempts(),
            c.attemptedAt(),
            c.millis(),
            c.status(),
            problem == null ? "" : problem,
            Keys.of(c.appId()),
            Keys.of(c.id()));
  }

  private void report(Change.ReportStored c) {
    String app = Keys.of(c.appId());
    String kind = c.kind().name();
    int unused =
        db.execute(
            "insert into respoke_report (app_key, kind, document) values (?, ?, ?)",
            app,
            kind,
            Json.write(c.document()));
    List<Long> oldest =
        db.select(
                "select created_order from respoke_report where app_key = ? and kind = ?"
                    + " order by created_order desc offset "
                    + Storage.REPORTS
                    + " rows fetch first 1 rows only",
                app,
                kind)
            .mapTo(Long.class)
            .list();
    if (!oldest.isEmpty()) {
      int unusedCount =
          db.execute(
              "delete from respoke_report where app_key = ? and kind = ? and created_order <= ?",
              app,
              kind,
              oldest.get(0));
    }
  }
}
