package io.respoke.webrtc;

import org.jspecify.annotations.Nullable;

/**
 * Pushes 10 ms of audio at each tick into the track sent: the application's, or silence when there
 * is none or it is muted, so that the other side never sees a stream that has stopped.
 */
final class AudioFeed implements MediaClock.Ticking {
  /** Where 10 ms at 48 kHz go: signed 16 bits, the low byte first. */
  interface Target {
    void push(byte[] bytes, int channels);
  }

  static final int FRAMES = 480;

  private final Target target;
  private final Object pushing = new Object();
  private volatile @Nullable Microphone microphone;
  private volatile boolean muted;
  private boolean running;

  AudioFeed(Target target) {
    this.target = target;
  }

  void microphone(@Nullable Microphone now) {
    Microphone before = microphone;
    microphone = now;
    if (before != null) {
      before.retire();
    }
  }

  @Nullable Microphone microphone() {
    return microphone;
  }

  void mute(boolean now) {
    muted = now;
  }

  /**
   * Lets it push or not. When this returns, no push is under way: the native source does not guard
   * itself against being attached, detached or disposed of meanwhile.
   */
  void run(boolean now) {
    synchronized (pushing) {
      running = now;
    }
  }

  @Override
  public void tick() {
    Microphone from = microphone;
    int channels = from == null ? 1 : from.channels();
    short[] samples = from == null ? null : from.read();
    byte[] bytes = new byte[FRAMES * channels * Short.BYTES];
    if (samples != null && !muted) {
      for (int i = 0; i < samples.length; i++) {
        bytes[2 * i] = (byte) samples[i];
        bytes[2 * i + 1] = (byte) (samples[i] >> 8);
      }
    }
    synchronized (pushing) {
      if (running) {
        target.push(bytes, channels);
      }
    }
  }
}
