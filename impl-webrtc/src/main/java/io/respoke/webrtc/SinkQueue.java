package io.respoke.webrtc;

import io.respoke.MediaException;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What waits for one of the application's sinks: a sink that blocks loses its own oldest frames and
 * stalls nobody; that it does is told once. One that throws is not called again, except to be
 * closed.
 */
final class SinkQueue<T> {
  private final Executor application;
  private final Consumer<T> sink;
  private final Runnable close;
  private final Consumer<Throwable> failed;
  private final int limit;
  private final ArrayDeque<T> frames = new ArrayDeque<>();
  private boolean draining;
  private boolean broken;
  private boolean closing;
  private boolean closed;
  private boolean losing;

  SinkQueue(
      int limit,
      Executor application,
      Consumer<T> sink,
      Runnable close,
      Consumer<Throwable> failed) {
    this.limit = limit;
    this.application = application;
    this.sink = sink;
    this.close = close;
    this.failed = failed;
  }

  void offer(T frame) {
    boolean firstLoss = false;
    synchronized (this) {
      if (broken || closing) {
        return;
      }
      if (frames.size() >= limit) {
        frames.poll();
        firstLoss = !losing;
        losing = true;
      }
      frames.add(frame);
    }
    drainSoon();
    if (firstLoss) {
      failed.accept(
          new MediaException(
              MediaException.Reason.BACK_PRESSURE,
              "A sink does not keep up: it loses its oldest frames when " + limit + " wait"));
    }
  }

  /** No frames come any more; the sink is closed after the last. */
  void close() {
    synchronized (this) {
      closing = true;
    }
    drainSoon();
  }

  private void drainSoon() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    application.execute(this::drain);
  }

  private void drain() {
    while (true) {
      T frame;
      boolean last;
      synchronized (this) {
        frame = frames.poll();
        last = frame == null && closing && !closed;
        if (last) {
          closed = true;
        } else if (frame == null) {
          draining = false;
          return;
        }
      }
      try {
        if (frame != null) {
          sink.accept(frame);
        } else {
          close.run();
        }
      } catch (Throwable e) {
        synchronized (this) {
          broken = true;
          frames.clear();
        }
        failed.accept(e);
      }
    }
  }
}
