package io.respoke.webrtc;

import io.respoke.media.VideoFormat;
import io.respoke.media.VideoSource;
import java.util.ArrayDeque;

/** The application's camera as the worker process sees it: what its parent has read. */
final class PipedCamera implements VideoSource {
  private static final int MAX_PICTURES = 3;

  private final VideoFormat format;
  private final ArrayDeque<byte[]> pictures = new ArrayDeque<>();

  PipedCamera(VideoFormat format) {
    this.format = format;
  }

  /** Asked twice as often as pictures come, so that none waits for long. */
  @Override
  public VideoFormat format() {
    return new VideoFormat(
        format.width(), format.height(), Math.min(60, 2 * format.framesPerSecond()));
  }

  synchronized void offer(byte[] picture) {
    if (picture.length != format.bytesPerFrame()) {
      return;
    }
    if (pictures.size() >= MAX_PICTURES) {
      pictures.poll();
    }
    pictures.add(picture);
  }

  @Override
  public synchronized boolean read(byte[] i420) {
    byte[] next = pictures.poll();
    if (next == null) {
      return false;
    }
    System.arraycopy(next, 0, i420, 0, i420.length);
    return true;
  }
}
