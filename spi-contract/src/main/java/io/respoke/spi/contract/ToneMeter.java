package io.respoke.spi.contract;

import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Measures what it hears: how much of half a second is one frequency, and whether it is silence.
 */
final class ToneMeter implements AudioSink {
  private static final int WINDOW = 24_000;

  private final ArrayDeque<Short> heard = new ArrayDeque<>();
  private long frames;
  private int closed;
  private String violation = "";

  @Override
  public synchronized void onAudio(AudioFrame frame) {
    if (frame.format().sampleRate() != 48_000) {
      violation = "a frame of " + frame.format();
    }
    if (closed > 0) {
      violation = "a frame after close";
    }
    frames++;
    short[] samples = frame.samples();
    for (int i = 0; i < samples.length; i += frame.format().channels()) {
      heard.add(samples[i]);
      if (heard.size() > WINDOW) {
        heard.poll();
      }
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed++;
    notifyAll();
  }

  synchronized String violation() {
    return violation;
  }

  synchronized long frames() {
    return frames;
  }

  synchronized int timesClosed() {
    return closed;
  }

  /** The share of one frequency in the energy of the last half second, 0 to 1. */
  synchronized double purity(double frequency) {
    if (heard.size() < WINDOW) {
      return 0;
    }
    double turn = 2 * Math.cos(2 * Math.PI * frequency / 48_000);
    double before = 0;
    double last = 0;
    double energy = 0;
    for (short sample : heard) {
      double now = sample + turn * last - before;
      before = last;
      last = now;
      energy += (double) sample * sample;
    }
    double power = last * last + before * before - turn * last * before;
    return energy < WINDOW ? 0 : power / (energy * WINDOW / 2);
  }

  synchronized boolean isSilent() {
    return heard.size() == WINDOW && heard.stream().allMatch(sample -> Math.abs(sample) <= 1);
  }

  void awaitTone(double frequency) {
    await("a tone of " + frequency + " Hz", () -> purity(frequency) > 0.9);
  }

  void awaitSilence() {
    await("silence", this::isSilent);
  }

  void awaitClosed() {
    await("close", () -> closed > 0);
  }

  void awaitFrames(long more) {
    long target = frames() + more;
    await(more + " more frames", () -> frames >= target);
  }

  private synchronized void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + MediaPeer.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "no " + what + " after " + frames + " frames; 440 Hz: " + purity(440));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
