package io.respoke.media;

/**
 * Where the video received in a call goes. Called serially for each picture, on a thread of the
 * media backend; a sink that blocks loses its own oldest pictures and nobody else's, which an
 * {@code ErrorOccurred} reports once. One that throws is not called again, and an {@code
 * ErrorOccurred} reports that. The size may change at any picture.
 */
@FunctionalInterface
public interface VideoSink {
  /** Takes a picture, which is the sink's to keep. */
  void onVideo(VideoFrame frame);

  /** The call will deliver no more. Called once, after the last picture. */
  default void close() {}
}
