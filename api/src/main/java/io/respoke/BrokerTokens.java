package io.respoke;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How {@link Tokens#broker} asks. It posts {@code {"endpointId":…}} (and {@code appId}, when known)
 * as JSON and takes {@code token} or {@code tokenId} from the JSON answer. An answer of 401 or 403
 * ends the retries.
 *
 * @param url the broker, for example {@code https://example.com/api/tokens}
 * @param headers asked before each request, for a session cookie or an {@code Authorization}
 */
public record BrokerTokens(URI url, Supplier<Map<String, String>> headers) {
  /** Checks the URL. */
  public BrokerTokens {
    String scheme = url.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new IllegalArgumentException("broker URL must be http or https");
    }
  }

  /** Without headers. */
  public static BrokerTokens of(URI url) {
    return new BrokerTokens(url, Map::of);
  }

  /** Without the headers. */
  @Override
  public String toString() {
    return "BrokerTokens[" + url + "]";
  }
}
