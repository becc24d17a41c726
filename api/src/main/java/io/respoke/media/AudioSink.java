package io.respoke.media;

/**
 * Where the audio received in a call goes. Called serially about every 10 ms from the moment audio
 * arrives, on a thread of the media backend. A sink that blocks loses its own oldest frames and
 * nobody else's, which an {@code ErrorOccurred} reports once. One that throws is not called again,
 * and an {@code ErrorOccurred} reports that.
 */
@FunctionalInterface
public interface AudioSink {
  /** Takes 10 ms: 48 kHz, one or two channels. The frame is the sink's to keep. */
  void onAudio(AudioFrame frame);

  /** The call will deliver no more. Called once, after the last frame. */
  default void close() {}
}
