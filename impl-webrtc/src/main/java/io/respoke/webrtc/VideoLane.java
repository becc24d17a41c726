package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.VideoSource;
import io.respoke.spi.MediaDevices;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The video of a session. */
final class VideoLane extends Lane {
  private final Engine engine;
  private final Executor application;
  private final Consumer<Throwable> failed;
  private final String trackId;
  private final VideoOutlet outlet = new VideoOutlet();
  private final Set<String> seen = new HashSet<>();
  private final CustomVideoSource source = new CustomVideoSource();
  private final VideoFeed feed = new VideoFeed(this::push);
  private @Nullable VideoTrack track;

  VideoLane(Engine engine, String trackId, Consumer<Throwable> failed) {
    super(MediaKind.VIDEO);
    this.engine = engine;
    this.application = engine.applicationThreads();
    this.trackId = trackId;
    this.failed = failed;
  }

  private void push(byte[] picture, int width, int height) {
    NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
    VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
    try {
      int luma = width * height;
      copy(picture, 0, width, height, buffer.getDataY(), buffer.getStrideY());
      copy(picture, luma, width / 2, height / 2, buffer.getDataU(), buffer.getStrideU());
      copy(picture, luma * 5 / 4, width / 2, height / 2, buffer.getDataV(), buffer.getStrideV());
      source.pushFrame(frame);
    } finally {
      frame.release();
    }
  }

  private static void copy(
      byte[] picture, int offset, int width, int height, ByteBuffer plane, int stride) {
    for (int row = 0; row < height; row++) {
      plane.position(row * stride);
      plane.put(picture, offset + row * width, width);
    }
  }

  @Override
  MediaStreamTrack track() {
    VideoTrack made = track;
    if (made == null) {
      made = engine.factory().createVideoTrack(trackId, source);
      track = made;
    }
    return made;
  }

  @Override
  void feed(boolean now) {
    feed.run(now);
  }

  @Override
  void devices(MediaDevices devices) {
    outlet.sink(devices.display().orElse(null), application, failed);
    VideoSource wanted = devices.camera().orElse(null);
    VideoFeed.Camera now = feed.camera();
    if (wanted == null) {
      feed.camera(null);
    } else if (now == null || !now.isOf(wanted)) {
      try {
        feed.camera(new VideoFeed.Camera(wanted, application, failed));
      } catch (Throwable e) {
        failed.accept(e);
        feed.camera(null);
      }
    }
    engine.videoClock().pace(feed, feed.camera() != null);
  }

  @Override
  void mute(MediaFlow flow, boolean muted) {
    if (flow == MediaFlow.OUTGOING) {
      feed.mute(muted);
    } else {
      outlet.mute(muted);
    }
  }

  @Override
  void listen(String section, RTCRtpTransceiver transceiver) {
    if (seen.add(section) && transceiver.getReceiver().getTrack() instanceof VideoTrack remote) {
      remote.addSink(outlet);
    }
  }

  @Override
  void deliver(boolean now) {
    outlet.active(now);
  }

  @Override
  void keep(List<String> sections) {
    seen.retainAll(sections);
  }

  @Override
  void detach() {
    engine.videoClock().remove(feed);
    feed.run(false);
    outlet.active(false);
  }

  @Override
  void dispose() {
    feed.camera(null);
    outlet.sink(null, application, failed);
    if (track != null) {
      Engine.dispose("video track", track::dispose);
    }
    Engine.dispose("video source", source::dispose);
  }
}
