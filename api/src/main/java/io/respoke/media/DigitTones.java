package io.respoke.media;

import java.time.Duration;

/** Digits as tones that can be counted, as an old dial does with its pulses: ten for 0. */
final class DigitTones {
  static final int HIGH_HERTZ = 880;
  static final int LOW_HERTZ = 220;

  private static final double LEVEL = -14;
  private static final Duration SHORT = Duration.ofMillis(90);
  private static final Duration LONG = Duration.ofMillis(400);
  private static final Duration GAP = Duration.ofMillis(110);
  private static final Duration PAUSE = Duration.ofMillis(400);

  private DigitTones() {}

  static Tone of(char digit) {
    return switch (digit) {
      case '*' -> Tone.beeps(LOW_HERTZ, LEVEL, 1, LONG, GAP, PAUSE);
      case '#' -> Tone.beeps(LOW_HERTZ, LEVEL, 2, LONG, GAP, PAUSE);
      case '0' -> Tone.beeps(HIGH_HERTZ, LEVEL, 10, SHORT, GAP, PAUSE);
      default -> Tone.beeps(HIGH_HERTZ, LEVEL, digit - '0', SHORT, GAP, PAUSE);
    };
  }
}
