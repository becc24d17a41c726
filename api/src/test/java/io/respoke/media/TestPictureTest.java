package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class TestPictureTest {
  private static VideoFrame next(TestPicture camera) {
    VideoFormat format = camera.format();
    byte[] i420 = new byte[format.bytesPerFrame()];
    assertTrue(camera.read(i420));
    return new VideoFrame(format.width(), format.height(), 0, 0, i420);
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "160, 120", "176, 144", "322, 242", "640, 480", "720, 1280"})
  void everyPictureSaysItsNumber(int width, int height) {
    TestPicture camera = new TestPicture(new VideoFormat(width, height, 30));
    for (int i = 0; i < 300; i++) {
      assertEquals(OptionalInt.of(i), TestPicture.number(next(camera)));
    }
  }

  @Test
  void afterTheLastNumberComesTheFirst() {
    TestPicture camera = new TestPicture(new VideoFormat(32, 16, 1));
    for (int i = 0; i < 65_536; i++) {
      assertEquals(OptionalInt.of(i), TestPicture.number(next(camera)));
    }
    assertEquals(OptionalInt.of(0), TestPicture.number(next(camera)));
  }

  @Test
  void theNumberSurvivesNoiseAndAnotherSize() {
    Random random = new Random(5);
    TestPicture camera = new TestPicture(new VideoFormat(640, 480, 30));
    for (int i = 0; i < 200; i++) {
      VideoFrame frame = next(camera);
      byte[] half = new byte[320 * 240 * 3 / 2];
      for (int y = 0; y < 240; y++) {
        for (int x = 0; x < 320; x++) {
          int luma = Byte.toUnsignedInt(frame.i420()[2 * y * 640 + 2 * x]);
          double noisy = luma + 25 * random.nextGaussian();
          half[y * 320 + x] = (byte) Math.max(0, Math.min(255, noisy));
        }
      }
      VideoFrame received = new VideoFrame(320, 240, 90, 0, half);
      assertEquals(OptionalInt.of(i), TestPicture.number(received));
    }
  }

  @Test
  void anotherPictureHasNoNumber() {
    byte[] grey = new byte[160 * 120 * 3 / 2];
    Arrays.fill(grey, (byte) 128);
    assertEquals(OptionalInt.empty(), TestPicture.number(new VideoFrame(160, 120, 0, 0, grey)));
    byte[] noise = new byte[grey.length];
    new Random(1).nextBytes(noise);
    assertEquals(OptionalInt.empty(), TestPicture.number(new VideoFrame(160, 120, 0, 0, noise)));
  }

  @Test
  void onlyTheNumberChanges() {
    TestPicture camera = new TestPicture(new VideoFormat(64, 64, 30));
    byte[] first = next(camera).i420().clone();
    byte[] second = next(camera).i420().clone();
    assertFalse(Arrays.equals(first, second));
    int blocks = 64 * 56;
    assertArrayEquals(Arrays.copyOf(first, blocks), Arrays.copyOf(second, blocks));
  }
}
