package io.respoke.service.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups each endpoint takes part in, and up to where it has read them. */
public final class Conversations {
  private static final int ENDPOINTS = 100_000;
  private static final int GROUPS = 1_000;

  /**
   * That an endpoint takes part in a group.
   *
   * @param endpoint the endpoint
   * @param group the group
   */
  public record Part(String endpoint, String group) {}

  private final Map<String, Map<String, Long>> marks = new LinkedHashMap<>(16, 0.75f, true);

  /** Whether the endpoint takes part in a group. */
  public boolean has(String endpoint, String group) {
    Map<String, Long> mine = marks.get(endpoint);
    return mine != null && mine.containsKey(group);
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

  /**
   * The endpoint takes part in a group from now on and has read it up to a time; never goes back.
   * At time 0 what was there before counts as unread. Gives what was forgotten to make room.
   */
  public List<Part> read(String endpoint, String group, long timestamp) {
    Map<String, Long> mine =
        marks.computeIfAbsent(endpoint, e -> new LinkedHashMap<>(16, 0.75f, true));
    mine.merge(group, timestamp, Math::max);
    List<Part> forgotten = new ArrayList<>(0);
    if (mine.size() > GROUPS) {
      String quietest = mine.keySet().iterator().next();
      mine.remove(quietest);
      forgotten.add(new Part(endpoint, quietest));
    }
    if (marks.size() > ENDPOINTS) {
      String longest = marks.keySet().iterator().next();
      Map<String, Long> theirs = marks.remove(longest);
      if (theirs != null) {
        theirs.keySet().forEach(other -> forgotten.add(new Part(longest, other)));
      }
    }
    return forgotten;
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
