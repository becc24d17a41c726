package io.respoke.examples.interop;

import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import java.util.function.BooleanSupplier;

/** A picture of four colours to send, and eyes for what comes. */
final class MeasuredVideo {
  private MeasuredVideo() {}

  /** White, green, red and black, each in a quarter: what no browser shows by itself. */
  static VideoSource quarters() {
    VideoFormat format = new VideoFormat(320, 240, 15);
    int width = format.width();
    int height = format.height();
    byte[] picture = new byte[width * height * 3 / 2];
    byte[][] colours = {
      {(byte) 235, -128, -128}, {(byte) 145, 54, 34}, {81, 90, -16}, {16, -128, -128}
    };
    fill(picture, 0, width, height, colours, 0);
    fill(picture, width * height, width / 2, height / 2, colours, 1);
    fill(picture, width * height * 5 / 4, width / 2, height / 2, colours, 2);
    return new VideoSource() {
      @Override
      public VideoFormat format() {
        return format;
      }

      @Override
      public boolean read(byte[] i420) {
        System.arraycopy(picture, 0, i420, 0, picture.length);
        return true;
      }
    };
  }

  private static void fill(
      byte[] picture, int from, int width, int height, byte[][] colours, int plane) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int quarter = (2 * y / height) * 2 + 2 * x / width;
        picture[from + y * width + x] = colours[quarter][plane];
      }
    }
  }

  /** Counts pictures, and sees whether they are of more than one shade. */
  static final class Eyes implements VideoSink {
    private long pictures;
    private boolean varied;
    private long lastNanos;

    @Override
    public synchronized void onVideo(VideoFrame frame) {
      pictures++;
      lastNanos = System.nanoTime();
      int darkest = 255;
      int brightest = 0;
      for (int i = 0; i < frame.width() * frame.height(); i++) {
        int luma = frame.i420()[i] & 0xff;
        darkest = Math.min(darkest, luma);
        brightest = Math.max(brightest, luma);
      }
      varied |= brightest - darkest > 60;
      notifyAll();
    }

    /** Waits for pictures that are of more than one shade, as those of the fake camera are. */
    synchronized void awaitPictures() {
      await(() -> pictures >= 10 && varied, "picture of more than one shade");
    }

    /** Waits until none has come for a second. */
    synchronized void awaitEnd() {
      await(() -> System.nanoTime() - lastNanos > 1_000_000_000L, "end of the pictures");
    }

    private void await(BooleanSupplier condition, String what) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("no " + what + ": " + pictures + " pictures");
        }
        try {
          wait(100);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
