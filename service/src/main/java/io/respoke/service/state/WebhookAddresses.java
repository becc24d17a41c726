package io.respoke.service.state;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses anybody may send to from those that only insiders can reach. */
public final class WebhookAddresses {
  private WebhookAddresses() {}

  /** Whether an address is one of the public Internet. */
  public static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int a = bytes[0] & 0xFF;
    int b = bytes[1] & 0xFF;
    int c = bytes[2] & 0xFF;
    boolean special =
        a == 0
            || a == 10
            || a == 127
            || (a == 100 && b >= 64 && b < 128) // behind carriers
            || (a == 169 && b == 254)
            || (a == 172 && b >= 16 && b < 32)
            || (a == 192 && b == 168)
            || (a == 192 && b == 0 && c == 0)
            || (a == 198 && (b == 18 || b == 19)) // benchmarks
            || a >= 224; // multicast, reserved, broadcast
    return !special;
  }

  private static boolean isPublic6(byte[] bytes) {
    // 2000::/3 is all that was ever given out
    if ((bytes[0] & 0xE0) != 0x20) {
      return false;
    }
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return !sixToFour && !teredo;
  }
}
