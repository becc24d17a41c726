package io.respoke.media;

import java.util.Arrays;

/**
 * Finds telephone keys (DTMF) in audio. A key is found when its two frequencies, each within 1.5 %,
 * are nearly all there is for 40 ms or more; it is told once, some 35 ms after it began, and again
 * only after a gap of 40 ms. The higher frequency may be up to 6 dB louder than the lower one, the
 * lower up to 9 dB louder than the higher. What is below -40 dB of full scale is silence.
 *
 * <p>Pure and not safe for use by several threads: feed one call's audio in order. Speech and music
 * have too many other frequencies to be taken for a key; two flutes that play exactly the pair of a
 * key are that key.
 */
public final class ToneDetector {
  // a window of 20 ms, moved by 5 ms
  private static final int HOPS_PER_SECOND = 200;
  private static final int HOPS_PER_WINDOW = 4;

  /** A window of 20 ms must see the key this often in a row; 20 ms of tone do so three times. */
  private static final int WINDOWS_TO_BEGIN = 4;

  /** And miss it this often in a row, so that a drop-out of 10 ms does not double a key. */
  private static final int WINDOWS_TO_END = 6;

  private static final double[] SEARCH = {1 - 0.012, 1, 1 + 0.012};
  private static final double SILENCE_RMS = Short.MAX_VALUE * Math.pow(10, -46 / 20.0);

  /** The share of a window's energy that must be in the pair; less for a first look. */
  private static final double SHARE = 0.85;

  private static final double FIRST_LOOK_SHARE = 0.3;
  private static final double MAX_FORWARD_TWIST = Math.pow(10, 6 / 10.0);
  private static final double MAX_REVERSE_TWIST = Math.pow(10, 9 / 10.0);
  private static final char NONE = 0;

  private final AudioFormat format;
  private final double[] window;
  private final int hop;
  private int filled;
  private char candidate = NONE;
  private int seen;
  private char held = NONE;
  private int missed;

  /** For audio of this shape; of two channels the mean is listened to. */
  public ToneDetector(AudioFormat format) {
    this.format = format;
    hop = format.sampleRate() / HOPS_PER_SECOND;
    window = new double[hop * HOPS_PER_WINDOW];
  }

  /**
   * Listens on.
   *
   * @param samples any number of them, the channels interleaved
   * @return the keys that were found, in order: mostly none
   */
  public String detect(short[] samples) {
    StringBuilder found = new StringBuilder();
    for (short sample : Channels.convert(samples, format, 1)) {
      window[filled++] = sample;
      if (filled == window.length) {
        char key = look();
        if (key != NONE) {
          found.append(key);
        }
        System.arraycopy(window, hop, window, 0, window.length - hop);
        filled -= hop;
      }
    }
    return found.toString();
  }

  /** Moves on by one window; returns a key that has just been found. */
  private char look() {
    char key = keyInWindow();
    if (key == candidate) {
      seen++;
    } else {
      candidate = key;
      seen = 1;
    }
    if (key == held) {
      missed = 0;
    } else if (++missed >= WINDOWS_TO_END) {
      held = NONE;
    }
    if (key != NONE && key != held && seen >= WINDOWS_TO_BEGIN) {
      held = key;
      missed = 0;
      return key;
    }
    return NONE;
  }

  private char keyInWindow() {
    double energy = 0;
    for (double sample : window) {
      energy += sample * sample;
    }
    if (energy < SILENCE_RMS * SILENCE_RMS * window.length) {
      return NONE;
    }
    int row = strongest(DtmfKey.ROWS);
    int column = strongest(DtmfKey.COLUMNS);
    if (power(DtmfKey.ROWS[row]) + power(DtmfKey.COLUMNS[column]) < FIRST_LOOK_SHARE * energy) {
      return NONE;
    }
    double low = around(DtmfKey.ROWS[row]);
    double high = around(DtmfKey.COLUMNS[column]);
    boolean clear =
        low + high >= SHARE * energy
            && high <= low * MAX_FORWARD_TWIST
            && low <= high * MAX_REVERSE_TWIST;
    return clear ? DtmfKey.at(row, column) : NONE;
  }

  private int strongest(int[] frequencies) {
    double[] powers = Arrays.stream(frequencies).mapToDouble(this::power).toArray();
    int best = 0;
    for (int i = 1; i < powers.length; i++) {
      if (powers[i] > powers[best]) {
        best = i;
      }
    }
    return best;
  }

  private double around(double frequency) {
    double best = 0;
    for (double factor : SEARCH) {
      best = Math.max(best, power(frequency * factor));
    }
    return best;
  }

  /** The energy in the window at one frequency, by Goertzel's algorithm. */
  private double power(double frequency) {
    double coefficient = 2 * Math.cos(2 * Math.PI * frequency / format.sampleRate());
    double last = 0;
    double beforeLast = 0;
    for (double sample : window) {
      double now = sample + coefficient * last - beforeLast;
      beforeLast = last;
      last = now;
    }
    double square = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
    return square * 2 / window.length;
  }
}
