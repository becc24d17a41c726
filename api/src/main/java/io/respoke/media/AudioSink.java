package io.respoke.media;

/**
 * Where the audio received in a call goes. Called serially about every 10 ms from the moment audio
 * arrives, on a thread of the media backend. A sink that blocks loses its own oldest frames and
 * nobody else's. One that throws is not called again, and an {@code ErrorOccurred} is reported.
 */
@FunctionalInterface
public interface AudioSink {
  /** Takes 10 ms: 48 kHz, one or two channels. The frame is the sink's to keep. */
  void onAudio(AudioFrame frame);

  /** The call will deliver no more. Called once, after the last frame. */
  default void close() {}
}
