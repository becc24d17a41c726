package io.respoke.tyrus.weather;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A port whose backlog is full: SYNs to it are dropped, and connecting hangs. */
final class BlackHole implements AutoCloseable {
  private static final int ENOUGH = 100;
  private static final long OVER_LOOPBACK = 200_000_000;

  private final ServerSocket listening;
  private final List<SocketChannel> fillers = new ArrayList<>();

  private BlackHole() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static BlackHole open() {
    try {
      BlackHole hole = new BlackHole();
      for (int i = 0; i < ENOUGH; i++) {
        if (!hole.fill()) {
          return hole;
        }
      }
      hole.close();
      throw new AssertionError("this system takes connections beyond the backlog");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  private boolean fill() throws IOException {
    SocketChannel filler = SocketChannel.open();
    fillers.add(filler);
    filler.configureBlocking(false);
    boolean connected =
        filler.connect(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
    long end = System.nanoTime() + OVER_LOOPBACK;
    while (!connected && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
      connected = filler.finishConnect();
    }
    return connected;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel filler : fillers) {
      filler.close();
    }
    listening.close();
  }
}
