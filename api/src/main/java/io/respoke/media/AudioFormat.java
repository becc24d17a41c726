package io.respoke.media;

/**
 * The shape of audio: signed 16-bit PCM.
 *
 * @param sampleRate samples per second and channel: 8000, 16000, 32000, 44100 or 48000
 * @param channels 1 or 2
 */
public record AudioFormat(int sampleRate, int channels) {
  /** 48 kHz, one channel: what media backends work in. */
  public static final AudioFormat MONO_48K = new AudioFormat(48_000, 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AudioFormat {
    switch (sampleRate) {
      case 8_000, 16_000, 32_000, 44_100, 48_000 -> {}
      default ->
          throw new IllegalArgumentException(
              "sampleRate must be 8000, 16000, 32000, 44100 or 48000: " + sampleRate);
    }
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels must be 1 or 2: " + channels);
    }
  }

  /** How many samples one frame of 10 ms has, per channel. */
  public int samplesPerChannel() {
    return sampleRate / 100;
  }

  /** How many samples one frame of 10 ms has, over all channels. */
  public int samplesPerFrame() {
    return samplesPerChannel() * channels;
  }
}
