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

  private final Map<String, Device> devices = new LinkedHashMap<>();

  /** Adds or replaces a device; gives the id of the one that was forgotten to make room. */
  public @Nullable String put(Device device) {
    devices.put(device.id(), device);
    if (devices.size() <= LIMIT) {
      return null;
    }
    String oldest = devices.keySet().iterator().next();
    devices.remove(oldest);
    return oldest;
  }

  /** A device by its id. */
  public @Nullable Device find(String id) {
    return devices.get(id);
  }

  /** Forgets a device. */
  public void remove(String id) {
    devices.remove(id);
  }
}
