package io.respoke.media;

/**
 * Where the audio sent in a call comes from. One source is for one call. Asked every 10 ms,
 * serially, on a thread of the media backend that serves other calls too: {@link #read} should not
 * block. One that does is asked on a thread of its own from then on, so that other calls go on. One
 * that throws is not asked again; silence is sent and an {@code ErrorOccurred} reported.
 */
public interface AudioSource {
  /** The shape of what it delivers. Constant. */
  AudioFormat format();

  /**
   * Writes the next 10 ms.
   *
   * @param samples to be filled; {@link AudioFormat#samplesPerFrame()} long, all zero
   * @return false when there is nothing at this moment: silence is sent
   */
  boolean read(short[] samples);

  /** The call does not need it any more. Called once, after the last {@link #read}. */
  default void close() {}
}
