package io.respoke.media;

import java.util.Arrays;

/** A source in another shape. It ends a frame later, for what is in the resamplers. */
final class ConvertedSource implements AudioSource {
  private final AudioSource source;
  private final AudioFormat from;
  private final AudioFormat format;
  private final Resampler[] resamplers;
  private final short[] frame;
  private final short[] resampled;
  private boolean pending;

  private ConvertedSource(AudioSource source, AudioFormat from, AudioFormat to) {
    this.source = source;
    this.from = from;
    format = to;
    frame = new short[from.samplesPerFrame()];
    resampled = new short[to.samplesPerChannel() * from.channels()];
    resamplers = new Resampler[from.sampleRate() == to.sampleRate() ? 0 : from.channels()];
    Arrays.setAll(resamplers, i -> new Resampler(from.sampleRate(), to.sampleRate()));
  }

  /** The source itself, if it has this shape already. */
  static AudioSource of(AudioSource source, AudioFormat to) {
    AudioFormat from = source.format();
    return from.equals(to) ? source : new ConvertedSource(source, from, to);
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public boolean read(short[] samples) {
    Arrays.fill(frame, (short) 0);
    boolean more = source.read(frame);
    if (!more && !pending) {
      return false;
    }
    if (!more) {
      Arrays.fill(frame, (short) 0); // whatever it wrote does not count
    }
    pending = more && resamplers.length > 0;
    short[] ready = frame;
    if (resamplers.length > 0) {
      for (int channel = 0; channel < resamplers.length; channel++) {
        resamplers[channel].resample(frame, channel, resamplers.length, resampled);
      }
      ready = resampled;
    }
    short[] shaped = Channels.convert(ready, from, format.channels());
    System.arraycopy(shaped, 0, samples, 0, samples.length);
    return true;
  }

  @Override
  public void close() {
    source.close();
  }
}
