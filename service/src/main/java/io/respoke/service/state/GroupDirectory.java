package io.respoke.service.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
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
  private final Set<String> reserved = new HashSet<>();
  private final int limit;
  private int size;

  /**
   * Without groups.
   *
   * @param limit how many there may be; 0 for no limit
   */
  public GroupDirectory(int limit) {
    this.limit = limit;
  }

  /** Whether the group exists. */
  public boolean exists(String group) {
    return groups.containsKey(group) || named.contains(group);
  }

  /** Whether there is room for so many more groups. */
  public boolean hasRoom(int more) {
    return limit == 0 || size + reserved.size() + more <= limit;
  }

  /**
   * Keeps a name for a group that will be created without members; false when it exists or will
   * already.
   */
  public boolean reserve(String group) {
    return !exists(group) && reserved.add(group);
  }

  /** The group was created, or will not be. */
  public void release(String group) {
    reserved.remove(group);
  }

  /** Whether there is room for one more group that needs no members. */
  public boolean hasRoomForNamed() {
    return hasRoom(1) && named.size() + reserved.size() < NAMED_LIMIT;
  }

  /** Creates a group that needs no members; does nothing when there are far too many. */
  public void create(String group) {
    if (named.size() < NAMED_LIMIT && named.add(group) && !groups.containsKey(group)) {
      size++;
    }
  }

  /** Adds a member; false when it was one already. */
  public boolean join(String group, Connection connection) {
    boolean existed = exists(group);
    if (!groups.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(connection)) {
      return false;
    }
    size += existed ? 0 : 1;
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
      size -= named.contains(group) ? 0 : 1;
    }
    return true;
  }

  /** Forgets that a group was created by name. */
  public void destroy(String group) {
    if (named.remove(group) && !groups.containsKey(group)) {
      size--;
    }
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
    return size;
  }
}
