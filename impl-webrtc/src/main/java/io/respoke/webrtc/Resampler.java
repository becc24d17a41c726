package io.respoke.webrtc;

import io.respoke.media.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * Brings audio of one rate to 48 kHz, 10 ms at a time: a windowed sinc, one set of weights for each
 * phase that the two rates have. Not safe for use by several threads.
 */
final class Resampler {
  private static final int TAPS = 32;
  private static final int OUT_RATE = AudioFormat.MONO_48K.sampleRate();

  private final int rate;
  private final int channels;
  private final int up;
  private final int down;
  private final float[][] weights;
  private float[] line;

  Resampler(int rate, int channels) {
    if (rate <= 0 || rate > OUT_RATE || rate % 100 != 0) {
      throw new IllegalArgumentException("rate must be at most 48000 and whole per 10 ms: " + rate);
    }
    this.rate = rate;
    this.channels = channels;
    int common = gcd(rate, OUT_RATE);
    this.up = OUT_RATE / common;
    this.down = rate / common;
    this.weights = new float[up][TAPS];
    for (int phase = 0; phase < up; phase++) {
      double sum = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        double x = tap - (TAPS / 2 - 1) - (double) phase / up;
        double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        double window = 0.5 + 0.5 * Math.cos(2 * Math.PI * x / TAPS);
        weights[phase][tap] = (float) (sinc * Math.max(window, 0));
        sum += weights[phase][tap];
      }
      for (int tap = 0; tap < TAPS; tap++) {
        weights[phase][tap] /= (float) sum;
      }
    }
    this.line = new float[0];
  }

  /** The one for a shape; none when nothing is to be done. */
  static @Nullable Resampler to48k(int rate, int channels) {
    return rate == OUT_RATE ? null : new Resampler(rate, channels);
  }

  boolean fits(int otherRate, int otherChannels) {
    return rate == otherRate && channels == otherChannels;
  }

  /** 10 ms at 48 kHz, the channels interleaved, about 1 ms later than they came. */
  short[] resample(short[] samples) {
    int frames = samples.length / channels;
    int history = (TAPS - 1) * channels;
    if (line.length != history + samples.length) {
      line = new float[history + samples.length];
    } else {
      System.arraycopy(line, line.length - history, line, 0, history);
    }
    for (int i = 0; i < samples.length; i++) {
      line[history + i] = samples[i];
    }
    int outFrames = frames * up / down;
    short[] out = new short[outFrames * channels];
    for (int n = 0; n < outFrames; n++) {
      int first = n * down / up;
      float[] weight = weights[n * down % up];
      for (int channel = 0; channel < channels; channel++) {
        float sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += weight[tap] * line[(first + tap) * channels + channel];
        }
        out[n * channels + channel] =
            (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
      }
    }
    return out;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
