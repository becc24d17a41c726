package io.respoke;

import java.util.Objects;
import java.util.Optional;

/**
 * Names a role, by id or by name, or leaves it to the app.
 *
 * @param id the role's id
 * @param name the role's name
 */
public record RoleRef(Optional<String> id, Optional<String> name) {
  private static final RoleRef DEFAULT = new RoleRef(Optional.empty(), Optional.empty());

  /** Checks that not both are given. */
  public RoleRef {
    if (id.isPresent() && name.isPresent()) {
      throw new IllegalArgumentException("give a role id or a role name, not both");
    }
  }

  /** A role by id. */
  public static RoleRef id(String id) {
    return new RoleRef(Optional.of(Objects.requireNonNull(id, "id")), Optional.empty());
  }

  /** A role by name. */
  public static RoleRef name(String name) {
    return new RoleRef(Optional.empty(), Optional.of(Objects.requireNonNull(name, "name")));
  }

  /** The role the app gives to tokens that name none. */
  public static RoleRef appDefault() {
    return DEFAULT;
  }
}
