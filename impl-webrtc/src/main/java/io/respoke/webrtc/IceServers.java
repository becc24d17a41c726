package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCIceServer;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.IceServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks STUN and TURN servers before native code sees them: what it refuses, it refuses with a
 * crash.
 */
final class IceServers {
  private static final Pattern URI =
      Pattern.compile(
          "(?<scheme>stun|stuns|turn|turns):"
              + "(?<host>[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])"
              + "(:(?<port>\\d{1,5}))?(?<transport>\\?transport=(udp|tcp))?");
  private static final int MAX_USERNAME_BYTES = 509;

  private IceServers() {}

  /** One entry for each address, so that an odd one does not take the others with it. */
  static List<RTCIceServer> toNative(List<IceServer> servers) {
    check(servers);
    List<RTCIceServer> all = new ArrayList<>();
    for (IceServer server : servers) {
      for (String uri : server.uris()) {
        RTCIceServer entry = new RTCIceServer();
        entry.urls = List.of(uri);
        if (uri.startsWith("turn")) {
          entry.username = server.username().orElse("");
          entry.password = server.password().orElse("");
        }
        all.add(entry);
      }
    }
    return all;
  }

  /** Throws for the first one that cannot be used. */
  static void check(List<IceServer> servers) {
    for (IceServer server : servers) {
      for (String uri : server.uris()) {
        check(server, uri);
      }
    }
  }

  private static void check(IceServer server, String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw bad(uri, "is not of the form stun:host[:port] or turn:host[:port][?transport=udp|tcp]");
    }
    String port = matcher.group("port");
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
      throw bad(uri, "has a port that is not 1 to 65535");
    }
    boolean turn = matcher.group("scheme").startsWith("turn");
    if (!turn && matcher.group("transport") != null) {
      throw bad(uri, "names a transport, which only TURN has");
    }
    if (turn && (isBlank(server.username().orElse("")) || isBlank(server.password().orElse("")))) {
      throw bad(uri, "is a TURN server and needs a username and a password");
    }
    if (turn
        && server.username().orElse("").getBytes(StandardCharsets.UTF_8).length
            > MAX_USERNAME_BYTES) {
      throw bad(uri, "has a username of more than " + MAX_USERNAME_BYTES + " bytes");
    }
  }

  private static boolean isBlank(String text) {
    return text.isBlank() || text.indexOf('\0') >= 0;
  }

  private static MediaException bad(String uri, String what) {
    return new MediaException(Reason.BAD_ICE_SERVER, "The ICE server '" + uri + "' " + what);
  }
}
