package io.respoke.service.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The devices that push notifications can be sent to (protocol-wire §4.7). */
public final class PushTokens {
  private static final int LIMIT = 100_000;

  /**
   * A device.
   *
   * @param id the pushTokenId
   * @param endpointId whose device it is now
   * @param service {@code google} or {@code apple}
   * @param token what the push service knows the device by
   */
  public record Device(String id, String endpointId, String service, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Device[id=" + id + ", endpointId=" + endpointId + ", service=" + service + "]";
    }
  }

  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Map<String, Map<String, Device>> byEndpoint = new LinkedHashMap<>();

  /** Adds or replaces a device; gives the id of the one that was forgotten to make room. */
  public @Nullable String put(Device device) {
    remove(device.id());
    devices.put(device.id(), device);
    byEndpoint
        .computeIfAbsent(device.endpointId(), id -> new LinkedHashMap<>())
        .put(device.id(), device);
    if (devices.size() <= LIMIT) {
      return null;
    }
    String oldest = devices.keySet().iterator().next();
    remove(oldest);
    return oldest;
  }

  /** The devices of an endpoint. */
  public List<Device> of(String endpointId) {
    Map<String, Device> mine = byEndpoint.get(endpointId);
    return mine == null ? List.of() : List.copyOf(mine.values());
  }

  /** The endpoints that have a device, as a copy. */
  public List<String> endpoints() {
    return List.copyOf(byEndpoint.keySet());
  }

  /** A device by its id. */
  public @Nullable Device find(String id) {
    return devices.get(id);
  }

  /** Forgets a device. */
  public void remove(String id) {
    Device old = devices.remove(id);
    if (old == null) {
      return;
    }
    Map<String, Device> mine = byEndpoint.get(old.endpointId());
    if (mine != null) {
      mine.remove(id);
      if (mine.isEmpty()) {
        byEndpoint.remove(old.endpointId());
      }
    }
  }
}
