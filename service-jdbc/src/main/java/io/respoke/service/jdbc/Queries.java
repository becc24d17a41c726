package io.respoke.service.jdbc;

import io.respoke.protocol.Json;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StoredApp;
import io.respoke.service.storage.StoredMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads, and deletes what is old. */
final class Queries {
  private static final String NEWEST =
      "select sent_at, sender, document from respoke_message where app_key = ? and group_key = ?";
  private static final String NEWEST_FIRST =
      " order by sent_at desc, created_order desc fetch first ? rows only";
  private static final RowMapper<StoredMessage> MESSAGE =
      (row, context) ->
          new StoredMessage(row.getLong(1), row.getString(2), Json.parseObject(row.getString(3)));

  private final Handle db;

  Queries(Handle db) {
    this.db = db;
  }

  List<Change> everything() {
    List<Change> all = new ArrayList<>();
    all.addAll(
        db.select("select id from respoke_account")
            .map((row, context) -> new Change.AccountStored(row.getString(1)))
            .list());
    all.addAll(
        db.select("select name, password_hash from respoke_administrator order by name_key")
            .map(
                (row, context) ->
                    new Change.AdministratorStored(row.getString(1), row.getString(2)))
            .list());
    for (StoredApp app : apps()) {
      all.add(new Change.AppStored(app));
      within(app.id(), all);
    }
    return all;
  }

  private List<StoredApp> apps() {
    return db.select(
            "select id, secret_digest, name, description, development_mode, permitted_domains,"
                + " roleless_tokens, default_role_id, development_role_id, history_max_age,"
                + " history_per_group, created_at from respoke_app order by created_order")
        .map(
            (row, context) ->
                new StoredApp(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    Json.parseArray(row.getString(6)).getValuesAs(Json::text),
                    row.getBoolean(7),
                    row.getString(8),
                    row.getString(9),
                    row.getLong(10),
                    row.getInt(11),
                    row.getLong(12)))
        .list();
  }

  private void within(String id, List<Change> all) {
    String app = Keys.of(id);
    all.addAll(
        db.select(
                "select role_id, document from respoke_role where app_key = ?"
                    + " order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.RoleStored(id, row.getString(1), Json.parseObject(row.getString(2))))
            .list());
    all.addAll(
        db.select(
                "select group_name from respoke_group where app_key = ? order by created_order",
                app)
            .map((row, context) -> new Change.GroupCreated(id, row.getString(1)))
            .list());
    all.addAll(
        db.select(
                "select endpoint_id, group_name, read_until from respoke_mark where app_key = ?"
                    + " order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.MarkStored(id, row.getString(1), row.getString(2), row.getLong(3)))
            .list());
    all.addAll(
        db.select(
                "select device_id, endpoint_id, push_service, push_token from respoke_device"
                    + " where app_key = ? order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.DeviceStored(
                        id, row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
            .list());
    all.addAll(
        db.select("select url, secret, types from respoke_webhook where app_key = ?", app)
            .map(
                (row, context) ->
                    new Change.WebhookStored(
                        id,
                        row.getString(1),
                        row.getString(2),
                        Json.parseArray(row.getString(3)).getValuesAs(Json::text)))
            .list());
    all.addAll(
        db.select("select document from respoke_push_rules where app_key = ?", app)
            .map(
                (row, context) ->
                    new Change.PushRulesStored(id, Json.parseObject(row.getString(1))))
            .list());
    all.addAll(
        db.select(
                "select push_id, endpoint_id, config, expires_at from respoke_push_event"
                    + " where app_key = ? order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.PushAsked(
                        id,
                        row.getString(1),
                        row.getString(2),
                        Json.parseObject(row.getString(3)),
                        row.getLong(4)))
            .list());
    all.addAll(
        db.select(
                "select event_id, event_type, order_key, body, created_at from respoke_event"
                    + " where app_key = ? order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.EventQueued(
                        id,
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5)))
            .list());
    all.addAll(
        db.select(
                "select event_id, delivered, attempts, attempted_at, answer_status, took_millis,"
                    + " problem from respoke_event where app_key = ? and delivered is not null"
                    + " order by attempted_at + took_millis, created_order",
                app)
            .map(
                (row, context) ->
                    new Change.EventFinished(
                        id,
                        row.getString(1),
                        row.getBoolean(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6),
                        row.getString(7).isEmpty() ? null : row.getString(7)))
            .list());
    all.addAll(
        db.select(
                "select kind, document from respoke_report where app_key = ?"
                    + " order by created_order",
                app)
            .map(
                (row, context) ->
                    new Change.ReportStored(
                        id,
                        Change.ReportKind.valueOf(row.getString(1)),
                        Json.parseObject(row.getString(2))))
            .list());
  }

  Map<String, List<StoredMessage>> history(
      String appId, Collection<String> groups, int limit, @Nullable Long before) {
    Map<String, List<StoredMessage>> found = new LinkedHashMap<>();
    for (String group : groups) {
      found.put(group, newest(appId, group, limit, before));
    }
    return found;
  }

  private List<StoredMessage> newest(String appId, String group, int limit, @Nullable Long before) {
    return (before == null
            ? db.select(NEWEST + NEWEST_FIRST, Keys.of(appId), Keys.of(group), limit)
            : db.select(
                NEWEST + " and sent_at < ?" + NEWEST_FIRST,
                Keys.of(appId),
                Keys.of(group),
                before,
                limit))
        .map(MESSAGE)
        .list();
  }

  List<Conversation> conversations(String appId, String reader, Map<String, Long> marks) {
    List<Conversation> found = new ArrayList<>();
    marks.forEach(
        (group, mark) -> {
          List<StoredMessage> newest = newest(appId, group, 1, null);
          if (!newest.isEmpty()) {
            found.add(new Conversation(group, newest.get(0), unread(appId, group, reader, mark)));
          }
        });
    return found;
  }

  private int unread(String appId, String group, String reader, long mark) {
    return db.select(
            "select count(*) from (select 1 as one from respoke_message where app_key = ?"
                + " and group_key = ? and sent_at > ? and sender <> ? fetch first "
                + Storage.MOST_UNREAD
                + " rows only) newer",
            Keys.of(appId),
            Keys.of(group),
            mark,
            reader)
        .mapTo(Integer.class)
        .one();
  }

  int trim(String appId, long olderThan, int messagesPerGroup, int atMost) {
    String app = Keys.of(appId);
    int dropped = 0;
    if (olderThan > 0) {
      dropped =
          db.execute(
              "delete from respoke_message where created_order in (select created_order"
                  + " from respoke_message where app_key = ? and sent_at < ?"
                  + " order by sent_at fetch first ? rows only)",
              app,
              olderThan,
              atMost);
    }
    if (messagesPerGroup > 0 && dropped < atMost) {
      for (String group : larger(app, messagesPerGroup)) {
        dropped += shorten(app, group, messagesPerGroup, atMost - dropped);
        if (dropped == atMost) {
          break;
        }
      }
    }
    return dropped;
  }

  private List<String> larger(String app, int messages) {
    return db.select(
            "select group_key from respoke_message where app_key = ? group by group_key"
                + " having count(*) > ?",
            app,
            messages)
        .mapTo(String.class)
        .list();
  }

  private record Place(long sentAt, long order) {}

  private int shorten(String app, String group, int toKeep, int atMost) {
    List<Place> newestToGo =
        db.select(
                "select sent_at, created_order from respoke_message where app_key = ?"
                    + " and group_key = ? order by sent_at desc, created_order desc"
                    + " offset ? rows fetch first 1 rows only",
                app,
                group,
                toKeep)
            .map((row, context) -> new Place(row.getLong(1), row.getLong(2)))
            .list();
    if (newestToGo.isEmpty()) {
      return 0;
    }
    Place place = newestToGo.get(0);
    return db.execute(
        "delete from respoke_message where created_order in (select created_order"
            + " from respoke_message where app_key = ? and group_key = ?"
            + " and (sent_at < ? or (sent_at = ? and created_order <= ?))"
            + " order by sent_at, created_order fetch first ? rows only)",
        app,
        group,
        place.sentAt(),
        place.sentAt(),
        place.order(),
        atMost);
  }

  /** Deletes messages of an app that was removed; says whether there may be more. */
  boolean purge(String app, int atMost) {
    int dropped =
        db.execute(
            "delete from respoke_message where created_order in (select created_order"
                + " from respoke_message where app_key = ? fetch first ? rows only)",
            app,
            atMost);
    if (dropped == atMost) {
      return true;
    }
    int unused = db.execute("delete from respoke_removed_app where app_key = ?", app);
    return false;
  }

  List<String> removedApps() {
    return db.select("select app_key from respoke_removed_app").mapTo(String.class).list();
  }
}
