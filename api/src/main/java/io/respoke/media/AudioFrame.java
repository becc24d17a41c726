package io.respoke.media;

import java.util.Objects;

/**
 * 10 ms of audio.
 *
 * @param format the shape
 * @param samples signed 16-bit samples, the channels interleaved; {@link
 *     AudioFormat#samplesPerFrame()} of them. Not copied: whoever gets a frame owns it
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is a buffer; nobody compares frames
public record AudioFrame(AudioFormat format, short[] samples) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it is not 10 ms
   */
  public AudioFrame {
    Objects.requireNonNull(format, "format");
    if (samples.length != format.samplesPerFrame()) {
      throw new IllegalArgumentException(
          "a frame of "
              + format
              + " has "
              + format.samplesPerFrame()
              + " samples, not "
              + samples.length);
    }
  }
}
