package io.respoke.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures as PNG files, to keep or to look at. */
public final class PngImage {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private PngImage() {}

  /**
   * A picture as the bytes of a PNG file: RGB, 8 bits each, turned as {@link VideoFrame#rotation()}
   * says. Colours are taken as BT.601 with limited range, which is what video calls use.
   */
  public static byte[] encode(VideoFrame frame) {
    boolean turned = frame.rotation() % 180 != 0;
    int width = turned ? frame.height() : frame.width();
    int height = turned ? frame.width() : frame.height();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header
        .put((byte) 8)
        .put((byte) 2); // 8 bits, RGB; the rest are zeros: usual methods, no interlace
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", compressed(rows(frame, width, height)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** Each row begins with the number of its filter: 0, none. */
  private static byte[] rows(VideoFrame frame, int width, int height) {
    byte[] rows = new byte[height * (1 + 3 * width)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      at++;
      for (int x = 0; x < width; x++) {
        int rgb =
            switch (frame.rotation()) {
              case 90 -> rgb(frame, y, width - 1 - x);
              case 180 -> rgb(frame, width - 1 - x, height - 1 - y);
              case 270 -> rgb(frame, height - 1 - y, x);
              default -> rgb(frame, x, y);
            };
        rows[at++] = (byte) (rgb >> 16);
        rows[at++] = (byte) (rgb >> 8);
        rows[at++] = (byte) rgb;
      }
    }
    return rows;
  }

  private static int rgb(VideoFrame frame, int x, int y) {
    byte[] i420 = frame.i420();
    int luma = frame.width() * frame.height();
    int chroma = luma + y / 2 * (frame.width() / 2) + x / 2;
    return Bt601.rgb(
        Byte.toUnsignedInt(i420[y * frame.width() + x]),
        Byte.toUnsignedInt(i420[chroma]),
        Byte.toUnsignedInt(i420[chroma + luma / 4]));
  }

  private static byte[] compressed(byte[] data) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] named =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 crc = new CRC32();
    crc.update(named);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(named);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
