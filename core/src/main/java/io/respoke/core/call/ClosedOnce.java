package io.respoke.core.call;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import io.respoke.spi.MediaDevices;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Media of the application that is closed once, whoever does it: the backend when it had it in use,
 * the call when it never came to that.
 */
final class ClosedOnce {
  private ClosedOnce() {}

  static MediaDevices of(MediaDevices devices) {
    return new MediaDevices(
        devices.microphone().map(Microphone::new),
        devices.speaker().map(Speaker::new),
        devices.camera().map(Camera::new),
        devices.display().map(Display::new));
  }

  private static final class Once {
    private final AtomicBoolean done = new AtomicBoolean();

    void run(Runnable task) {
      if (done.compareAndSet(false, true)) {
        task.run();
      }
    }
  }

  private static final class Microphone implements AudioSource {
    private final Once once = new Once();
    private final AudioSource source;

    Microphone(AudioSource source) {
      this.source = source;
    }

    @Override
    public AudioFormat format() {
      return source.format();
    }

    @Override
    public boolean read(short[] samples) {
      return source.read(samples);
    }

    @Override
    public void close() {
      once.run(source::close);
    }
  }

  private static final class Speaker implements AudioSink {
    private final Once once = new Once();
    private final AudioSink sink;

    Speaker(AudioSink sink) {
      this.sink = sink;
    }

    @Override
    public void onAudio(AudioFrame frame) {
      sink.onAudio(frame);
    }

    @Override
    public void close() {
      once.run(sink::close);
    }
  }

  private static final class Camera implements VideoSource {
    private final Once once = new Once();
    private final VideoSource source;

    Camera(VideoSource source) {
      this.source = source;
    }

    @Override
    public VideoFormat format() {
      return source.format();
    }

    @Override
    public boolean read(byte[] i420) {
      return source.read(i420);
    }

    @Override
    public void close() {
      once.run(source::close);
    }
  }

  private static final class Display implements VideoSink {
    private final Once once = new Once();
    private final VideoSink sink;

    Display(VideoSink sink) {
      this.sink = sink;
    }

    @Override
    public void onVideo(VideoFrame frame) {
      sink.onVideo(frame);
    }

    @Override
    public void close() {
      once.run(sink::close);
    }
  }
}
