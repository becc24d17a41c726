package io.respoke.webrtc;

import io.respoke.spi.MediaSessionListener;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells a session's listener what happens, one call after another, and ends its stages in the same
 * order; never on a thread that native code waits for.
 */
final class SessionEvents {
  /** How much received data may wait for the listener. */
  static final long MAX_WAITING_BYTES = 16L << 20;

  private static final int OVERHEAD_BYTES = 64;

  private final MediaSessionListener listener;
  private final SerialQueue queue;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile boolean silent;

  SessionEvents(MediaSessionListener listener, Executor application) {
    this.listener = listener;
    this.queue = new SerialQueue(application);
  }

  void tell(Consumer<MediaSessionListener> call) {
    if (!ended.get()) {
      queue.execute(() -> call(call));
    }
  }

  private void call(Consumer<MediaSessionListener> call) {
    if (!silent) {
      call.accept(listener);
    }
  }

  /** The session could not be opened: its listener hears nothing any more, not even its end. */
  void silence() {
    silent = true;
  }

  /** Tells of a message; false when too much waits already. */
  boolean tellMessage(int bytes, Consumer<MediaSessionListener> call) {
    long size = (long) bytes + OVERHEAD_BYTES;
    if (waitingBytes.addAndGet(size) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-size);
      return false;
    }
    tell(
        to -> {
          waitingBytes.addAndGet(-size);
          call.accept(to);
        });
    return true;
  }

  /** Ends a stage. */
  void settle(Runnable settle) {
    queue.execute(settle);
  }

  /** The last call. */
  void end() {
    if (ended.compareAndSet(false, true)) {
      queue.execute(() -> call(MediaSessionListener::onClosed));
    }
  }
}
