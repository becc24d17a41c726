package io.respoke.webrtc;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the worker process begins. This class alone is on its class path; all others it asks its
 * parent for, so that both always run the same code, wherever the parent has it from. So it may use
 * nothing but the JDK.
 */
final class WorkerMain extends ClassLoader {
  /** Changes when the two sides could not understand each other any more. */
  static final int VERSION = 1;

  static final int MAGIC = 0x52455350;
  static final byte CLASSES = 0;
  static final byte CONTROL = 1;
  static final byte MEDIA = 2;
  static final int NONCE_BYTES = 32;

  private final SocketChannel classes;

  private WorkerMain(SocketChannel classes) {
    super(WorkerMain.class.getClassLoader());
    this.classes = classes;
  }

  /** Takes the socket's path as its argument and the nonce from standard input. */
  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    byte[] nonce = System.in.readNBytes(NONCE_BYTES);
    WorkerMain loader = new WorkerMain(open(path, nonce, CLASSES));
    Thread.currentThread().setContextClassLoader(loader);
    SocketChannel control = open(path, nonce, CONTROL);
    SocketChannel media = open(path, nonce, MEDIA);
    Method run =
        loader
            .loadClass("io.respoke.webrtc.Worker")
            .getDeclaredMethod("run", SocketChannel.class, SocketChannel.class);
    // The same package of another class loader is another package.
    run.setAccessible(true);
    run.invoke(null, control, media);
  }

  private static SocketChannel open(Path path, byte[] nonce, byte purpose) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    ByteBuffer hello = ByteBuffer.allocate(2 * Integer.BYTES + 1 + NONCE_BYTES);
    hello.putInt(MAGIC).putInt(VERSION).put(purpose).put(nonce).flip();
    write(channel, hello);
    return channel;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = fetch(name.replace('.', '/') + ".class");
      if (bytes.length == 0) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] fetch(String resource) throws IOException {
    byte[] name = resource.getBytes(StandardCharsets.UTF_8);
    synchronized (classes) {
      ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + name.length);
      request.putInt(name.length).put(name).flip();
      write(classes, request);
      return read(classes, read(classes, Integer.BYTES).getInt()).array();
    }
  }

  private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static ByteBuffer read(SocketChannel from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (from.read(bytes) < 0) {
        throw new EOFException("the parent is gone");
      }
    }
    return bytes.flip();
  }
}
