package io.respoke.protocol;

import java.util.regex.Pattern;

/**
 * Removes credentials from text that is about to be logged or quoted.
 *
 * <p>Secrets travel in three places of this protocol: the query of the handshake URL ({@code
 * app-token=…}), the simulated headers of a request ({@code "App-Token":"…"}, often inside a JSON
 * string and then with escaped quotes) and the bodies of the token routes ({@code "tokenId":"…"}).
 */
public final class Redaction {
  private static final String NAMES =
      "app-token|app-secret|admin-token|tokenId|token|secret|password";
  private static final Pattern QUERY = Pattern.compile("(?i)\\b(" + NAMES + ")=[^&\\s\"\\\\]+");
  private static final Pattern JSON =
      Pattern.compile("(?i)(\\\\*\"(?:" + NAMES + ")\\\\*\"\\s*:\\s*\\\\*\")(?:[^\"\\\\]|\\\\u)*");

  private Redaction() {}

  /** The text with every credential value replaced by {@code [redacted]}. */
  public static String redact(String text) {
    String json = JSON.matcher(text).replaceAll("$1[redacted]");
    return QUERY.matcher(json).replaceAll("$1=[redacted]");
  }
}
