package io.respoke.spi;

import java.util.List;
import java.util.Optional;

/**
 * A STUN or TURN server.
 *
 * @param uris {@code stun:…} and {@code turn:…} addresses
 * @param username for TURN
 * @param password for TURN; never shown by {@code toString}
 */
public record IceServer(List<String> uris, Optional<String> username, Optional<String> password) {
  /** Copies the list. */
  public IceServer {
    uris = List.copyOf(uris);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "IceServer" + uris;
  }
}
