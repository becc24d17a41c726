package io.respoke.service.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups each endpoint takes part in, and up to where it has read them. */
public final class Conversations {
  private static final int ENDPOINTS = 100_000;
  private static final int GROUPS = 1_000;

  private final Map<String, Map<String, Long>> marks = bounded(ENDPOINTS);

  private static <V> Map<String, V> bounded(int limit) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
      }
    };
  }

  /** The endpoint takes part in a group from now on; what was there before counts as unread. */
  public void take(String endpoint, String group) {
    marks.computeIfAbsent(endpoint, e -> bounded(GROUPS)).putIfAbsent(group, 0L);
  }

  /** The endpoint has left the group for good. */
  public void drop(String endpoint, String group) {
    Map<String, Long> mine = marks.get(endpoint);
    if (mine != null) {
      mine.remove(group);
      if (mine.isEmpty()) {
        marks.remove(endpoint);
      }
    }
  }

  /** The endpoint has read the group up to a time; never goes back. */
  public void read(String endpoint, String group, long timestamp) {
    marks.computeIfAbsent(endpoint, e -> bounded(GROUPS)).merge(group, timestamp, Math::max);
  }

  /** The groups of an endpoint. */
  public List<String> of(String endpoint) {
    Map<String, Long> mine = marks.get(endpoint);
    return mine == null ? List.of() : new ArrayList<>(mine.keySet());
  }

  /** Up to where the endpoint has read, epoch milliseconds; 0 for not at all. */
  public long mark(String endpoint, String group) {
    Map<String, Long> mine = marks.get(endpoint);
    Long mark = mine == null ? null : mine.get(group);
    return mark == null ? 0 : mark;
  }
}
