package io.respoke.webrtc;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application's audio source, asked by the clock and brought to 48 kHz. Closed once, after the
 * last time it is asked, and never by whoever asks.
 */
final class Microphone {
  private static final int IDLE = 0;
  private static final int READING = 1;
  private static final int RETIRED = 2;

  private final AudioSource source;
  private final AudioFormat format;
  private final Executor application;
  private final Consumer<Throwable> failed;
  private final @Nullable Resampler resampler;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  Microphone(AudioSource source, Executor application, Consumer<Throwable> failed) {
    this.source = source;
    this.format = source.format();
    this.application = application;
    this.failed = failed;
    this.resampler = Resampler.to48k(format.sampleRate(), format.channels());
  }

  boolean isOf(AudioSource other) {
    return source == other;
  }

  int channels() {
    return format.channels();
  }

  /** 10 ms at 48 kHz; none when there is nothing, or no more. On the clock's thread. */
  short @Nullable [] read() {
    if (!state.compareAndSet(IDLE, READING)) {
      return null;
    }
    short[] samples = new short[format.samplesPerFrame()];
    boolean some = false;
    Throwable thrown = null;
    try {
      some = source.read(samples);
    } catch (Throwable e) {
      thrown = e;
    }
    boolean retired = thrown != null || !state.compareAndSet(READING, IDLE);
    if (thrown != null) {
      state.set(RETIRED);
      failed.accept(thrown);
    }
    if (retired) {
      close();
      return null;
    }
    if (resampler != null) {
      if (!some) {
        Arrays.fill(samples, (short) 0);
      }
      return resampler.resample(samples);
    }
    return some ? samples : null;
  }

  /** It is not needed any more. */
  void retire() {
    if (state.getAndSet(RETIRED) == IDLE) {
      close();
    }
  }

  private void close() {
    application.execute(
        () -> {
          try {
            source.close();
          } catch (Throwable e) {
            failed.accept(e);
          }
        });
  }
}
