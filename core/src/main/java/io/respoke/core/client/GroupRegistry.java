package io.respoke.core.client;

import io.respoke.Group;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The groups a client knows. */
final class GroupRegistry {
  private final ClientContext context;
  private final Map<String, DefaultGroup> groups = new ConcurrentHashMap<>();

  GroupRegistry(ClientContext context) {
    this.context = context;
  }

  /** The group with this id, created when unknown. */
  DefaultGroup get(String id) {
    DefaultGroup known = groups.get(id);
    return known != null
        ? known
        : groups.computeIfAbsent(id, key -> new DefaultGroup(context, key));
  }

  /** The groups the client is a member of. */
  List<Group> joined() {
    return groups.values().stream().filter(DefaultGroup::isJoined).<Group>map(g -> g).toList();
  }

  /** The groups the client should be a member of. */
  List<DefaultGroup> wanted() {
    return groups.values().stream().filter(DefaultGroup::isWanted).toList();
  }

  /** The connection is gone, and with it all memberships. */
  void offline() {
    groups.values().forEach(DefaultGroup::offline);
  }

  /** No group is to be joined again. */
  void forget() {
    groups.values().forEach(DefaultGroup::forget);
  }

  /** Whether a connection is known as a member of any group. */
  boolean hasMember(String connectionId) {
    return groups.values().stream().anyMatch(group -> group.hasMember(connectionId));
  }
}
