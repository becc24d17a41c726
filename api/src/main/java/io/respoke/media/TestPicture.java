package io.respoke.media;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A camera that shows coloured bars and, in the lowest eighth, the picture's number as sixteen
 * blocks: white is 1, black is 0, the most significant bit on the left. {@link #number} reads it
 * back, so that whoever receives pictures can tell which they are.
 */
public final class TestPicture implements VideoSource {
  private static final int BITS = 16;
  private static final int[] BARS = {
    0xC0C0C0, 0xC0C000, 0x00C0C0, 0x00C000, 0xC000C0, 0xC00000, 0x0000C0, 0x101010
  };
  private static final int WHITE = 235;
  private static final int BLACK = 16;

  private final VideoFormat format;
  private final byte[] bars;
  private int next;

  /** The first picture has number 0; 0 comes again after 65535. */
  public TestPicture(VideoFormat format) {
    this.format = Objects.requireNonNull(format, "format");
    bars = bars(format.width(), format.height());
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public boolean read(byte[] i420) {
    System.arraycopy(bars, 0, i420, 0, bars.length);
    int width = format.width();
    for (int y = numberTop(format.height()); y < format.height(); y++) {
      for (int block = 0; block < BITS; block++) {
        boolean one = (next >> (BITS - 1 - block) & 1) == 1;
        int from = y * width + left(block, width);
        int to = y * width + left(block + 1, width);
        Arrays.fill(i420, from, to, (byte) (one ? WHITE : BLACK));
      }
    }
    next = next + 1 & 0xFFFF;
    return true;
  }

  /** The picture without a number; grey where that will be. */
  private static byte[] bars(int width, int height) {
    byte[] i420 = new byte[width * height * 3 / 2];
    Arrays.fill(i420, (byte) 128);
    int luma = width * height;
    for (int y = 0; y < numberTop(height); y++) {
      for (int x = 0; x < width; x++) {
        int bar = bar(x, width);
        i420[y * width + x] = (byte) Bt601.luma(bar >> 16, bar >> 8 & 255, bar & 255);
      }
    }
    int half = width / 2;
    for (int y = 0; y < numberTop(height) / 2; y++) {
      for (int x = 0; x < half; x++) {
        int bar = bar(2 * x, width);
        int at = luma + y * half + x;
        i420[at] = (byte) Bt601.u(bar >> 16, bar >> 8 & 255, bar & 255);
        i420[at + luma / 4] = (byte) Bt601.v(bar >> 16, bar >> 8 & 255, bar & 255);
      }
    }
    return i420;
  }

  private static int bar(int x, int width) {
    return BARS[x * BARS.length / width];
  }

  private static int left(int block, int width) {
    return block * width / BITS;
  }

  private static int numberTop(int height) {
    return (height - height / 8) & ~1;
  }

  /**
   * The number in a picture of any size, also after video coding; rotation does not matter. Wants
   * blocks of some pixels: pictures from 160 x 120 on.
   *
   * @return empty if a block is neither black nor white: this is another picture
   */
  public static OptionalInt number(VideoFrame frame) {
    int number = 0;
    for (int block = 0; block < BITS; block++) {
      int level = blockLevel(frame, block);
      if (level > BLACK + 60 && level < WHITE - 60) {
        return OptionalInt.empty();
      }
      number = number << 1 | (level > 128 ? 1 : 0);
    }
    return OptionalInt.of(number);
  }

  /** The mean of the block's inner half: edges are blurred by video coding. */
  private static int blockLevel(VideoFrame frame, int block) {
    int top = numberTop(frame.height());
    int rows = frame.height() - top;
    int left = left(block, frame.width());
    int columns = frame.width() / BITS;
    int sum = 0;
    int count = 0;
    for (int y = top + rows / 4; y < top + rows - rows / 4; y++) {
      for (int x = left + columns / 4; x < left + columns - columns / 4; x++) {
        sum += Byte.toUnsignedInt(frame.i420()[y * frame.width() + x]);
        count++;
      }
    }
    return sum / count;
  }
}
