package io.respoke.service.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Device tokens, kept for the day pushes are sent (protocol-wire §4.7). */
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

  private final Map<String, Device> devices =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
          return size() > LIMIT;
        }
      };

  /** Adds or replaces a device. */
  public void put(Device device) {
    devices.put(device.id(), device);
  }

  /** A device by its id. */
  public @Nullable Device find(String id) {
    return devices.get(id);
  }

  /** The device belongs to another endpoint from now on; an unknown id is ignored. */
  public void rebind(String id, String endpointId) {
    devices.computeIfPresent(
        id, (key, device) -> new Device(id, endpointId, device.service(), device.token()));
  }

  /** Forgets a device. */
  public void remove(String id) {
    devices.remove(id);
  }
}
