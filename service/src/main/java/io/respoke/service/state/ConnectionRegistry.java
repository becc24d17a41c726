package io.respoke.service.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registered connections of one app. */
public final class ConnectionRegistry {
  private final Map<String, Connection> byId = new LinkedHashMap<>();
  private final Map<String, Map<String, Connection>> byEndpoint = new LinkedHashMap<>();

  /** Registers a connection. */
  public void add(Connection connection) {
    byId.put(connection.id(), connection);
    byEndpoint
        .computeIfAbsent(connection.endpointId(), e -> new LinkedHashMap<>())
        .put(connection.id(), connection);
  }

  /** Removes a connection; false when it was not registered. */
  public boolean remove(Connection connection) {
    if (byId.remove(connection.id()) == null) {
      return false;
    }
    Map<String, Connection> ofEndpoint = byEndpoint.get(connection.endpointId());
    if (ofEndpoint != null) {
      ofEndpoint.remove(connection.id());
      if (ofEndpoint.isEmpty()) {
        byEndpoint.remove(connection.endpointId());
      }
    }
    return true;
  }

  /** A connection by id, in any case of its letters. */
  public @Nullable Connection byId(String id) {
    Connection connection = byId.get(id);
    return connection == null ? byId.get(id.toUpperCase(Locale.ROOT)) : connection;
  }

  /** The connections of an endpoint, oldest first; a live view. */
  public Collection<Connection> of(String endpointId) {
    Map<String, Connection> found = byEndpoint.get(endpointId);
    return found == null ? List.of() : Collections.unmodifiableCollection(found.values());
  }

  /** All connections, as a copy. */
  public List<Connection> all() {
    return new ArrayList<>(byId.values());
  }

  /** All connections, oldest first; a live view. */
  public Collection<Connection> view() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** The endpoints with at least one connection, in the order they came; a live view. */
  public Collection<String> endpointIds() {
    return Collections.unmodifiableCollection(byEndpoint.keySet());
  }

  /** How many are registered. */
  public int size() {
    return byId.size();
  }

  /** How many endpoints have at least one. */
  public int endpoints() {
    return byEndpoint.size();
  }
}
