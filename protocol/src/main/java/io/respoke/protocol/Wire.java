package io.respoke.protocol;

/** Names and numbers of the protocol that have no better home. */
public final class Wire {
  /** The query parameter by which a client asks for wrapped acks (protocol-wire §3.3). */
  public static final String SAILS_VERSION_PARAMETER = "__sails_io_sdk_version";

  /** Its only effective value. */
  public static final String SAILS_VERSION = "0.10.0";

  /** The header and query parameter that names a client's software. */
  public static final String SDK_HEADER = "Respoke-SDK";

  /** Correlates an answer with the service's log. */
  public static final String REQUEST_ID = "Request-Id";

  /** How many requests per unit are allowed. */
  public static final String RATE_LIMIT = "RateLimit-Limit";

  /** The unit of {@link #RATE_LIMIT}; always {@code seconds}. */
  public static final String RATE_LIMIT_UNITS = "RateLimit-Time-Units";

  /** How many requests are left. */
  public static final String RATE_LIMIT_REMAINING = "RateLimit-Remaining";

  /** The greatest body a client sends, in UTF-8 bytes, inclusive (protocol-wire §1.3). */
  public static final int BODY_LIMIT = 20_000;

  /** The greatest body the service takes: real SDKs measure the limit differently. */
  public static final int SERVICE_BODY_LIMIT = 21_000;

  /** The sender of messages that an app's server sends without naming an endpoint. */
  public static final String SYSTEM_ENDPOINT = "__SYSTEM__";

  private Wire() {}

  /**
   * How many bytes the text takes in UTF-8; an unpaired surrogate counts as one byte ({@code ?}).
   */
  public static int utf8Length(CharSequence text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        length++;
      }
    }
    return length;
  }
}
