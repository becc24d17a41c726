package io.respoke;

import jakarta.json.JsonValue;
import java.util.List;

/** Chooses an endpoint's presence out of those of its connections. */
@FunctionalInterface
public interface PresenceResolver {
  /**
   * The presence of an endpoint. Called whenever one of its connections changes, never concurrently
   * for one client, in the middle of a change of the client's state and possibly on the thread that
   * reads the connection. So it must not block; computing from its argument is what it is for.
   * Whatever it throws is told by {@link io.respoke.event.ErrorOccurred}, and the default order
   * decides.
   *
   * @param presences what each connection announced, in the order the connections became known;
   *     empty when the endpoint has none
   */
  JsonValue resolve(List<JsonValue> presences);
}
