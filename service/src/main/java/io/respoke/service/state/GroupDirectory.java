package io.respoke.service.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in which group. Membership belongs to a connection. A group lives from its first member to
 * its last, unless it was created by name.
 */
public final class GroupDirectory {
  private static final int NAMED_LIMIT = 100_000;

  private final Map<String, Set<Connection>> groups = new LinkedHashMap<>();
  private final Set<String> named = new LinkedHashSet<>();

  /** Whether the group exists. */
  public boolean exists(String group) {
    return groups.containsKey(group) || named.contains(group);
  }

  /** Whether a group without members can be created: it must not exist, nor be too many. */
  public boolean mayCreate(String group) {
    return !exists(group) && named.size() < NAMED_LIMIT;
  }

  /** Creates a group that needs no members; does nothing when there are too many. */
  public void create(String group) {
    if (named.size() < NAMED_LIMIT) {
      named.add(group);
    }
  }

  /** Adds a member; false when it was one already. */
  public boolean join(String group, Connection connection) {
    if (!groups.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(connection)) {
      return false;
    }
    connection.mutableGroups().add(group);
    return true;
  }

  /** Removes a member; false when it was none. */
  public boolean leave(String group, Connection connection) {
    Set<Connection> members = groups.get(group);
    if (members == null || !members.remove(connection)) {
      return false;
    }
    connection.mutableGroups().remove(group);
    if (members.isEmpty()) {
      groups.remove(group);
    }
    return true;
  }

  /** Forgets that a group was created by name. */
  public void destroy(String group) {
    named.remove(group);
  }

  /** The members in the order they joined; a live view. */
  public Collection<Connection> members(String group) {
    Set<Connection> members = groups.get(group);
    return members == null ? List.of() : Collections.unmodifiableSet(members);
  }

  /** The names of all groups. */
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>(named);
    names.addAll(groups.keySet());
    return new ArrayList<>(names);
  }

  /** How many groups there are. */
  public int size() {
    return names().size();
  }
}
