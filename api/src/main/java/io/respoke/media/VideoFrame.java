package io.respoke.media;

/**
 * One picture as I420.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param rotation by how many degrees it is to be turned clockwise for display: 0, 90, 180 or 270
 * @param timestampNanos of a clock without a defined start; only differences mean something
 * @param i420 {@code width * height} bytes of luma, then a quarter as many of U, then of V, without
 *     padding. Not copied: whoever gets a frame owns it
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is a buffer; nobody compares frames
public record VideoFrame(int width, int height, int rotation, long timestampNanos, byte[] i420) {
  /**
   * Checks sizes and rotation.
   *
   * @throws IllegalArgumentException if something does not fit
   */
  public VideoFrame {
    checkSize(width, height);
    if (rotation % 90 != 0 || rotation < 0 || rotation > 270) {
      throw new IllegalArgumentException("rotation must be 0, 90, 180 or 270: " + rotation);
    }
    if (i420.length != width * height * 3 / 2) {
      throw new IllegalArgumentException(
          "a picture of "
              + width
              + " x "
              + height
              + " has "
              + width * height * 3 / 2
              + " bytes, not "
              + i420.length);
    }
  }

  static void checkSize(int width, int height) {
    if (width < 16
        || width > 4096
        || width % 2 != 0
        || height < 16
        || height > 4096
        || height % 2 != 0) {
      throw new IllegalArgumentException(
          "width and height must be even and 16 to 4096: " + width + " x " + height);
    }
  }
}
