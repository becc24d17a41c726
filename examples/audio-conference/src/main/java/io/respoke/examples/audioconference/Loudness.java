package io.respoke.examples.audioconference;

import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import java.util.Arrays;

/** How loud some frequencies are, in the last half second that was heard. */
final class Loudness implements AudioSink {
  private static final int RATE = 48_000;
  private static final int WINDOW = RATE / 2;

  private final double[] heard = new double[WINDOW];
  private int next;

  @Override
  public synchronized void onAudio(AudioFrame frame) {
    short[] samples = frame.samples();
    for (int i = 0; i < samples.length; i += frame.format().channels()) {
      heard[next] = samples[i];
      next = (next + 1) % WINDOW;
    }
  }

  /** The amplitude at a frequency that fits into half a second: an even number of hertz. */
  synchronized double at(int hertz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < WINDOW; i++) {
      double angle = 2 * Math.PI * hertz * i / RATE;
      re += heard[(next + i) % WINDOW] * Math.cos(angle);
      im += heard[(next + i) % WINDOW] * Math.sin(angle);
    }
    return 2 * Math.hypot(re, im) / WINDOW;
  }

  /** All together, as the amplitude of one sine that had as much energy. */
  synchronized double all() {
    return Math.sqrt(2 * Arrays.stream(heard).map(sample -> sample * sample).sum() / WINDOW);
  }
}
