package io.respoke.media;

/**
 * The shape of video sent.
 *
 * @param width pixels, 16 to 4096, even
 * @param height pixels, 16 to 4096, even
 * @param framesPerSecond 1 to 60
 */
public record VideoFormat(int width, int height, int framesPerSecond) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public VideoFormat {
    VideoFrame.checkSize(width, height);
    if (framesPerSecond < 1 || framesPerSecond > 60) {
      throw new IllegalArgumentException("framesPerSecond must be 1 to 60: " + framesPerSecond);
    }
  }

  /** How many bytes one I420 picture has: {@code width * height * 3 / 2}. */
  public int bytesPerFrame() {
    return width * height * 3 / 2;
  }
}
