package io.respoke.spi.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP proxy on 127.0.0.1 that knows CONNECT only. */
public final class ContractProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private volatile String head = "";
  private volatile boolean refuses;

  private ContractProxy() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::listen);
  }

  /** Starts a proxy. */
  public static ContractProxy start() {
    return new ContractProxy();
  }

  /** The port it listens on. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Answers 403 from now on. */
  public void refuse() {
    refuses = true;
  }

  /** The request line of the next CONNECT; fails the test when none comes. */
  public String next() {
    return ContractServer.take(requests, "the proxy was not asked");
  }

  /** The whole head of the last request. */
  public String lastHead() {
    return head;
  }

  @Override
  public void close() {
    closeQuietly(listening);
    sockets.forEach(ContractProxy::closeQuietly);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        // Closed: the loop's condition knows.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          return;
        }
        request.append((char) b);
      }
      head = request.toString();
      String line = request.substring(0, request.indexOf("\r\n"));
      requests.add(line);
      OutputStream out = client.getOutputStream();
      if (refuses) {
        out.write(ascii("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
        return;
      }
      String target = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
      int colon = target.lastIndexOf(':');
      int port = Integer.parseInt(target.substring(colon + 1));
      try (Socket server = new Socket(target.substring(0, colon), port)) {
        sockets.add(server);
        out.write(ascii("HTTP/1.1 200 Connected\r\n\r\n"));
        start(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException e) {
      // One of the ends is gone.
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Both are closed below.
    }
    closeQuietly(from);
    closeQuietly(to);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, ContractServer.THREAD_NAME + "-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
