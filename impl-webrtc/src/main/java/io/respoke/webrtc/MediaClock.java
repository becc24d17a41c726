package io.respoke.webrtc;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.LockSupport;

/**
 * Ticks every 10 ms for all media of a backend, on one thread. It holds its pace: ticks that a busy
 * machine delays are made up for, unless it was away for so long that nobody would notice.
 */
final class MediaClock implements AutoCloseable {
  /** What is to be done every 10 ms. Must not block. */
  interface Ticking {
    void tick();
  }

  static final long PERIOD_NANOS = 10_000_000;
  private static final System.Logger LOG = System.getLogger(MediaClock.class.getName());
  private static final long LOST_NANOS = 200_000_000;

  private final Set<Ticking> ticking = new CopyOnWriteArraySet<>();
  private final Thread thread;
  private volatile boolean closed;

  MediaClock(String name) {
    thread = Threads.daemon(this::run, name);
    thread.start();
  }

  void add(Ticking added) {
    ticking.add(added);
    LockSupport.unpark(thread);
  }

  void remove(Ticking removed) {
    ticking.remove(removed);
  }

  private void run() {
    long next = System.nanoTime();
    while (!closed) {
      if (ticking.isEmpty()) {
        LockSupport.park(this);
        next = System.nanoTime();
        continue;
      }
      for (Ticking each : ticking) {
        try {
          each.tick();
        } catch (Throwable e) {
          remove(each);
          LOG.log(System.Logger.Level.WARNING, "Media that threw is not paced any more", e);
        }
      }
      next += PERIOD_NANOS;
      long wait = next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else if (wait < -LOST_NANOS) {
        next = System.nanoTime();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
