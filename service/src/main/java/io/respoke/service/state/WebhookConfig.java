package io.respoke.service.state;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an app's events go, and which.
 *
 * @param url an absolute http or https URL
 * @param secret what requests are signed with; never written to a log
 * @param types the events that are sent
 */
public record WebhookConfig(String url, String secret, Set<String> types) {
  private static final int LONGEST_URL = 2_048;
  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST_SECRET = 256;

  /** Copies the types, in their order. */
  public WebhookConfig {
    types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
  }

  /** A new secret. */
  public static String newSecret() {
    return "whsec_" + Ids.lower();
  }

  /** What is wrong with a URL; {@code null} when it can be used. */
  public static @Nullable String problemOfUrl(String url) {
    if (url.length() > LONGEST_URL) {
      return "url must have " + LONGEST_URL + " characters at most.";
    }
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return "url must begin with http:// or https://.";
      }
      if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
        return "url must name a host, and a port from 1 to 65535 if any.";
      }
      if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        return "url must have no user and no fragment.";
      }
      return null;
    } catch (URISyntaxException e) {
      return "url is not a URL.";
    }
  }

  /** What is wrong with a secret; {@code null} when it can be used. */
  public static @Nullable String problemOfSecret(String secret) {
    return secret.isBlank() || secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET
        ? "secret must have " + SHORTEST_SECRET + " to " + LONGEST_SECRET + " characters."
        : null;
  }

  /** Without the secret, and without the URL, which may hold another. */
  @Override
  public String toString() {
    return "WebhookConfig[types=" + types + "]";
  }
}
