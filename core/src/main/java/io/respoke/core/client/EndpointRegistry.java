package io.respoke.core.client;

import io.respoke.Connection;
import io.respoke.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints and connections a client knows. Reads from any thread; changes on the serial
 * context.
 *
 * <p>An endpoint is known until the client is closed: its id always gives the same object, and
 * listeners that were added to it hear of it also when nobody else holds it.
 */
final class EndpointRegistry {
  private final ClientContext context;
  private final Map<String, DefaultEndpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, DefaultConnection> connections = new ConcurrentHashMap<>();
  private final Set<String> observed = ConcurrentHashMap.newKeySet();

  EndpointRegistry(ClientContext context) {
    this.context = context;
  }

  /** The endpoint with this id, created when unknown. */
  DefaultEndpoint get(String id) {
    DefaultEndpoint known = endpoints.get(id);
    return known != null
        ? known
        : endpoints.computeIfAbsent(id, key -> new DefaultEndpoint(context, key));
  }

  /** The endpoint with this id, if it is known. */
  @Nullable DefaultEndpoint known(String id) {
    return endpoints.get(id);
  }

  List<Endpoint> all() {
    return new ArrayList<>(endpoints.values());
  }

  Optional<Connection> connection(String id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** The connection with this id, created when unknown. */
  DefaultConnection connection(String endpointId, String connectionId) {
    DefaultConnection known = connections.get(connectionId);
    if (known != null && known.endpoint().id().equals(endpointId)) {
      return known;
    }
    DefaultEndpoint endpoint = get(endpointId);
    DefaultConnection created = new DefaultConnection(context, endpoint, connectionId);
    connections.put(connectionId, created);
    endpoint.add(created);
    return created;
  }

  /** The connection is gone. */
  @Nullable DefaultConnection remove(String connectionId) {
    DefaultConnection removed = connections.remove(connectionId);
    if (removed != null) {
      removed.owner().remove(removed);
    }
    return removed;
  }

  /** Nothing is known about anybody's connections. */
  void clearConnections() {
    connections.clear();
    endpoints.values().forEach(DefaultEndpoint::clearConnections);
  }

  Set<String> observed() {
    return observed;
  }
}
