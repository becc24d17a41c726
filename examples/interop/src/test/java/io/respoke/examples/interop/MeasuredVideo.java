package io.respoke.examples.interop;

import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import java.util.Arrays;

/** A picture of one colour to send, and eyes for what comes. */
final class MeasuredVideo {
  private MeasuredVideo() {}

  /** All green, which no browser shows by itself. */
  static VideoSource green() {
    VideoFormat format = new VideoFormat(320, 240, 15);
    int luma = format.width() * format.height();
    return new VideoSource() {
      @Override
      public VideoFormat format() {
        return format;
      }

      @Override
      public boolean read(byte[] i420) {
        Arrays.fill(i420, 0, luma, (byte) 145);
        Arrays.fill(i420, luma, luma + luma / 4, (byte) 54);
        Arrays.fill(i420, luma + luma / 4, i420.length, (byte) 34);
        return true;
      }
    };
  }

  /** Counts pictures, and sees whether they are of more than one shade. */
  static final class Eyes implements VideoSink {
    private long pictures;
    private boolean varied;

    @Override
    public synchronized void onVideo(VideoFrame frame) {
      pictures++;
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

    /** Waits for pictures of the fake camera, which shows a clock on a coloured ground. */
    synchronized void awaitPictures() {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (pictures < 10 || !varied) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("no picture of a camera: " + pictures + " pictures");
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
