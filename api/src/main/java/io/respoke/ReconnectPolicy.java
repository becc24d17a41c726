package io.respoke;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait between attempts to reconnect. Attempt <i>n</i> (from 1) waits a time between
 * zero and {@code min(cap, initial × factor^(n-1))}, evenly distributed ("full jitter"), or exactly
 * that limit without jitter.
 *
 * @param initial the limit of the first wait; default 2.5 s, as in respoke.js
 * @param factor by which the limit grows, 1 or more; default 2
 * @param cap the greatest limit; default 5 min
 * @param jitter whether waits are random; default true, so that clients of a service that restarts
 *     do not come back all at once
 * @param maxAttempts after how many failed attempts in a row to give up; empty for never
 * @param maxElapsed after how long without a connection to give up; empty for never
 */
public record ReconnectPolicy(
    Duration initial,
    double factor,
    Duration cap,
    boolean jitter,
    Optional<Integer> maxAttempts,
    Optional<Duration> maxElapsed) {
  private static final ReconnectPolicy DEFAULTS =
      new ReconnectPolicy(
          Duration.ofMillis(2500),
          2,
          Duration.ofMinutes(5),
          true,
          Optional.empty(),
          Optional.empty());

  /** Checks the ranges. */
  public ReconnectPolicy {
    if (initial.isNegative() || cap.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "need 0 <= initial <= cap, got initial " + initial + ", cap " + cap);
    }
    if (!(factor >= 1 && factor < 1e6)) {
      throw new IllegalArgumentException("factor must be from 1 to 1000000: " + factor);
    }
    if (maxAttempts.isPresent() && maxAttempts.get() < 1) {
      throw new IllegalArgumentException("maxAttempts must be 1 or more: " + maxAttempts.get());
    }
    if (maxElapsed.isPresent() && maxElapsed.get().isNegative()) {
      throw new IllegalArgumentException("maxElapsed must not be negative: " + maxElapsed.get());
    }
  }

  /** The defaults. */
  public static ReconnectPolicy defaults() {
    return DEFAULTS;
  }

  /** A copy with other limits of the waits. */
  public ReconnectPolicy withDelays(Duration initial, Duration cap) {
    return new ReconnectPolicy(initial, factor, cap, jitter, maxAttempts, maxElapsed);
  }

  /** A copy with or without jitter. */
  public ReconnectPolicy withJitter(boolean jitter) {
    return new ReconnectPolicy(initial, factor, cap, jitter, maxAttempts, maxElapsed);
  }

  /** A copy that gives up after so many attempts. */
  public ReconnectPolicy withMaxAttempts(int maxAttempts) {
    return new ReconnectPolicy(initial, factor, cap, jitter, Optional.of(maxAttempts), maxElapsed);
  }

  /** A copy that gives up after so long. */
  public ReconnectPolicy withMaxElapsed(Duration maxElapsed) {
    return new ReconnectPolicy(initial, factor, cap, jitter, maxAttempts, Optional.of(maxElapsed));
  }

  /**
   * The wait before an attempt.
   *
   * @param attempt which one, from 1
   * @param random from 0 (inclusive) to 1 (exclusive); not looked at without jitter
   */
  public Duration delayBefore(int attempt, double random) {
    double limit =
        Math.min(
            (double) cap.toMillis(),
            (double) initial.toMillis() * Math.pow(factor, Math.max(0, attempt - 1)));
    return Duration.ofMillis(Math.round(jitter ? limit * random : limit));
  }
}
