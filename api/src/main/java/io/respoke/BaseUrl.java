package io.respoke;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Checks where a service is said to be. */
final class BaseUrl {
  private static final List<String> SCHEMES = List.of("http", "https", "ws", "wss");
  private static final int MAX_PORT = 65_535;

  private BaseUrl() {}

  /**
   * Checks a base URL.
   *
   * @throws IllegalArgumentException if no service can be there; what was given is not quoted,
   *     because it may hold a password
   */
  static void check(String baseUrl) {
    URI uri;
    try {
      uri = new URI(baseUrl.strip());
    } catch (URISyntaxException e) {
      // Not as the cause, whose message holds the whole text.
      throw new IllegalArgumentException("baseUrl is no URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "baseUrl must be like https://host[:port][/path], with or without /v1");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("baseUrl must have no user info, query or fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException(
          "baseUrl has the port " + uri.getPort() + "; there are 1 to " + MAX_PORT);
    }
  }
}
