package io.respoke.service.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of an app's groups; the oldest go first when a bound is reached. */
final class MemoryHistory {
  private final int perGroup;
  private final Map<String, Deque<StoredMessage>> groups;

  /** An empty history with its two bounds; with 0 messages for a group nothing is kept. */
  MemoryHistory(int perGroup, int maxGroups) {
    this.perGroup = perGroup;
    // In order of the last publish, so that the quietest group makes room for a new one.
    this.groups =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Deque<StoredMessage>> eldest) {
            return size() > maxGroups;
          }
        };
  }

  void add(String group, StoredMessage message) {
    if (perGroup == 0) {
      return;
    }
    Deque<StoredMessage> messages = groups.computeIfAbsent(group, g -> new ArrayDeque<>());
    messages.addLast(message);
    if (messages.size() > perGroup) {
      messages.removeFirst();
    }
  }

  /** The newest {@code limit} messages older than {@code before}, newest first. */
  List<StoredMessage> newest(String group, int limit, @Nullable Long before) {
    List<StoredMessage> found = new ArrayList<>();
    Deque<StoredMessage> messages = groups.get(group);
    if (messages == null) {
      return found;
    }
    for (Iterator<StoredMessage> all = messages.descendingIterator();
        all.hasNext() && found.size() < limit; ) {
      StoredMessage message = all.next();
      if (before == null || message.timestamp() < before) {
        found.add(message);
      }
    }
    return found;
  }

  /** How many messages of others were published after a point in time. */
  int unread(String group, String reader, long mark) {
    int count = 0;
    Deque<StoredMessage> messages = groups.get(group);
    if (messages != null) {
      for (StoredMessage message : messages) {
        if (message.timestamp() > mark && !message.from().equals(reader)) {
          count++;
        }
      }
    }
    return count;
  }

  /** Drops what is too old or too much, up to a number; says how many. */
  int trim(long olderThan, int toKeep, int atMost) {
    int dropped = 0;
    for (Iterator<Deque<StoredMessage>> all = groups.values().iterator(); all.hasNext(); ) {
      Deque<StoredMessage> messages = all.next();
      while (dropped < atMost
          && !messages.isEmpty()
          && (messages.getFirst().timestamp() < olderThan
              || (toKeep > 0 && messages.size() > toKeep))) {
        messages.removeFirst();
        dropped++;
      }
      if (messages.isEmpty()) {
        all.remove();
      }
    }
    return dropped;
  }
}
