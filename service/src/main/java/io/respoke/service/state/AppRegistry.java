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
  private EventWork work = EventWork.NONE;

  /** Who sends the events of all apps and keeps them until they are delivered. */
  public void work(EventWork value) {
    work = value;
    byId.values().forEach(this::attach);
  }

  /**
   * Adds an app, or changes what is known of the one with this id.
   *
   * @throws IllegalArgumentException if another app has its secret
   */
  public AppSpace put(App app, Limits limits) {
    String id = key(app.id());
    AppSpace space = byId.get(id);
    AppSpace sameSecret = bySecret.get(app.secretDigest());
    if (sameSecret != null && sameSecret != space) {
      throw new IllegalArgumentException("two apps have the same secret");
    }
    if (space == null) {
      space = new AppSpace(app, limits);
      attach(space);
      byId.put(id, space);
    } else {
      bySecret.remove(space.app().secretDigest());
      space.change(app);
    }
    bySecret.put(app.secretDigest(), space);
    return space;
  }

  private void attach(AppSpace space) {
    space.push().attach(note -> work.push(space, note), work.pushJournal(space));
    space.events().attach(() -> work.due(space), () -> work.dropped(space), work.journal(space));
  }

  /** An app by id, in any case of its letters. */
  public @Nullable AppSpace byId(String id) {
    return byId.get(key(id));
  }

  /** An app by its secret. */
  public @Nullable AppSpace bySecret(String secret) {
    return bySecret.get(Ids.digest(secret));
  }

  /** Removes an app; does nothing when it is gone. */
  public void remove(AppSpace space) {
    byId.remove(key(space.app().id()), space);
    bySecret.remove(space.app().secretDigest(), space);
  }

  /** Whether it is one of the apps, and was not removed. */
  public boolean has(AppSpace space) {
    return byId.get(key(space.app().id())) == space;
  }

  /** All apps, in the order they were added. */
  public Collection<AppSpace> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
