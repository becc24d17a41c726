package io.respoke.spi.contract;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A sine. */
final class ToneSource implements AudioSource {
  static final int AMPLITUDE = 8000;

  private final AudioFormat format;
  private final double frequency;
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private long position;

  ToneSource(AudioFormat format, double frequency) {
    this.format = format;
    this.frequency = frequency;
  }

  ToneSource(double frequency) {
    this(AudioFormat.MONO_48K, frequency);
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public boolean read(short[] samples) {
    for (int i = 0; i < samples.length; i += format.channels()) {
      short value =
          (short)
              (AMPLITUDE * Math.sin(2 * Math.PI * frequency * position++ / format.sampleRate()));
      for (int channel = 0; channel < format.channels(); channel++) {
        samples[i + channel] = value;
      }
    }
    return true;
  }

  boolean isClosed() {
    return closed.get() > 0;
  }

  /** How often it was closed; waits for the first time. */
  int timesClosed() {
    MediaPeer.awaitLatch("close of a source", closing);
    return closed.get();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    closing.countDown();
  }
}
