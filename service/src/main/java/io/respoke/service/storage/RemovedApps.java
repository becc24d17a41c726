package io.respoke.service.storage;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what comes too late: what belongs to an app that was removed was under way at that moment,
 * and must not come back with an app of the same id. For those who write a {@link Storage}. Not
 * thread-safe.
 *
 * <p>It remembers the ids of the apps removed since it was made, as long as they are not stored
 * again.
 */
public final class RemovedApps {
  private final Set<String> ids;

  /** No app was removed. */
  public RemovedApps() {
    this(Set.of());
  }

  private RemovedApps(Collection<String> ids) {
    this.ids = new HashSet<>(ids);
  }

  /** One that knows the same and goes its own way, for changes that may still fail. */
  public RemovedApps copy() {
    return new RemovedApps(ids);
  }

  /** Takes changes, in their order; gives those that count. */
  public List<Change> admit(List<Change> changes) {
    return changes.stream().filter(this::admits).toList();
  }

  private boolean admits(Change change) {
    if (change instanceof Change.AppRemoved c) {
      ids.add(c.appId());
    } else if (change instanceof Change.AppStored c) {
      ids.remove(c.app().id());
    }
    return !(change instanceof Change.WithinApp c) || !ids.contains(c.appId());
  }
}
