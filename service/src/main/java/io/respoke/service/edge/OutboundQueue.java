package io.respoke.service.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The frames on their way to one socket, in order. What the socket does not take at once waits here
 * up to a limit; beyond it the socket is given up, for a consumer that slow would take the
 * service's memory.
 */
final class OutboundQueue {
  private final ServerWebSocket socket;
  private final int limit;
  private final Runnable overflowed;
  private final Deque<String> waiting = new ArrayDeque<>();
  private int waitingChars;
  private boolean stalled;
  private boolean closed;

  OutboundQueue(ServerWebSocket socket, int limit, Runnable overflowed) {
    this.socket = socket;
    this.limit = limit;
    this.overflowed = overflowed;
    socket.drainHandler(drained -> flush());
  }

  void send(String frame) {
    if (gone()) {
      return;
    }
    if (!stalled && waiting.isEmpty() && !socket.writeQueueFull()) {
      write(frame);
      return;
    }
    waiting.addLast(frame);
    waitingChars += frame.length();
    if (waitingChars > limit) {
      close();
      // Not at once: whoever sends to many goes through them now, and this one will leave them.
      Vertx.currentContext().runOnContext(later -> overflowed.run());
    }
  }

  /** Stops or resumes writing. */
  void stall(boolean on) {
    stalled = on;
    flush();
  }

  /** Forgets what waits and takes nothing more. */
  void close() {
    closed = true;
    waiting.clear();
    waitingChars = 0;
  }

  private void flush() {
    while (!gone() && !stalled && !waiting.isEmpty() && !socket.writeQueueFull()) {
      String frame = waiting.removeFirst();
      waitingChars -= frame.length();
      write(frame);
    }
  }

  /** The socket knows that it is closed before its close handler has told us, and then throws. */
  private boolean gone() {
    return closed || socket.isClosed();
  }

  private void write(String frame) {
    // A failed write is followed by the socket's close handler; there is nothing to do here.
    var unused = socket.writeTextMessage(frame);
  }
}
