package io.respoke.service.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which connection hosts which conference of one app. */
public final class Conferences {
  private static final int LIMIT = 10_000;

  private final Map<String, Connection> hosts = new HashMap<>();

  /** Makes a connection the host; false when there is another one, or too many conferences. */
  public boolean host(String conferenceId, Connection connection) {
    Connection now = hosts.get(conferenceId);
    if (now == null && hosts.size() < LIMIT) {
      hosts.put(conferenceId, connection);
      return true;
    }
    return now == connection;
  }

  /** The host, or {@code null}. */
  public @Nullable Connection host(String conferenceId) {
    return hosts.get(conferenceId);
  }

  /** Takes the host away; {@code null} when there was none. */
  public @Nullable Connection remove(String conferenceId) {
    return hosts.remove(conferenceId);
  }

  /** Takes away the hosts that are not connected any more and names their conferences. */
  public List<String> sweep(ConnectionRegistry registry) {
    List<String> orphans = new ArrayList<>();
    hosts.forEach(
        (id, host) -> {
          if (registry.byId(host.id()) == null) {
            orphans.add(id);
          }
        });
    orphans.forEach(hosts::remove);
    return orphans;
  }
}
