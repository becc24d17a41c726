package io.respoke.service.routes;

import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.storage.Change;
import java.util.ArrayList;
import java.util.List;

/** Moves connections in and out of groups and tells who must know. */
final class Membership {
  /**
   * The connections a request is about: an endpoint's own, or those an app's server names
   * (protocol-wire §4.4).
   */
  List<Connection> targets(Request request, AppSpace space, boolean mustExist) {
    Connection own = request.connection();
    String connectionId = request.text("connectionId");
    String endpointId = request.text("endpointId");
    if (request.caller() instanceof Caller.Member) {
      Connection mine = Access.connection(request);
      if (endpointId != null) {
        Access.own(request, endpointId);
      }
      if (connectionId != null && !connectionId.equalsIgnoreCase(mine.id())) {
        throw new Refused(403, "Not authorized: the connection is not the caller's own.");
      }
      return List.of(mine);
    }
    if (connectionId != null) {
      Connection named = space.connections().byId(connectionId);
      if (named != null) {
        return List.of(named);
      }
    } else if (own != null && (endpointId == null || endpointId.equals(own.endpointId()))) {
      return List.of(own);
    } else if (endpointId == null) {
      return List.of(Access.connection(request));
    } else {
      List<Connection> all = new ArrayList<>(space.connections().of(endpointId));
      if (!all.isEmpty()) {
        return all;
      }
    }
    if (mustExist) {
      throw new Refused(404, "Connection not found.");
    }
    return List.of();
  }

  /**
   * Adds a member. The others see it join; it sees itself only when somebody else made it, because
   * respoke.js counts its own join itself.
   *
   * @param toStore where to add what is to be stored
   */
  void join(Connection who, String group, Request request, List<Change> toStore) {
    AppSpace space = who.space();
    if (!space.conversations().has(who.endpointId(), group)) {
      toStore.add(new Change.MarkStored(space.app().id(), who.endpointId(), group, 0));
    }
    if (!space.groups().join(group, who)) {
      return;
    }
    Occasion at = Occasion.of(request);
    AppFeed.joined(who, group, at);
    String joined = Events.join(who, group, at);
    String presence = null;
    for (Connection member : space.groups().members(group)) {
      if (member != who || who != request.connection()) {
        member.send(joined);
      }
      // respoke.js takes whoever joins for available, so it is told the truth after it.
      if (member != who
          && member.traits().sdk().presencePush()
          && space.presence().observersOf(who.endpointId()).contains(member.endpointId())) {
        if (presence == null) {
          presence = Events.presence(who, at);
        }
        member.send(presence);
      }
    }
  }

  /** Removes a member; success also when it is none. */
  void leave(Connection who, String group, Request request, List<Change> toStore) {
    Occasion at = Occasion.of(request);
    AppSpace space = who.space();
    boolean left = Lifecycle.leave(who, group, at);
    // Dropped before it is stored, so that a join right after this one makes a new mark.
    space.conversations().drop(who.endpointId(), group);
    toStore.add(new Change.MarkRemoved(space.app().id(), who.endpointId(), group));
    if (left) {
      if (who != request.connection()) {
        who.send(Events.leave(who, group, at));
      }
    }
  }
}
