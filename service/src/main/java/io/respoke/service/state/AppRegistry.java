package io.respoke.service.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The apps of the account. */
public final class AppRegistry {
  private final Map<String, AppSpace> byId = new LinkedHashMap<>();
  private final Map<String, AppSpace> bySecret = new LinkedHashMap<>();

  /**
   * Adds an app.
   *
   * @throws IllegalArgumentException if another app has its id or its secret
   */
  public AppSpace add(App app, Limits limits) {
    String id = app.id().toLowerCase(Locale.ROOT);
    String digest = Ids.digest(app.secret());
    if (byId.containsKey(id)) {
      throw new IllegalArgumentException("two apps have the id " + app.id());
    }
    if (bySecret.containsKey(digest)) {
      throw new IllegalArgumentException("two apps have the same secret");
    }
    AppSpace space = new AppSpace(app, limits);
    byId.put(id, space);
    bySecret.put(digest, space);
    return space;
  }

  /** An app by id, in any case of its letters. */
  public @Nullable AppSpace byId(String id) {
    return byId.get(id.toLowerCase(Locale.ROOT));
  }

  /** An app by its secret. */
  public @Nullable AppSpace bySecret(String secret) {
    AppSpace space = bySecret.get(Ids.digest(secret));
    return space != null && Ids.same(space.app().secret(), secret) ? space : null;
  }

  /** Removes an app. */
  public void remove(AppSpace space) {
    byId.remove(space.app().id().toLowerCase(Locale.ROOT));
    bySecret.remove(Ids.digest(space.app().secret()));
  }

  /** All apps, in the order they were added. */
  public Collection<AppSpace> all() {
    return Collections.unmodifiableCollection(byId.values());
  }
}
