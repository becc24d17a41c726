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
import org.jspecify.annotations.Nullable;

/**
 * Frames of bytes over a socket, both ways, with a thread for each way. Each stream of what is sent
 * has a queue of its own; one with a limit loses its oldest frames, and the streams take turns.
 */
final class FrameChannel implements AutoCloseable {
  /** Is told what comes, serially, on the reader's thread. Must not block. */
  interface Handler {
    void frame(DataInputStream in) throws IOException;

    /** The other end is gone, or what it says cannot be read. The last call. */
    void lost(Throwable why);
  }

  static final int MAX_FRAME_BYTES = 32 << 20;

  private final SocketChannel socket;
  private final String name;
  private final Map<Integer, ArrayDeque<byte[]>> streams = new HashMap<>();
  private final ArrayDeque<Integer> turns = new ArrayDeque<>();
  private boolean closed;

  FrameChannel(SocketChannel socket, String name) {
    this.socket = socket;
    this.name = name;
  }

  void start(Handler handler) {
    Threads.daemon(() -> read(handler), name + "-reader").start();
    Threads.daemon(this::write, name + "-writer").start();
  }

  /** Queues a frame; of more than {@code limit} in the stream the oldest is lost. */
  synchronized void send(int stream, int limit, byte[] frame) {
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
    notifyAll();
  }

  private void write() {
    try {
      while (true) {
        byte[] frame = next();
        if (frame == null) {
          return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length);
        bytes.putInt(frame.length).put(frame).flip();
        while (bytes.hasRemaining()) {
          socket.write(bytes);
        }
      }
    } catch (IOException | InterruptedException e) {
      close();
    }
  }

  private synchronized byte @Nullable [] next() throws InterruptedException {
    while (!closed) {
      Integer stream = turns.poll();
      if (stream != null) {
        ArrayDeque<byte[]> queue = streams.get(stream);
        byte[] frame = queue == null ? null : queue.poll();
        if (queue != null && queue.isEmpty()) {
          streams.remove(stream);
        }
        if (frame != null) {
          return frame;
        }
      } else {
        wait();
      }
    }
    return null;
  }

  private void read(Handler handler) {
    Throwable why;
    try {
      while (true) {
        int length = ByteBuffer.wrap(readFully(socket, Integer.BYTES)).getInt();
        if (length < 0 || length > MAX_FRAME_BYTES) {
          throw new IOException("a frame of " + length + " bytes");
        }
        handler.frame(new DataInputStream(new ByteArrayInputStream(readFully(socket, length))));
      }
    } catch (IOException | RuntimeException e) {
      why = e;
    }
    close();
    handler.lost(why);
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
