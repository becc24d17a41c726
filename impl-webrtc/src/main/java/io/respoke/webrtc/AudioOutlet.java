package io.respoke.webrtc;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes received audio from native code and hands it to the application's sink, at 48 kHz. */
final class AudioOutlet implements AudioTrackSink {
  private static final System.Logger LOG = System.getLogger(AudioOutlet.class.getName());
  private static final int QUEUED_FRAMES = 50;

  private volatile @Nullable Consumer<AudioFrame> target;
  private @Nullable SinkQueue<AudioFrame> queue;
  private @Nullable AudioSink sink;
  private volatile boolean muted;
  private volatile boolean active;
  private @Nullable Resampler resampler;

  /** Sends what comes to another sink from now on; the one before is closed. */
  void sink(@Nullable AudioSink now, Executor application, Consumer<Throwable> failed) {
    if (now == sink) {
      return;
    }
    sink = now;
    SinkQueue<AudioFrame> before = queue;
    if (now == null) {
      queue = null;
      target = null;
    } else if (now instanceof PipedSpeaker) {
      queue = null;
      target = now::onAudio;
    } else {
      SinkQueue<AudioFrame> made =
          new SinkQueue<>(QUEUED_FRAMES, application, now::onAudio, now::close, failed);
      queue = made;
      target = made::offer;
    }
    if (before != null) {
      before.close();
    }
  }

  void mute(boolean now) {
    muted = now;
  }

  void active(boolean now) {
    active = now;
  }

  /** On a native thread: whatever this throws would end the process. */
  @Override
  public void onData(byte[] data, int bits, int rate, int channels, int frames) {
    try {
      Consumer<AudioFrame> to = target;
      if (to == null || !active || bits != Short.SIZE || channels < 1) {
        return;
      }
      int kept = Math.min(channels, 2);
      short[] samples = new short[frames * kept];
      if (!muted) {
        for (int frame = 0; frame < frames; frame++) {
          for (int channel = 0; channel < kept; channel++) {
            int at = 2 * (frame * channels + channel);
            samples[frame * kept + channel] = (short) ((data[at] & 0xff) | (data[at + 1] << 8));
          }
        }
      }
      short[] resampled = at48k(samples, rate, kept);
      AudioFormat format = new AudioFormat(48_000, kept);
      int each = format.samplesPerFrame();
      for (int from = 0; from + each <= resampled.length; from += each) {
        to.accept(new AudioFrame(format, Arrays.copyOfRange(resampled, from, from + each)));
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "Received audio could not be handed over", e);
    }
  }

  private short[] at48k(short[] samples, int rate, int channels) {
    if (rate == 48_000) {
      return samples;
    }
    Resampler from = resampler;
    if (from == null || !from.fits(rate, channels)) {
      from = new Resampler(rate, channels);
      resampler = from;
    }
    return from.resample(samples);
  }
}
