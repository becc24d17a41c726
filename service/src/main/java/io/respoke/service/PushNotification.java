package io.respoke.service;

import org.jspecify.annotations.Nullable;

/**
 * A notification for one device.
 *
 * @param appId the app
 * @param endpointId whose device it is
 * @param service {@code google} or {@code apple}, as the device was registered
 * @param deviceToken what that service knows the device by; never written to a log
 * @param text what is shown
 * @param badge whether it counts
 * @param badgeCount the number to show, or {@code null} to leave it to the gateway
 * @param sound the sound; empty for none
 * @param category the category; empty for none
 */
public record PushNotification(
    String appId,
    String endpointId,
    String service,
    String deviceToken,
    String text,
    boolean badge,
    @Nullable Integer badgeCount,
    String sound,
    String category) {
  /** Without the token and the text. */
  @Override
  public String toString() {
    return "PushNotification[appId="
        + appId
        + ", endpointId="
        + endpointId
        + ", service="
        + service
        + "]";
  }
}
