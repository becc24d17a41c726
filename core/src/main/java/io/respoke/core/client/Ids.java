package io.respoke.core.client;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** Checks ids at the API's doors. */
final class Ids {
  private Ids() {}

  static String check(String id, String what) {
    Objects.requireNonNull(id, what);
    if (id.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    return id;
  }

  static List<String> check(Collection<String> ids, String what) {
    Objects.requireNonNull(ids, what);
    ids.forEach(id -> check(id, what));
    return List.copyOf(new LinkedHashSet<>(ids));
  }
}
