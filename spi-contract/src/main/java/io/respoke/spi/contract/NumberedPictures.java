package io.respoke.spi.contract;

import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Pictures that carry their number as 16 black and white blocks in their upper quarter, above plain
 * grey: sent by a {@link Camera}, read back by a {@link Display}.
 */
final class NumberedPictures {
  private static final int BITS = 16;
  private static final int GREY = 90;

  private NumberedPictures() {}

  /** Sends them. */
  static final class Camera implements VideoSource {
    private final VideoFormat format;
    private final CountDownLatch closing = new CountDownLatch(1);
    private int number;
    private int closed;

    Camera(VideoFormat format) {
      this.format = format;
    }

    @Override
    public VideoFormat format() {
      return format;
    }

    @Override
    public synchronized boolean read(byte[] i420) {
      number++;
      int luma = format.width() * format.height();
      Arrays.fill(i420, 0, luma, (byte) GREY);
      Arrays.fill(i420, luma, i420.length, (byte) 128);
      int block = format.width() / BITS;
      for (int row = 0; row < format.height() / 4; row++) {
        for (int bit = 0; bit < BITS; bit++) {
          int from = row * format.width() + bit * block;
          Arrays.fill(i420, from, from + block, (byte) ((number >> bit & 1) == 1 ? 235 : 16));
        }
      }
      return true;
    }

    /** How often it was closed; waits for the first time. */
    int timesClosed() {
      MediaPeer.awaitLatch("close of a camera", closing);
      synchronized (this) {
        return closed;
      }
    }

    @Override
    public synchronized void close() {
      closed++;
      closing.countDown();
    }
  }

  /** Reads them. */
  static final class Display implements VideoSink {
    private int last;
    private int count;
    private int closed;
    private String violation = "";

    @Override
    public synchronized void onVideo(VideoFrame frame) {
      int block = frame.width() / BITS;
      int number = 0;
      for (int bit = 0; bit < BITS; bit++) {
        int at = frame.height() / 8 * frame.width() + bit * block + block / 2;
        if ((frame.i420()[at] & 0xff) > 128) {
          number |= 1 << bit;
        }
      }
      int grey = frame.i420()[frame.height() * 3 / 4 * frame.width() + frame.width() / 2] & 0xff;
      if (Math.abs(grey - GREY) > 8) {
        violation = "luma " + grey;
      }
      if (number <= last) {
        violation = "number " + number + " after " + last;
      }
      if (closed > 0) {
        violation = "a picture after close";
      }
      last = number;
      count++;
      notifyAll();
    }

    @Override
    public synchronized void close() {
      closed++;
      notifyAll();
    }

    synchronized String violation() {
      return violation;
    }

    synchronized int timesClosed() {
      return closed;
    }

    synchronized int count() {
      return count;
    }

    void awaitMore(int more) {
      int target = count() + more;
      await(more + " more pictures", () -> count >= target);
    }

    void awaitClosed() {
      await("close", () -> closed > 0);
    }

    private synchronized void await(String what, BooleanSupplier condition) {
      long deadline = System.nanoTime() + MediaPeer.PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("no " + what + " after " + count + " " + violation);
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted", e);
        }
      }
    }
  }
}
