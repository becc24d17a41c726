package io.respoke.media;

/**
 * Where the video sent in a call comes from. One source is for one call. Asked {@link
 * VideoFormat#framesPerSecond()} times a second, serially, on a thread of the media backend that
 * serves other calls too: {@link #read} should not block. One that does is asked on a thread of its
 * own from then on, so that other calls go on. One that throws is not asked again; no more pictures
 * are sent and an {@code ErrorOccurred} is reported.
 */
public interface VideoSource {
  /** The shape of what it delivers. Constant. */
  VideoFormat format();

  /**
   * Writes the next picture.
   *
   * @param i420 to be filled as {@link VideoFrame#i420()} describes; keeps what was written the
   *     last time
   * @return false when there is no new picture: none is sent
   */
  boolean read(byte[] i420);

  /** The call does not need it any more. Called once, after the last {@link #read}. */
  default void close() {}
}
