package io.respoke.spi.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A port on 127.0.0.1 where TCP connects hang: its backlog is full, and the kernel drops what comes
 * after.
 */
final class BlackHole implements AutoCloseable {
  private static final int ENOUGH = 200;

  private final ServerSocket listening;
  private final List<SocketChannel> fillers = new ArrayList<>();

  private BlackHole() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static BlackHole open() throws IOException {
    BlackHole hole = new BlackHole();
    try {
      for (int i = 0; i < ENOUGH; i++) {
        if (!hole.fill()) {
          return hole;
        }
      }
    } catch (IOException | RuntimeException e) {
      hole.close();
      throw e;
    }
    hole.close();
    throw new IOException("this system accepts connections beyond the backlog: no black hole");
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel filler : fillers) {
      filler.close();
    }
    listening.close();
  }

  private boolean fill() throws IOException {
    SocketChannel channel = SocketChannel.open();
    fillers.add(channel);
    channel.configureBlocking(false);
    if (channel.connect(new InetSocketAddress(listening.getInetAddress(), port()))) {
      return true;
    }
    // A connect over loopback that is not done after this is not going to be.
    long end = System.nanoTime() + 200_000_000;
    while (System.nanoTime() - end < 0) {
      if (channel.finishConnect()) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }
}
