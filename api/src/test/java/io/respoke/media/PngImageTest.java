package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngImageTest {
  private record Pixels(int width, int height, int[] rgb) {
    int at(int x, int y) {
      return rgb[y * width + x];
    }
  }

  /** Reads the one kind of PNG file that is made, and checks all that a reader would. */
  private static Pixels decode(byte[] png) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(png);
    assertEquals(0x89504E470D0A1A0AL, in.getLong());
    ByteBuffer header = chunk(in, "IHDR");
    int width = header.getInt();
    int height = header.getInt();
    byte[] rest = new byte[5];
    header.get(rest);
    assertArrayEquals(new byte[] {8, 2, 0, 0, 0}, rest);
    ByteBuffer data = chunk(in, "IDAT");
    byte[] compressed = new byte[data.remaining()];
    data.get(compressed);
    assertEquals(0, chunk(in, "IEND").remaining());
    assertEquals(0, in.remaining());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    new InflaterInputStream(new ByteArrayInputStream(compressed)).transferTo(rows);
    ByteBuffer bytes = ByteBuffer.wrap(rows.toByteArray());
    int[] rgb = new int[width * height];
    for (int y = 0; y < height; y++) {
      assertEquals(0, bytes.get(), "the filter of row " + y);
      for (int x = 0; x < width; x++) {
        rgb[y * width + x] =
            (bytes.get() & 255) << 16 | (bytes.get() & 255) << 8 | bytes.get() & 255;
      }
    }
    assertEquals(0, bytes.remaining());
    return new Pixels(width, height, rgb);
  }

  private static ByteBuffer chunk(ByteBuffer in, String type) {
    int length = in.getInt();
    ByteBuffer named = in.slice(in.position(), 4 + length);
    in.position(in.position() + 4 + length);
    CRC32 crc = new CRC32();
    crc.update(named.duplicate());
    assertEquals((int) crc.getValue(), in.getInt(), "the checksum of " + type);
    byte[] name = new byte[4];
    named.get(name);
    assertEquals(type, new String(name, StandardCharsets.US_ASCII));
    return named.slice();
  }

  private static VideoFrame plain(int luma, int u, int v) {
    byte[] i420 = new byte[16 * 16 * 3 / 2];
    Arrays.fill(i420, 0, 256, (byte) luma);
    Arrays.fill(i420, 256, 320, (byte) u);
    Arrays.fill(i420, 320, 384, (byte) v);
    return new VideoFrame(16, 16, 0, 0, i420);
  }

  /** The reference values are those of ITU-R BT.601's 100 % bars. */
  @ParameterizedTest
  @CsvSource({
    "16, 128, 128, 000000",
    "235, 128, 128, FFFFFF",
    "81, 90, 240, FF0000",
    "145, 54, 34, 00FF00",
    "41, 240, 110, 0000FF",
    "210, 16, 146, FFFF00",
    "170, 166, 16, 00FFFF",
    "106, 202, 222, FF00FF",
    "0, 128, 128, 000000",
    "255, 128, 128, FFFFFF",
    "126, 128, 128, 808080"
  })
  void coloursAreThoseOfBt601(int luma, int u, int v, String rgb) throws IOException {
    int expected = Integer.parseInt(rgb, 16);
    int actual = decode(PngImage.encode(plain(luma, u, v))).at(7, 7);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(expected >> shift & 255, actual >> shift & 255, 2, rgb);
    }
  }

  @Test
  void everyColourSurvivesTheWayThereAndBack() {
    for (int rgb = 0; rgb < 0x1000000; rgb += 1237) {
      int r = rgb >> 16;
      int g = rgb >> 8 & 255;
      int b = rgb & 255;
      int back = Bt601.rgb(Bt601.luma(r, g, b), Bt601.u(r, g, b), Bt601.v(r, g, b));
      assertEquals(r, back >> 16, 3);
      assertEquals(g, back >> 8 & 255, 3);
      assertEquals(b, back & 255, 3);
    }
  }

  /** One white pixel at (2, 1) of 32 x 16 goes where a clockwise turn brings it. */
  @ParameterizedTest
  @CsvSource({"0, 32, 16, 2, 1", "90, 16, 32, 14, 2", "180, 32, 16, 29, 14", "270, 16, 32, 1, 29"})
  void rotationIsApplied(int rotation, int width, int height, int x, int y) throws IOException {
    byte[] i420 = new byte[32 * 16 * 3 / 2];
    Arrays.fill(i420, 0, 512, (byte) 16);
    Arrays.fill(i420, 512, 768, (byte) 128);
    i420[32 + 2] = (byte) 235;
    Pixels pixels = decode(PngImage.encode(new VideoFrame(32, 16, rotation, 0, i420)));
    assertEquals(width, pixels.width());
    assertEquals(height, pixels.height());
    assertTrue(pixels.at(x, y) >= 0xFEFEFE);
    assertEquals(1, Arrays.stream(pixels.rgb()).filter(rgb -> rgb != 0).count());
  }

  @Test
  void chromaBelongsToItsFourPixels() throws IOException {
    TestPicture camera = new TestPicture(new VideoFormat(160, 120, 30));
    byte[] i420 = new byte[camera.format().bytesPerFrame()];
    assertTrue(camera.read(i420));
    Pixels pixels = decode(PngImage.encode(new VideoFrame(160, 120, 0, 0, i420)));
    int[] bars = {0xC0C0C0, 0xC0C000, 0x00C0C0, 0x00C000, 0xC000C0, 0xC00000, 0x0000C0, 0x101010};
    for (int x = 0; x < 160; x++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        assertEquals(bars[x / 20] >> shift & 255, pixels.at(x, 5) >> shift & 255, 3, "at " + x);
      }
    }
  }
}
