package io.respoke.media;

import io.respoke.Tones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sines as a microphone, at 48 kHz. Levels are those of the peak of all sines together, in dB of
 * full scale: 0 is as loud as samples go, -20 a usual ringing tone.
 */
public final class Tone implements AudioSource {
  private static final AudioFormat FORMAT = AudioFormat.MONO_48K;
  private static final double KEY_LEVEL = -10;
  private static final double MIN_LEVEL = -96;

  private final List<Part> parts;
  private int part;
  private long position;

  /** Some sines, none for a pause, and for how many samples. */
  private record Part(List<Double> hertz, double amplitude, long samples) {
    double at(long position) {
      double sum = 0;
      for (double f : hertz) {
        sum += Math.sin(2 * Math.PI * f * position / FORMAT.sampleRate());
      }
      return sum * amplitude;
    }
  }

  private Tone(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * One sine, for so long.
   *
   * @param hertz above 0, below 24000
   * @param level dB of full scale, -96 to 0
   * @throws IllegalArgumentException if something is out of its range
   */
  public static Tone of(double hertz, double level, Duration duration) {
    if (!(hertz > 0 && hertz < FORMAT.sampleRate() / 2.0)) {
      throw new IllegalArgumentException("hertz must be above 0 and below 24000: " + hertz);
    }
    return new Tone(List.of(part(List.of(hertz), level, samples(duration))));
  }

  /** One sine, without an end; as {@link #of(double, double, Duration)}. */
  public static Tone endless(double hertz, double level) {
    Tone tone = of(hertz, level, Duration.ZERO);
    return new Tone(
        List.of(new Part(List.of(hertz), tone.parts.get(0).amplitude(), Long.MAX_VALUE)));
  }

  /** Key tones inside the audio, at -10 dB, with their gaps; a comma is a pause of two seconds. */
  public static Tone keys(Tones tones) {
    return keys(tones, KEY_LEVEL);
  }

  /**
   * Key tones inside the audio, with their gaps; a comma is a pause of two seconds.
   *
   * @param level dB of full scale, -96 to 0
   * @throws IllegalArgumentException if the level is out of its range
   */
  public static Tone keys(Tones tones, double level) {
    List<Part> parts = new ArrayList<>();
    for (char key : tones.tones().toCharArray()) {
      if (key == ',') {
        parts.add(part(List.of(), level, samples(Duration.ofSeconds(2))));
      } else {
        double[] pair = DtmfKey.frequencies(key);
        parts.add(part(List.of(pair[0], pair[1]), level, samples(tones.duration())));
        parts.add(part(List.of(), level, samples(tones.gap())));
      }
    }
    return new Tone(parts);
  }

  /** So many beeps with gaps between them, and a pause after the last. */
  static Tone beeps(
      double hertz, double level, int count, Duration each, Duration gap, Duration pause) {
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      parts.add(part(List.of(hertz), level, samples(each)));
      parts.add(part(List.of(), level, samples(i < count ? gap : pause)));
    }
    return new Tone(parts);
  }

  private static Part part(List<Double> hertz, double level, long samples) {
    if (!(level >= MIN_LEVEL && level <= 0)) {
      throw new IllegalArgumentException("level must be -96 to 0 dB: " + level);
    }
    double amplitude = Short.MAX_VALUE * Math.pow(10, level / 20) / Math.max(1, hertz.size());
    return new Part(hertz, amplitude, samples);
  }

  private static long samples(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
    return Math.multiplyExact(duration.toMillis(), FORMAT.sampleRate() / 1000L);
  }

  @Override
  public AudioFormat format() {
    return FORMAT;
  }

  /**
   * {@inheritDoc}
   *
   * @return false after the end; the last 10 ms are filled up with silence
   */
  @Override
  public boolean read(short[] samples) {
    int filled = 0;
    while (filled < samples.length && part < parts.size()) {
      Part now = parts.get(part);
      if (position == now.samples()) {
        part++;
        position = 0;
      } else {
        samples[filled++] = (short) Math.round(now.at(position++));
      }
    }
    return filled > 0;
  }
}
