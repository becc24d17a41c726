package io.respoke.core.http;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Wire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait after an answer of 429 (protocol-wire R-37). */
public final class RetryAfter {
  /** How often a request is sent at most. */
  public static final int TRANSMISSIONS = 3;

  private static final long DEFAULT_MILLIS = 1000;
  private static final long LEAST_MILLIS = 100;
  private static final long UNIT_MILLIS = 1000;

  private RetryAfter() {}

  /** The time in which one more request becomes free: one unit divided by the limit. */
  public static Duration of(ApiResponse response) {
    return of(response.header(Wire.RATE_LIMIT));
  }

  private static Duration of(@Nullable String limit) {
    if (limit == null || limit.isEmpty() || limit.length() > 9) {
      return Duration.ofMillis(DEFAULT_MILLIS);
    }
    try {
      long perUnit = Long.parseLong(limit);
      return Duration.ofMillis(
          perUnit < 1 ? DEFAULT_MILLIS : Math.max(LEAST_MILLIS, UNIT_MILLIS / perUnit));
    } catch (NumberFormatException e) {
      return Duration.ofMillis(DEFAULT_MILLIS);
    }
  }
}
