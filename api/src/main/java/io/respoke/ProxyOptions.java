package io.respoke;

import java.util.Optional;

/**
 * An HTTP proxy, for HTTP requests and, by CONNECT, for the WebSocket.
 *
 * @param host its name or address
 * @param port its port
 * @param authorization the value of {@code Proxy-Authorization}, if it wants one
 */
public record ProxyOptions(String host, int port, Optional<String> authorization) {
  /** Checks the port. */
  public ProxyOptions {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("no proxy address: " + host + ":" + port);
    }
  }

  /** A proxy without authorization. */
  public static ProxyOptions of(String host, int port) {
    return new ProxyOptions(host, port, Optional.empty());
  }

  /** Without the authorization. */
  @Override
  public String toString() {
    return "ProxyOptions[" + host + ":" + port + (authorization.isPresent() ? ", …" : "") + "]";
  }
}
