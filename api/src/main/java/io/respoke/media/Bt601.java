package io.respoke.media;

/** Between RGB and the YUV of video, BT.601 with limited range: luma 16 to 235. */
final class Bt601 {
  private Bt601() {}

  static int luma(int r, int g, int b) {
    return 16 + (int) Math.round((65.481 * r + 128.553 * g + 24.966 * b) / 255);
  }

  static int u(int r, int g, int b) {
    return 128 + (int) Math.round((-37.797 * r - 74.203 * g + 112.0 * b) / 255);
  }

  static int v(int r, int g, int b) {
    return 128 + (int) Math.round((112.0 * r - 93.786 * g - 18.214 * b) / 255);
  }

  /** As {@code 0xRRGGBB}. */
  static int rgb(int luma, int u, int v) {
    double y = 255.0 / 219 * (luma - 16);
    int r = clamp(y + 1.59603 * (v - 128));
    int g = clamp(y - 0.39176 * (u - 128) - 0.81297 * (v - 128));
    int b = clamp(y + 2.01723 * (u - 128));
    return r << 16 | g << 8 | b;
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
