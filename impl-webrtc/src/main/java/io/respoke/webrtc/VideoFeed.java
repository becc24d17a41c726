package io.respoke.webrtc;

import io.respoke.media.VideoFormat;
import io.respoke.media.VideoSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the application for pictures at its rate and pushes them into the track sent. */
final class VideoFeed implements MediaClock.Ticking {
  /** An application's source: as {@link Microphone} is for audio. */
  static final class Camera {
    private static final int IDLE = 0;
    private static final int READING = 1;
    private static final int RETIRED = 2;

    private final VideoSource source;
    private final VideoFormat format;
    private final Executor application;
    private final Consumer<Throwable> failed;
    private final byte[] picture;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private long nextNanos = System.nanoTime();

    Camera(VideoSource source, Executor application, Consumer<Throwable> failed) {
      this.source = source;
      this.format = source.format();
      this.application = application;
      this.failed = failed;
      this.picture = new byte[format.bytesPerFrame()];
    }

    boolean isOf(VideoSource other) {
      return source == other;
    }

    private boolean isDue(long now) {
      if (now < nextNanos) {
        return false;
      }
      long period = 1_000_000_000L / format.framesPerSecond();
      nextNanos = Math.max(nextNanos + period, now - period);
      return true;
    }

    /** Whether there is a new picture. On the clock's thread. */
    private boolean read() {
      if (!state.compareAndSet(IDLE, READING)) {
        return false;
      }
      boolean some = false;
      Throwable thrown = null;
      try {
        some = source.read(picture);
      } catch (Throwable e) {
        thrown = e;
      }
      boolean retired = thrown != null || !state.compareAndSet(READING, IDLE);
      if (thrown != null) {
        state.set(RETIRED);
        failed.accept(thrown);
      }
      if (retired) {
        close();
      }
      return some && !retired;
    }

    void retire() {
      if (state.getAndSet(RETIRED) == IDLE) {
        close();
      }
    }

    private void close() {
      application.execute(
          () -> {
            try {
              source.close();
            } catch (Throwable e) {
              failed.accept(e);
            }
          });
    }
  }

  /** Where pictures go. Must have taken what it needs when it returns. */
  interface Target {
    void push(byte[] picture, int width, int height);
  }

  private final Target target;
  private final Object pushing = new Object();
  private volatile @Nullable Camera camera;
  private volatile boolean muted;
  private boolean running;

  VideoFeed(Target target) {
    this.target = target;
  }

  void camera(@Nullable Camera now) {
    Camera before = camera;
    camera = now;
    if (before != null) {
      before.retire();
    }
  }

  @Nullable Camera camera() {
    return camera;
  }

  void mute(boolean now) {
    muted = now;
  }

  /** As {@link AudioFeed#run}. */
  void run(boolean now) {
    synchronized (pushing) {
      running = now;
    }
  }

  @Override
  public void tick() {
    Camera from = camera;
    long now = System.nanoTime();
    if (from == null || !from.isDue(now) || !from.read() || muted) {
      return;
    }
    synchronized (pushing) {
      if (running) {
        target.push(from.picture, from.format.width(), from.format.height());
      }
    }
  }
}
