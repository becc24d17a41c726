package io.respoke.service.state;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The persisted messages of an app's groups; the oldest go first when a bound is reached. */
public final class GroupHistory {
  /**
   * One persisted message.
   *
   * @param timestamp when it was published, epoch milliseconds
   * @param from who published it
   * @param json header and message as members received them
   */
  public record Entry(long timestamp, String from, JsonObject json) {}

  private final int perGroup;
  private final Map<String, Deque<Entry>> groups;

  /** An empty history with its two bounds; with 0 messages for a group nothing is kept. */
  public GroupHistory(int perGroup, int maxGroups) {
    this.perGroup = perGroup;
    // In order of the last publish, so that the quietest group makes room for a new one.
    this.groups =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Deque<Entry>> eldest) {
            return size() > maxGroups;
          }
        };
  }

  /** Keeps a message. */
  public void add(String group, Entry entry) {
    if (perGroup == 0) {
      return;
    }
    Deque<Entry> entries = groups.computeIfAbsent(group, g -> new ArrayDeque<>());
    entries.addLast(entry);
    if (entries.size() > perGroup) {
      entries.removeFirst();
    }
  }

  /** The newest {@code limit} messages older than {@code before}, newest first. */
  public List<Entry> newest(String group, long limit, @Nullable Long before) {
    List<Entry> found = new ArrayList<>();
    Deque<Entry> entries = groups.get(group);
    if (entries == null) {
      return found;
    }
    for (Iterator<Entry> all = entries.descendingIterator();
        all.hasNext() && found.size() < limit; ) {
      Entry entry = all.next();
      if (before == null || entry.timestamp() < before) {
        found.add(entry);
      }
    }
    return found;
  }

  /** How many messages of others were published after a point in time. */
  public int unread(String group, String reader, long mark) {
    int count = 0;
    Deque<Entry> entries = groups.get(group);
    if (entries != null) {
      for (Entry entry : entries) {
        if (entry.timestamp() > mark && !entry.from().equals(reader)) {
          count++;
        }
      }
    }
    return count;
  }
}
