package io.respoke.webrtc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Gives the worker process the classes that it asks for, out of this module's class loader. */
final class ClassServer {
  private static final int MAX_NAME_BYTES = 1000;

  private ClassServer() {}

  static byte[] read(String resource) throws IOException {
    try (InputStream in = ClassServer.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  /** Until the worker is gone. */
  static void serve(SocketChannel worker) {
    try (worker) {
      while (true) {
        int length = ByteBuffer.wrap(FrameChannel.readFully(worker, Integer.BYTES)).getInt();
        if (length < 0 || length > MAX_NAME_BYTES) {
          return;
        }
        String name = new String(FrameChannel.readFully(worker, length), StandardCharsets.UTF_8);
        byte[] bytes = name.endsWith(".class") ? read(name) : new byte[0];
        ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        answer.putInt(bytes.length).put(bytes).flip();
        while (answer.hasRemaining()) {
          worker.write(answer);
        }
      }
    } catch (IOException e) {
      // The worker is gone, which others notice, too.
    }
  }
}
