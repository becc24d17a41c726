package io.respoke;

import jakarta.json.JsonValue;
import java.util.List;

/** Chooses an endpoint's presence out of those of its connections. */
@FunctionalInterface
public interface PresenceResolver {
  /**
   * The presence of an endpoint. Called whenever one of its connections changes, never concurrently
   * for one client, and must neither block nor throw: after a throw the default order decides.
   *
   * @param presences what each connection announced, in the order the connections became known;
   *     empty when the endpoint has none
   */
  JsonValue resolve(List<JsonValue> presences);
}
