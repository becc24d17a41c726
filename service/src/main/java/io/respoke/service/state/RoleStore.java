package io.respoke.service.state;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The roles of one app, with two that are always there. */
public final class RoleStore {
  /** The built-in role of tokens that name none. */
  public static final String DEFAULT = "default";

  /** The built-in role of tokens made in development mode (protocol-wire §8.1). */
  public static final String DEVELOPMENT = "development";

  private static final int LIMIT = 10_000;

  private final App app;
  private final Map<String, Role> roles = new LinkedHashMap<>();

  /** The built-in roles only. */
  public RoleStore(App app) {
    this.app = app;
    JsonObject everything = groups();
    built(
        app.defaultRoleId(),
        Json.object()
            .add("name", DEFAULT)
            .add("mediaRelay", true)
            .add("events", Json.object().add("subscribe", true).add("unsubscribe", true))
            .add("groups", everything)
            .add("conferences", conferences())
            .add("pstnOut", Json.array().add("*"))
            .build());
    built(
        app.developmentRoleId(),
        Json.object()
            .add("name", DEVELOPMENT)
            .add("groups", everything)
            .add("conferences", conferences())
            .build());
  }

  private void built(String id, JsonObject json) {
    roles.put(key(id), draft(id, json, app.createdAt()));
  }

  private static JsonObject groups() {
    JsonObjectBuilder all = Json.object();
    for (Role.GroupPermission permission : Role.GroupPermission.values()) {
      all.add(permission.key(), true);
    }
    return Json.object().add("list", true).add("*", all).build();
  }

  private static JsonObject conferences() {
    JsonObjectBuilder all = Json.object();
    for (Role.ConferencePermission permission : Role.ConferencePermission.values()) {
      all.add(permission.key(), true);
    }
    return Json.object().add("*", all).build();
  }

  /** The id of the role {@link #DEFAULT}. */
  public String defaultId() {
    return app.defaultRoleId();
  }

  /** The id of the role {@link #DEVELOPMENT}. */
  public String developmentId() {
    return app.developmentRoleId();
  }

  /** Whether a role cannot be removed. */
  public boolean builtIn(String id) {
    String key = key(id);
    return key.equals(key(defaultId())) || key.equals(key(developmentId()));
  }

  /** Whether there may be more. */
  public boolean full() {
    return roles.size() >= LIMIT;
  }

  /** A new role with defaults for what is not given. It is not added. */
  public Role draft(JsonObject json, long now) {
    return draft(Ids.upper(), json, now);
  }

  /** A role with some of its members changed; {@code null} when it does not exist. */
  public @Nullable Role changed(String id, JsonObject changes, long now) {
    Role old = find(id);
    if (old == null) {
      return null;
    }
    JsonObjectBuilder merged = Json.object(old.json());
    changes.forEach(
        (name, value) -> {
          if (value != JsonValue.NULL) {
            merged.add(name, value);
          }
        });
    merged
        .add("id", old.json().get("id"))
        .add("appId", app.id())
        .add("accountId", app.accountId())
        .add("createdAt", old.json().get("createdAt"))
        .add("updatedAt", IsoTime.of(now));
    return new Role(merged.build());
  }

  /** Adds a role or replaces the one with its id. */
  public void put(String id, Role role) {
    roles.put(key(id), role);
  }

  private Role draft(String id, JsonObject json, long now) {
    String time = IsoTime.of(now);
    JsonObjectBuilder out =
        Json.object()
            .add("mediaRelay", false)
            .add("events", JsonValue.EMPTY_JSON_OBJECT)
            .add("groups", JsonValue.EMPTY_JSON_OBJECT)
            .add("pstnOut", JsonValue.EMPTY_JSON_ARRAY)
            .add("callerIds", JsonValue.EMPTY_JSON_ARRAY);
    json.forEach(
        (name, value) -> {
          if (value != JsonValue.NULL && !name.equals("headers")) {
            out.add(name, value);
          }
        });
    out.add("id", id)
        .add("appId", app.id())
        .add("accountId", app.accountId())
        .add("createdAt", time)
        .add("updatedAt", time);
    return new Role(out.build());
  }

  /** A role by id. */
  public @Nullable Role find(String id) {
    return roles.get(key(id));
  }

  /** A role by name: the last one that was given it. */
  public @Nullable Role named(String name) {
    Role found = null;
    for (Role role : roles.values()) {
      if (name.equals(role.name())) {
        found = role;
      }
    }
    return found;
  }

  /** Removes a role; false when it does not exist. */
  public boolean remove(String id) {
    return roles.remove(key(id)) != null;
  }

  /** All roles as JSON. */
  public JsonArray toJson() {
    JsonArrayBuilder out = Json.array();
    roles.values().forEach(role -> out.add(role.json()));
    return out.build();
  }

  private static String key(String id) {
    return id.toUpperCase(Locale.ROOT);
  }
}
