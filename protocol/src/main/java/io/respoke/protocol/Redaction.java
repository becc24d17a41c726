package io.respoke.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes credentials from text that is about to be logged or quoted.
 *
 * <p>Secrets travel in these places of the protocol: the query of the handshake URL ({@code
 * app-token=…}), HTTP headers ({@code App-Secret: …}), the simulated headers of a request ({@code
 * "App-Token":"…"}, often inside a JSON string and then with escaped quotes), the bodies of the
 * token routes ({@code "tokenId":"…"}, {@code tokenId=…}), the user info of a URL, and the {@code
 * id} of a token answer, which repeats its {@code tokenId}.
 */
public final class Redaction {
  private static final String HEADERS = "app-token|app-secret|admin-token";
  private static final String NAMES = HEADERS + "|tokenId|token|secret|password";
  private static final String REDACTED = "[redacted]";

  private static final Pattern QUERY = Pattern.compile("(?i)\\b((?:" + NAMES + ")=)[^&\\s\"\\\\]+");
  private static final Pattern HEADER =
      Pattern.compile("(?i)\\b((?:" + HEADERS + "):\\s*)[^\\s,]+");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#\\s\"]*@");

  /**
   * A member and its text up to the closing quote, which has as many backslashes as the opening one
   * and none before them; or up to the end, when the text was cut.
   */
  private static final Pattern JSON =
      Pattern.compile(
          "(?<!\\\\)((\\\\*)\"(?:" + NAMES + ")\\2\"\\s*:\\s*\\2\")(.*?)(?=(?<!\\\\)\\2\"|\\z)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Shorter values are too likely to be a part of an innocent word. */
  private static final int MIN_REPEATED_LENGTH = 8;

  /** Looking for more of them would cost a pass over the text each. */
  private static final int MAX_REPEATED = 32;

  private Redaction() {}

  /** The text with every credential value replaced by {@code [redacted]}. */
  public static String redact(String text) {
    String safe = members(text);
    safe = QUERY.matcher(safe).replaceAll("$1" + REDACTED);
    safe = HEADER.matcher(safe).replaceAll("$1" + REDACTED);
    return USER_INFO.matcher(safe).replaceAll("$1" + REDACTED + "@");
  }

  private static String members(String text) {
    Matcher matcher = JSON.matcher(text);
    String safe = text;
    for (int found = 0; found < MAX_REPEATED && matcher.find(); found++) {
      String value = matcher.group(3);
      if (value.length() >= MIN_REPEATED_LENGTH) {
        safe = safe.replace(value, REDACTED);
      }
    }
    return JSON.matcher(safe).replaceAll("$1" + REDACTED);
  }
}
