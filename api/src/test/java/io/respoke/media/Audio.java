package io.respoke.media;

import java.util.Arrays;
import java.util.Random;

/** Audio for tests, and what is in it. */
final class Audio {
  private Audio() {}

  /** All that a source has, which must not be more than so many frames. */
  static short[] drain(AudioSource source, int maxFrames) {
    int length = source.format().samplesPerFrame();
    short[] all = new short[length * (maxFrames + 1)];
    for (int frame = 0; frame <= maxFrames; frame++) {
      short[] samples = new short[length];
      if (!source.read(samples)) {
        return Arrays.copyOf(all, frame * length);
      }
      System.arraycopy(samples, 0, all, frame * length, length);
    }
    throw new AssertionError("more than " + maxFrames + " frames");
  }

  /** Plays an array once. */
  static final class ArraySource implements AudioSource {
    private final AudioFormat format;
    private final short[] samples;
    private int position;
    volatile int closed;

    ArraySource(AudioFormat format, short[] samples) {
      this.format = format;
      this.samples = samples;
    }

    @Override
    public AudioFormat format() {
      return format;
    }

    @Override
    public boolean read(short[] frame) {
      int count = Math.min(frame.length, samples.length - position);
      System.arraycopy(samples, position, frame, 0, count);
      position += count;
      return count > 0;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  static short[] random(long seed, int length) {
    Random random = new Random(seed);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) random.nextInt();
    }
    return samples;
  }

  static short[] constant(int value, int length) {
    short[] samples = new short[length];
    Arrays.fill(samples, (short) value);
    return samples;
  }

  static short[] sine(int rate, double hertz, double amplitude, int length) {
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return samples;
  }

  /** The amplitude at one frequency. */
  static double amplitude(short[] samples, int from, int to, int rate, double hertz) {
    double re = 0;
    double im = 0;
    for (int i = from; i < to; i++) {
      re += samples[i] * Math.cos(2 * Math.PI * hertz * i / rate);
      im += samples[i] * Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return 2 * Math.hypot(re, im) / (to - from);
  }

  static double rms(short[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / (to - from));
  }
}
