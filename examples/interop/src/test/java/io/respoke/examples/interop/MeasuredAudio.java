package io.respoke.examples.interop;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import java.util.function.BooleanSupplier;

/** A pure tone to send, and ears for what comes. */
final class MeasuredAudio {
  /**
   * Loud enough to be no noise: the fake device of the browser beeps at about a quarter of full.
   */
  private static final double LOUD = 500;

  private MeasuredAudio() {}

  /** A tone of a frequency, at half of full level. */
  static AudioSource tone(double frequency) {
    return new AudioSource() {
      private long position;

      @Override
      public AudioFormat format() {
        return AudioFormat.MONO_48K;
      }

      @Override
      public boolean read(short[] samples) {
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (short) (16_000 * Math.sin(2 * Math.PI * frequency * position++ / 48_000.0));
        }
        return true;
      }
    };
  }

  /** Counts frames, loud ones and silent ones. */
  static final class Ears implements AudioSink {
    private long frames;
    private long loud;
    private long silentInARow;

    @Override
    public synchronized void onAudio(AudioFrame frame) {
      double sum = 0;
      for (short sample : frame.samples()) {
        sum += (double) sample * sample;
      }
      frames++;
      if (Math.sqrt(sum / frame.samples().length) > LOUD) {
        loud++;
        silentInARow = 0;
      } else {
        silentInARow++;
      }
      notifyAll();
    }

    /** Waits until so much sound was heard. */
    synchronized void awaitSound() {
      await(() -> loud >= 10, "sound");
    }

    /** Waits until so much was heard from now on. */
    synchronized void awaitMoreSound() {
      long before = loud;
      await(() -> loud >= before + 50, "more sound");
    }

    /** Waits for three seconds of silence, which is longer than the pauses of the fake device. */
    synchronized void awaitSilence() {
      await(() -> silentInARow >= 300, "silence");
    }

    private void await(BooleanSupplier condition, String what) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (!condition.getAsBoolean()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "no " + what + ": " + frames + " frames, " + loud + " of them loud");
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
