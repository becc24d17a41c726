package io.respoke.core.call;

import io.respoke.protocol.Json;
import io.respoke.spi.IceServer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the answer to {@code GET /v1/turn} (protocol-calls §3.4). Pure. */
final class IceServers {
  private IceServers() {}

  /** Whether it relays. */
  static boolean isRelay(IceServer server) {
    return server.uris().stream().anyMatch(uri -> uri.startsWith("turn"));
  }

  /**
   * The servers; none when the answer has none.
   *
   * @param relay whether TURN servers are wanted
   */
  static List<IceServer> of(JsonValue answer, boolean relay) {
    if (!(answer instanceof JsonObject object) || !(object.get("uris") instanceof JsonArray uris)) {
      return List.of();
    }
    List<String> stun = new ArrayList<>();
    List<String> turn = new ArrayList<>();
    for (JsonValue value : uris) {
      if (value instanceof JsonString uri) {
        if (uri.getString().startsWith("stun")) {
          stun.add(uri.getString());
        } else if (uri.getString().startsWith("turn")) {
          turn.add(uri.getString());
        }
      }
    }
    List<IceServer> servers = new ArrayList<>();
    if (!stun.isEmpty()) {
      servers.add(new IceServer(stun, Optional.empty(), Optional.empty()));
    }
    Optional<String> username = Optional.ofNullable(Json.text(object, "username"));
    Optional<String> password = Optional.ofNullable(Json.text(object, "password"));
    // Without credentials a TURN server is of no use, and some engines crash on it.
    if (relay && !turn.isEmpty() && username.isPresent() && password.isPresent()) {
      servers.add(new IceServer(turn, username, password));
    }
    return servers;
  }
}
