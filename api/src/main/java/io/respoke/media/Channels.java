package io.respoke.media;

/** Between one channel and two. */
final class Channels {
  private Channels() {}

  /** The same array where nothing is to be done. */
  static short[] convert(short[] samples, AudioFormat from, int channels) {
    if (from.channels() == channels) {
      return samples;
    }
    if (channels == 1) {
      short[] mono = new short[samples.length / 2];
      for (int i = 0; i < mono.length; i++) {
        mono[i] = (short) ((samples[2 * i] + samples[2 * i + 1]) >> 1);
      }
      return mono;
    }
    short[] stereo = new short[samples.length * 2];
    for (int i = 0; i < samples.length; i++) {
      stereo[2 * i] = samples[i];
      stereo[2 * i + 1] = samples[i];
    }
    return stereo;
  }
}
