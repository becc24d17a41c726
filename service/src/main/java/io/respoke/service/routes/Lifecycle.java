package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What others see when a connection changes its presence, comes, or goes. */
public final class Lifecycle {
  private final Duration observerRetention;

  /** Keeps the observers of a lost endpoint for this long. */
  public Lifecycle(Duration observerRetention) {
    this.observerRetention = observerRetention;
  }

  /** Tells the observers of a connection's endpoint about its presence. */
  void announce(Connection who, Occasion at) {
    announce(who, Events.presence(who, at));
  }

  private static void announce(Connection who, String frame) {
    AppSpace space = who.space();
    for (String observer : space.presence().observersOf(who.endpointId())) {
      for (Connection recipient : space.connections().of(observer)) {
        if (recipient != who) {
          recipient.send(frame);
        }
      }
    }
  }

  /** Takes a connection out of a group and tells the others. */
  static boolean leave(Connection who, String group, Occasion at) {
    if (!who.space().groups().leave(group, who)) {
      return false;
    }
    String frame = null;
    for (Connection member : who.space().groups().members(group)) {
      if (frame == null) {
        frame = Events.leave(who, group, at);
      }
      member.send(frame);
    }
    AppFeed.left(who, group, at);
    return true;
  }

  /**
   * Ends a connection: {@code leave} for each of its groups, then {@code unavailable} for its
   * observers, in this order (protocol-wire §5.8).
   *
   * @param clean whether the client meant to go; then its observers are forgotten at once
   */
  public void end(Connection who, boolean clean, Occasion at) {
    AppSpace space = who.space();
    if (!space.connections().remove(who)) {
      return;
    }
    space.events().unsubscribe(who);
    List<String> groups = new ArrayList<>(who.groups());
    groups.forEach(group -> leave(who, group, at));
    announce(who, Events.presence(who, Json.string(Connection.UNAVAILABLE), null, null, at));
    AppFeed.disconnected(who, at);
    if (space.connections().of(who.endpointId()).isEmpty()) {
      if (clean) {
        space.presence().forget(who.endpointId());
      } else {
        space.presence().forgetAt(who.endpointId(), at.now() + observerRetention.toMillis());
      }
    }
  }
}
