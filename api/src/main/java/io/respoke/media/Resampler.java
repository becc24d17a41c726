package io.respoke.media;

/**
 * Changes the sample rate of one channel, 10 ms at a time, by a windowed sinc. As both rates have a
 * whole number of samples in 10 ms, the coefficients of each are the same in every frame. What
 * comes out is 16 samples of the lower rate late.
 */
final class Resampler {
  private static final int HALF_WIDTH = 16;

  /** Where the filter begins to close, as a share of the lower rate's band. */
  private static final double PASS = 0.9;

  private final int taps;
  private final int[] start;
  private final float[][] coefficients;
  private final float[] window;

  Resampler(int fromRate, int toRate) {
    int in = fromRate / 100;
    int out = toRate / 100;
    double cutoff = Math.min(1.0, (double) toRate / fromRate);
    int half = (int) Math.ceil(HALF_WIDTH / cutoff);
    taps = 2 * half;
    window = new float[taps + in];
    start = new int[out];
    coefficients = new float[out][];
    for (int k = 0; k < out; k++) {
      start[k] = (int) ((long) k * in / out) + 1;
      double fraction = (double) ((long) k * in % out) / out;
      coefficients[k] = coefficients(half, fraction, cutoff * PASS);
    }
  }

  private static float[] coefficients(int half, double fraction, double cutoff) {
    double[] exact = new double[2 * half];
    double sum = 0;
    for (int j = 0; j < exact.length; j++) {
      double distance = j + 1 - half - fraction;
      double sinc =
          distance == 0 ? 1 : Math.sin(Math.PI * cutoff * distance) / (Math.PI * cutoff * distance);
      double hann = 0.5 + 0.5 * Math.cos(Math.PI * distance / half);
      exact[j] = sinc * hann;
      sum += exact[j];
    }
    float[] scaled = new float[exact.length];
    for (int j = 0; j < exact.length; j++) {
      scaled[j] = (float) (exact[j] / sum);
    }
    return scaled;
  }

  /** Takes one channel of an interleaved frame and writes it to one channel of another. */
  void resample(short[] in, int channel, int channels, short[] out) {
    System.arraycopy(window, window.length - taps, window, 0, taps);
    for (int i = taps, from = channel; i < window.length; i++, from += channels) {
      window[i] = in[from];
    }
    for (int k = 0, to = channel; k < coefficients.length; k++, to += channels) {
      float[] row = coefficients[k];
      int first = start[k];
      float sum = 0;
      for (int j = 0; j < taps; j++) {
        sum += row[j] * window[first + j];
      }
      out[to] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }
  }
}
