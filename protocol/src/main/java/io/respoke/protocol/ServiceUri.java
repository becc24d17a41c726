package io.respoke.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a service is. Real SDKs disagree whether the base URL holds {@code /v1} (features §2 row
 * 2); both forms are taken, with any of the schemes http, https, ws and wss, any port, and a path
 * before {@code /v1}.
 *
 * @param root scheme (http or https), authority and path prefix, without a trailing slash
 */
public record ServiceUri(URI root) {
  private static final int MAX_PORT = 65_535;

  /**
   * Normalises a base URL.
   *
   * @throws IllegalArgumentException if it has no such scheme, no host, a port beyond 65535, or a
   *     query, fragment or user info
   */
  public static ServiceUri of(String baseUrl) {
    URI uri;
    try {
      uri = new URI(baseUrl.strip());
    } catch (URISyntaxException e) {
      // Not as the cause: its message holds the whole text, with any password in it.
      throw new IllegalArgumentException(
          "baseUrl is no URL (" + e.getReason() + "): " + Redaction.redact(baseUrl));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String web =
        switch (scheme) {
          case "http", "ws" -> "http";
          case "https", "wss" -> "https";
          default ->
              throw new IllegalArgumentException(
                  "baseUrl must start with http://, https://, ws:// or wss://: "
                      + Redaction.redact(baseUrl));
        };
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "baseUrl must be scheme://host[:port][/path] and nothing more");
    }
    if (uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("baseUrl has a port beyond " + MAX_PORT + ": " + baseUrl);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = withoutTrailingSlashes(uri.getRawPath());
    if (path.endsWith("/v1")) {
      path = withoutTrailingSlashes(path.substring(0, path.length() - 3));
    }
    return new ServiceUri(URI.create(web + "://" + uri.getHost() + port + path));
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The HTTP address of a route such as {@link Paths#TOKENS}. */
  public URI http(String path) {
    return URI.create(root + path);
  }

  /** The address of the handshake. */
  public URI handshake(Map<String, String> query) {
    return URI.create(root + Paths.HANDSHAKE + '?' + format(query));
  }

  /** The address of the session's WebSocket. */
  public URI webSocket(String sid, Map<String, String> query) {
    String socketRoot = "ws" + root.toString().substring("http".length());
    return URI.create(socketRoot + Paths.webSocket(sid) + '?' + format(query));
  }

  /** The handshake's query parameters, in a fixed order. */
  public static Map<String, String> query(CredentialKind kind, String credential, String sdk) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put(Wire.SAILS_VERSION_PARAMETER, Wire.SAILS_VERSION);
    query.put(kind.parameter(), credential);
    query.put(Wire.SDK_HEADER, sdk);
    return query;
  }

  private static String format(Map<String, String> query) {
    return query.entrySet().stream()
        .map(p -> Paths.encode(p.getKey()) + '=' + Paths.encode(p.getValue()))
        .collect(Collectors.joining("&"));
  }
}
