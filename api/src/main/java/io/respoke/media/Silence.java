package io.respoke.media;

import java.time.Duration;

/** A source of silence, to pause in a {@link Playlist}. */
public final class Silence implements AudioSource {
  private final AudioFormat format;
  private long frames;

  private Silence(AudioFormat format, long frames) {
    this.format = format;
    this.frames = frames;
  }

  /**
   * So much of it, in whole frames of 10 ms, at 48 kHz.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public static Silence of(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
    return new Silence(AudioFormat.MONO_48K, duration.toMillis() / 10);
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public boolean read(short[] samples) {
    return frames > 0 && frames-- > 0;
  }
}
