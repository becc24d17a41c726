package io.respoke.service.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps everything until the process ends. All stages are complete when they are given. */
final class MemoryStorage implements Storage {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  /** What belongs to one app. */
  private final class Space {
    final Map<List<String>, Change> things = new LinkedHashMap<>();
    final Map<Change.ReportKind, Deque<Change>> reports = new LinkedHashMap<>();
    final MemoryHistory history = new MemoryHistory(messagesPerGroup, groupsPerApp);
  }

  private final int messagesPerGroup;
  private final int groupsPerApp;
  private final Map<List<String>, Change> account = new LinkedHashMap<>();
  private final Map<String, Change> apps = new LinkedHashMap<>();
  private final Map<String, Space> spaces = new LinkedHashMap<>();
  private final RemovedApps removed = new RemovedApps();
  private long stored;

  MemoryStorage(int messagesPerGroup, int groupsPerApp) {
    this.messagesPerGroup = messagesPerGroup;
    this.groupsPerApp = groupsPerApp;
  }

  @Override
  public synchronized List<Change> load() {
    List<Change> all = new ArrayList<>(account.values());
    apps.forEach(
        (appId, app) -> {
          all.add(app);
          Space space = spaces.get(appId);
          if (space != null) {
            all.addAll(space.things.values());
            space.reports.values().forEach(all::addAll);
          }
        });
    return all;
  }

  @Override
  public synchronized CompletionStage<Void> store(List<Change> changes) {
    removed.admit(changes).forEach(this::store);
    stored += changes.size();
    return DONE;
  }

  private void store(Change change) {
    if (change instanceof Change.MessageStored c) {
      space(c.appId()).history.add(c.group(), c.message());
    } else if (change instanceof Change.AccountStored) {
      account.put(List.of("account"), change);
    } else if (change instanceof Change.AdministratorStored c) {
      account.put(List.of("administrator", c.name()), change);
    } else if (change instanceof Change.AdministratorRemoved c) {
      account.remove(List.of("administrator", c.name()));
    } else if (change instanceof Change.AppStored c) {
      apps.put(c.app().id(), change);
    } else if (change instanceof Change.AppRemoved c) {
      apps.remove(c.appId());
      spaces.remove(c.appId());
    } else if (change instanceof Change.RoleStored c) {
      space(c.appId()).things.put(List.of("role", c.roleId()), change);
    } else if (change instanceof Change.RoleRemoved c) {
      space(c.appId()).things.remove(List.of("role", c.roleId()));
    } else if (change instanceof Change.GroupCreated c) {
      space(c.appId()).things.put(List.of("group", c.group()), change);
    } else if (change instanceof Change.GroupDestroyed c) {
      space(c.appId()).things.remove(List.of("group", c.group()));
    } else if (change instanceof Change.MarkStored c) {
      space(c.appId()).things.put(List.of("mark", c.endpointId(), c.group()), change);
    } else if (change instanceof Change.MarkRemoved c) {
      space(c.appId()).things.remove(List.of("mark", c.endpointId(), c.group()));
    } else if (change instanceof Change.DeviceStored c) {
      space(c.appId()).things.put(List.of("device", c.id()), change);
    } else if (change instanceof Change.DeviceRemoved c) {
      space(c.appId()).things.remove(List.of("device", c.id()));
    } else if (change instanceof Change.WebhookStored c) {
      space(c.appId()).things.put(List.of("webhook"), change);
    } else if (change instanceof Change.WebhookRemoved c) {
      space(c.appId()).things.remove(List.of("webhook"));
      Map<List<String>, Change> things = space(c.appId()).things;
      things
          .keySet()
          .removeIf(
              key ->
                  key.get(0).equals("event")
                      && !things.containsKey(List.of("finished", key.get(1))));
    } else if (change instanceof Change.PushRulesStored c) {
      space(c.appId()).things.put(List.of("push rules"), change);
    } else if (change instanceof Change.PushAsked c) {
      space(c.appId()).things.put(List.of("push", c.id()), change);
    } else if (change instanceof Change.PushSettled c) {
      space(c.appId()).things.remove(List.of("push", c.id()));
    } else if (change instanceof Change.EventQueued c) {
      Map<List<String>, Change> things = space(c.appId()).things;
      things.put(List.of("event", c.id()), change);
      things.remove(List.of("finished", c.id()));
    } else if (change instanceof Change.EventFinished c) {
      Map<List<String>, Change> things = space(c.appId()).things;
      things.remove(List.of("finished", c.id()));
      if (things.containsKey(List.of("event", c.id()))) {
        things.put(List.of("finished", c.id()), change);
      }
    } else if (change instanceof Change.EventSettled c) {
      space(c.appId()).things.remove(List.of("event", c.id()));
      space(c.appId()).things.remove(List.of("finished", c.id()));
    } else if (change instanceof Change.ReportStored c) {
      Deque<Change> kept =
          space(c.appId()).reports.computeIfAbsent(c.kind(), kind -> new ArrayDeque<>());
      kept.addLast(change);
      if (kept.size() > REPORTS) {
        kept.removeFirst();
      }
    }
  }

  private Space space(String appId) {
    return spaces.computeIfAbsent(appId, id -> new Space());
  }

  @Override
  public synchronized CompletionStage<Map<String, List<StoredMessage>>> history(
      String appId, Collection<String> groups, int limit, @Nullable Long before) {
    Space space = spaces.get(appId);
    Map<String, List<StoredMessage>> found = new LinkedHashMap<>();
    for (String group : groups) {
      found.put(group, space == null ? List.of() : space.history.newest(group, limit, before));
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized CompletionStage<List<Conversation>> conversations(
      String appId, String reader, Map<String, Long> marks) {
    List<Conversation> found = new ArrayList<>();
    Space space = spaces.get(appId);
    if (space != null) {
      marks.forEach(
          (group, mark) -> {
            List<StoredMessage> newest = space.history.newest(group, 1, null);
            if (!newest.isEmpty()) {
              int unread = Math.min(MOST_UNREAD, space.history.unread(group, reader, mark));
              found.add(new Conversation(group, newest.get(0), unread));
            }
          });
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized CompletionStage<Integer> trim(
      String appId, long olderThan, int messagesToKeep, int atMost) {
    Space space = spaces.get(appId);
    return CompletableFuture.completedFuture(
        space == null ? 0 : space.history.trim(olderThan, messagesToKeep, atMost));
  }

  @Override
  public synchronized StorageState state() {
    return new StorageState(true, 0, stored, 0, 0, null);
  }

  @Override
  public void close() {}
}
