package io.respoke;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the endpoints that have it may do (features §5.4).
 *
 * @param id its id; empty before it is created
 * @param name its name
 * @param json the whole role as the service has it
 */
public record Role(Optional<String> id, String name, JsonObject json) {
  /** What can be allowed on a group. */
  public enum Permission {
    /** Join. */
    SUBSCRIBE,
    /** Leave. */
    UNSUBSCRIBE,
    /** Join a group that does not exist yet. */
    CREATE,
    /** Delete. */
    DESTROY,
    /** Publish. */
    PUBLISH,
    /** See the members. */
    GETSUBSCRIBERS
  }

  /** Starts a role that allows nothing. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Collects what a role allows. Not for use by several threads. */
  public static final class Builder {
    private final String name;
    private final TreeMap<String, Set<Permission>> groups = new TreeMap<>();
    private final List<String> pstnOut = new ArrayList<>();
    private final List<String> callerIds = new ArrayList<>();
    private boolean mediaRelay;
    private boolean listGroups;

    private Builder(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a role needs a name");
      }
      this.name = name;
    }

    /**
     * Allows something on groups; everything else on the same pattern is denied.
     *
     * @param pattern an id, a prefix followed by {@code *}, or {@code *}; the longest match decides
     */
    public Builder group(String pattern, Permission... permissions) {
      groups.put(pattern, Set.of(permissions));
      return this;
    }

    /** Allows everything on groups, listing included. */
    public Builder allGroups() {
      listGroups = true;
      return group("*", Permission.values());
    }

    /** Allows listing the app's groups. */
    public Builder listGroups() {
      listGroups = true;
      return this;
    }

    /** Allows relayed media. */
    public Builder mediaRelay() {
      mediaRelay = true;
      return this;
    }

    /** Allows calling a phone number; {@code *} for any. */
    public Builder pstnOut(String number) {
      pstnOut.add(number);
      return this;
    }

    /** Allows a caller id. */
    public Builder callerId(String number) {
      callerIds.add(number);
      return this;
    }

    /** The role, to be created by {@link Admin#createRole}. */
    public Role build() {
      JsonProvider json = JsonProvider.provider();
      JsonObjectBuilder rules = json.createObjectBuilder();
      if (listGroups) {
        rules.add("list", true);
      }
      groups.forEach(
          (pattern, allowed) -> {
            JsonObjectBuilder rule = json.createObjectBuilder();
            for (Permission permission : Permission.values()) {
              rule.add(
                  permission.name().toLowerCase(Locale.ROOT),
                  allowed.contains(permission) ? JsonValue.TRUE : JsonValue.FALSE);
            }
            rules.add(pattern, rule);
          });
      JsonObject role =
          json.createObjectBuilder()
              .add("name", name)
              .add("mediaRelay", mediaRelay)
              .add("groups", rules)
              .add("pstnOut", json.createArrayBuilder(pstnOut))
              .add("callerIds", json.createArrayBuilder(callerIds))
              .build();
      return new Role(Optional.empty(), name, role);
    }
  }
}
