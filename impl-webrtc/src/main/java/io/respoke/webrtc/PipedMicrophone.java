package io.respoke.webrtc;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import java.util.ArrayDeque;

/**
 * The application's microphone as the worker process sees it: what its parent has read, a little
 * later, so that the two processes' clocks need not agree to the millisecond.
 */
final class PipedMicrophone implements AudioSource {
  private static final int HELD_FRAMES = 3;
  private static final int MAX_FRAMES = 12;

  private final int channels;
  private final ArrayDeque<short[]> frames = new ArrayDeque<>();
  private boolean flowing;

  PipedMicrophone(int channels) {
    this.channels = channels;
  }

  @Override
  public AudioFormat format() {
    return new AudioFormat(48_000, channels);
  }

  synchronized void offer(short[] samples) {
    if (samples.length != format().samplesPerFrame()) {
      return;
    }
    if (frames.size() >= MAX_FRAMES) {
      frames.poll();
    }
    frames.add(samples);
    flowing |= frames.size() >= HELD_FRAMES;
  }

  @Override
  public synchronized boolean read(short[] samples) {
    short[] next = flowing ? frames.poll() : null;
    if (next == null) {
      flowing = false;
      return false;
    }
    System.arraycopy(next, 0, samples, 0, samples.length);
    return true;
  }
}
