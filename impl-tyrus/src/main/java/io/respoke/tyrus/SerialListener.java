package io.respoke.tyrus;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls to a listener serial and ends them once. The reader of the connection makes all
 * calls but the last; the last can come from anywhere, and waits for one that is being made without
 * blocking anybody.
 */
final class SerialListener extends AtomicInteger {
  private static final long serialVersionUID = 1L;

  private static final int IDLE = 0;
  private static final int CALLING = 1;
  private static final int ENDING = 2;
  private static final int ENDED = 3;

  private final transient TransportListener listener;
  private transient volatile @Nullable CloseStatus closed;
  private transient volatile @Nullable TransportException failure;

  SerialListener(TransportListener listener) {
    super(IDLE);
    this.listener = listener;
  }

  void open() {
    if (compareAndSet(IDLE, CALLING)) {
      try {
        listener.onOpen();
      } finally {
        leave();
      }
    }
  }

  void text(String text) {
    if (compareAndSet(IDLE, CALLING)) {
      try {
        listener.onText(text);
      } finally {
        leave();
      }
    }
  }

  void closed(CloseStatus status) {
    closed = status;
    end();
  }

  void failed(TransportException cause) {
    failure = cause;
    end();
  }

  private void leave() {
    if (!compareAndSet(CALLING, IDLE)) {
      set(ENDED);
      last();
    }
  }

  private void end() {
    while (true) {
      if (compareAndSet(IDLE, ENDED)) {
        last();
        return;
      }
      if (compareAndSet(CALLING, ENDING) || get() >= ENDING) {
        return;
      }
    }
  }

  private void last() {
    TransportException failed = failure;
    CloseStatus status = closed;
    if (failed != null) {
      listener.onFailure(failed);
    } else if (status != null) {
      listener.onClosed(status);
    }
  }
}
