package io.respoke.examples.interop.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a client and the service, for tests in which it fails: it forwards bytes
 * until told to cut, or changes what the service says.
 */
public final class TcpRelay implements AutoCloseable {
  private record Replacement(String from, String to) {}

  private final ServerSocket server;
  private final int servicePort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Replacement replacement;

  /** A relay to the service on {@code servicePort} of the loop-back address. */
  public TcpRelay(int servicePort) throws IOException {
    this.servicePort = servicePort;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /** Where the client connects. */
  public int port() {
    return server.getLocalPort();
  }

  /** Breaks every connection without a goodbye; new ones are forwarded as before. */
  public void cut() {
    sockets.forEach(this::reset);
  }

  /**
   * From now on replaces {@code from} by {@code to} in what the service sends. They have the same
   * length, so that WebSocket frames stay whole, and are looked for in one read of the socket.
   */
  public void replace(String from, String to) {
    if (from.length() != to.length()) {
      throw new IllegalArgumentException("not of the same length: " + from + " and " + to);
    }
    replacement = new Replacement(from, to);
  }

  private void accept() {
    while (!server.isClosed()) {
      Socket client;
      try {
        client = server.accept();
      } catch (IOException e) {
        return;
      }
      Socket service = new Socket();
      sockets.add(client);
      sockets.add(service);
      try {
        service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), servicePort));
        start("up", () -> copy(client, service, false));
        start("down", () -> copy(service, client, true));
      } catch (IOException e) {
        reset(client);
        reset(service);
      }
    }
  }

  private void copy(Socket from, Socket to, boolean fromService) {
    byte[] buffer = new byte[65536];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int n;
      while ((n = in.read(buffer)) >= 0) {
        Replacement change = replacement;
        if (fromService && change != null) {
          String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          out.write(text.replace(change.from, change.to).getBytes(StandardCharsets.ISO_8859_1));
        } else {
          out.write(buffer, 0, n);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private void reset(Socket socket) {
    sockets.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  private static void start(String role, Runnable task) {
    Thread thread = new Thread(task, "relay-" + role);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
