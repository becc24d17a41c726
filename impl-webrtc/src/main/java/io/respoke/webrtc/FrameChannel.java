package io.respoke.webrtc;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames of bytes over a socket, both ways, with a thread for each way. Each stream of what is sent
 * has a queue of its own; one with a limit loses its oldest frames, and the streams take turns.
 * What waits is written together, and what has come is read together: waking a thread and asking
 * the system cost more than a frame. So what comes at each tick of a clock wakes nobody: it is put
 * aside, and written by the clock's own thread at the end of the tick.
 */
final class FrameChannel implements AutoCloseable {
  /** Is told what comes, serially, on the reader's thread. Must not block. */
  interface Handler {
    void frame(DataInputStream in) throws IOException;

    /** The other end is gone, or what it says cannot be read. The last call. */
    void lost(Throwable why);
  }

  static final int MAX_FRAME_BYTES = 32 << 20;
  private static final int BUFFER_BYTES = 128 << 10;

  private final SocketChannel socket;
  private final String name;
  private final Map<Integer, ArrayDeque<byte[]>> streams = new HashMap<>();
  private final ArrayDeque<Integer> turns = new ArrayDeque<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private boolean urgent;
  private boolean closed;

  private FrameChannel(SocketChannel socket, String name) {
    this.socket = socket;
    this.name = name;
  }

  /** For orders and news, each of which somebody may wait for. */
  static FrameChannel ofControl(SocketChannel socket) {
    return new FrameChannel(socket, "respoke-webrtc-control");
  }

  static FrameChannel ofMedia(SocketChannel socket) {
    return new FrameChannel(socket, "respoke-webrtc-media");
  }

  void start(Handler handler) {
    Threads.daemon(() -> read(handler), name + "-reader").start();
    Threads.daemon(this::write, name + "-writer").start();
  }

  /** Sends a frame; of more than {@code limit} that wait in the stream the oldest is lost. */
  synchronized void send(int stream, int limit, byte[] frame) {
    queue(stream, limit, frame);
    wakeWriter();
  }

  /** As {@link #send}, but it waits for {@link #flush} or for what is sent meanwhile. */
  synchronized void sendLater(int stream, int limit, byte[] frame) {
    queue(stream, limit, frame);
  }

  /** Writes what waits, on this thread; blocks while the other end does not read. */
  void flush() {
    synchronized (this) {
      // When the writer is on its way it takes everything with it.
      if (closed || urgent || turns.isEmpty()) {
        return;
      }
      if (!writing.tryLock()) {
        wakeWriter();
        return;
      }
    }
    try {
      writeWaiting();
    } catch (IOException e) {
      close();
    } finally {
      writing.unlock();
    }
  }

  private void wakeWriter() {
    if (!urgent) {
      urgent = true;
      notifyAll();
    }
  }

  private void queue(int stream, int limit, byte[] frame) {
    if (closed) {
      return;
    }
    ArrayDeque<byte[]> queue = streams.computeIfAbsent(stream, key -> new ArrayDeque<>());
    if (queue.size() >= limit) {
      queue.poll();
    } else {
      turns.add(stream);
    }
    queue.add(frame);
  }

  private void write() {
    try {
      while (awaitUrgent()) {
        writing.lock();
        try {
          writeWaiting();
        } finally {
          writing.unlock();
        }
      }
    } catch (IOException | InterruptedException e) {
      close();
    }
  }

  /** False when closed. */
  private synchronized boolean awaitUrgent() throws InterruptedException {
    while (!closed && !urgent) {
      wait();
    }
    urgent = false;
    return !closed;
  }

  private void writeWaiting() throws IOException {
    for (byte[] frame = poll(); frame != null; frame = poll()) {
      if (outgoing.remaining() < Integer.BYTES) {
        writeOut();
      }
      outgoing.putInt(frame.length);
      for (int from = 0; from < frame.length; ) {
        int some = Math.min(outgoing.remaining(), frame.length - from);
        outgoing.put(frame, from, some);
        from += some;
        if (!outgoing.hasRemaining()) {
          writeOut();
        }
      }
    }
    writeOut();
  }

  private void writeOut() throws IOException {
    outgoing.flip();
    while (outgoing.hasRemaining()) {
      socket.write(outgoing);
    }
    outgoing.clear();
  }

  private synchronized byte @Nullable [] poll() {
    while (true) {
      Integer stream = turns.poll();
      if (stream == null) {
        return null;
      }
      ArrayDeque<byte[]> queue = streams.get(stream);
      byte[] frame = queue == null ? null : queue.poll();
      if (queue != null && queue.isEmpty()) {
        streams.remove(stream);
      }
      if (frame != null) {
        return frame;
      }
    }
  }

  private void read(Handler handler) {
    Throwable why;
    ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    try {
      while (true) {
        more(bytes, Integer.BYTES);
        int length = bytes.getInt();
        if (length < 0 || length > MAX_FRAME_BYTES) {
          throw new IOException("a frame of " + length + " bytes");
        }
        byte[] frame = new byte[length];
        for (int at = 0; at < length; ) {
          more(bytes, 1);
          int some = Math.min(bytes.remaining(), length - at);
          bytes.get(frame, at, some);
          at += some;
        }
        handler.frame(new DataInputStream(new ByteArrayInputStream(frame)));
      }
    } catch (IOException | RuntimeException e) {
      why = e;
    }
    close();
    handler.lost(why);
  }

  /** Reads until there are so many bytes, at most a few, or more. */
  private void more(ByteBuffer bytes, int wanted) throws IOException {
    if (bytes.remaining() >= wanted) {
      return;
    }
    bytes.compact();
    while (bytes.position() < wanted) {
      if (socket.read(bytes) < 0) {
        throw new EOFException("the other end is gone");
      }
    }
    bytes.flip();
  }

  static byte[] readFully(SocketChannel from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (from.read(bytes) < 0) {
        throw new EOFException("the other end is gone");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      streams.clear();
      turns.clear();
      notifyAll();
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more in any case.
    }
  }
}
