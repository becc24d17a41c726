package io.respoke;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Telephone key tones (DTMF) to send, with the limits of respoke.js.
 *
 * @param tones {@code 0}–{@code 9}, {@code A}–{@code D}, {@code *}, {@code #}, and {@code ,} for a
 *     pause of two seconds; at least one
 * @param duration of each tone, 40 to 6000 ms
 * @param gap between tones, 50 ms or more
 */
public record Tones(String tones, Duration duration, Duration gap) {
  /** What respoke.js uses. */
  public static final Duration DEFAULT_DURATION = Duration.ofMillis(100);

  /** What respoke.js uses. */
  public static final Duration DEFAULT_GAP = Duration.ofMillis(50);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if something is out of its range
   */
  public Tones {
    tones = Objects.requireNonNull(tones, "tones").toUpperCase(Locale.ROOT);
    if (!tones.matches("[0-9A-D*#,]+")) {
      throw new IllegalArgumentException("tones must be of 0-9 A-D * # and the comma: " + tones);
    }
    if (duration.toMillis() < 40 || duration.toMillis() > 6000) {
      throw new IllegalArgumentException("duration must be 40 to 6000 ms: " + duration);
    }
    if (gap.toMillis() < 50) {
      throw new IllegalArgumentException("gap must be 50 ms or more: " + gap);
    }
  }

  /** With the default duration and gap. */
  public static Tones of(String tones) {
    return new Tones(tones, DEFAULT_DURATION, DEFAULT_GAP);
  }
}
