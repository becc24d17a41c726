package io.respoke.webrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes received pictures from native code and hands them to the application's sink. */
final class VideoOutlet implements VideoTrackSink {
  private static final System.Logger LOG = System.getLogger(VideoOutlet.class.getName());
  private static final int QUEUED_PICTURES = 5;

  private volatile @Nullable SinkQueue<VideoFrame> queue;
  private @Nullable VideoSink sink;
  private volatile boolean muted;
  private volatile boolean active;

  /** As {@link AudioOutlet#sink}. */
  void sink(@Nullable VideoSink now, Executor application, Consumer<Throwable> failed) {
    if (now == sink) {
      return;
    }
    sink = now;
    SinkQueue<VideoFrame> before = queue;
    queue =
        now == null
            ? null
            : new SinkQueue<>(QUEUED_PICTURES, application, now::onVideo, now::close, failed);
    if (before != null) {
      before.close();
    }
  }

  void mute(boolean now) {
    muted = now;
  }

  void active(boolean now) {
    active = now;
  }

  /** On a native thread: whatever this throws would end the process. */
  @Override
  public void onVideoFrame(dev.onvoid.webrtc.media.video.VideoFrame frame) {
    try {
      SinkQueue<VideoFrame> to = queue;
      int width = frame.buffer.getWidth() & ~1;
      int height = frame.buffer.getHeight() & ~1;
      if (to != null && active && !muted && width >= 16 && height >= 16) {
        to.offer(copied(frame, width, height));
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "A received picture could not be handed over", e);
    } finally {
      try {
        frame.release();
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.WARNING, "A received picture could not be released", e);
      }
    }
  }

  private static VideoFrame copied(
      dev.onvoid.webrtc.media.video.VideoFrame frame, int width, int height) {
    I420Buffer buffer = frame.buffer.toI420();
    byte[] picture = new byte[width * height * 3 / 2];
    int luma = width * height;
    copy(buffer.getDataY(), buffer.getStrideY(), picture, 0, width, height);
    copy(buffer.getDataU(), buffer.getStrideU(), picture, luma, width / 2, height / 2);
    copy(buffer.getDataV(), buffer.getStrideV(), picture, luma * 5 / 4, width / 2, height / 2);
    return new VideoFrame(
        width, height, Math.floorMod(frame.rotation, 360), frame.timestampNs, picture);
  }

  private static void copy(
      ByteBuffer plane, int stride, byte[] picture, int offset, int width, int height) {
    for (int row = 0; row < height; row++) {
      plane.position(row * stride);
      plane.get(picture, offset + row * width, width);
    }
  }
}
