package io.respoke.spi.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small WebSocket server on 127.0.0.1 for tests of transports: it does what a test says, wrong
 * things included. It has a thread for itself and one for each connection, all daemons whose names
 * begin with {@link #THREAD_NAME}; {@link #close()} ends them.
 */
public final class ContractServer implements ContractService {
  /** How the names of its threads begin. */
  public static final String THREAD_NAME = "contract-server";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  // Small, so that a stalled connection is felt after few messages.
  private static final int RECEIVE_BUFFER = 8 * 1024;

  private enum Answer {
    UPGRADE,
    STATUS,
    NOTHING,
    HANG_UP,
    GARBAGE
  }

  private final ServerSocket listening;
  private final boolean tls;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<ServerPeer> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> requestLines = new LinkedBlockingQueue<>();
  private volatile Answer answer = Answer.UPGRADE;
  private volatile int status = 503;

  private ContractServer(ServerSocketFactory sockets, boolean tls) {
    this.tls = tls;
    try {
      listening = sockets.createServerSocket();
      listening.setReceiveBufferSize(RECEIVE_BUFFER);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("accept", this::listen);
  }

  /** Starts a server without TLS. */
  public static ContractServer start() {
    return new ContractServer(ServerSocketFactory.getDefault(), false);
  }

  /** Starts a server with a certificate for {@code localhost} and 127.0.0.1. */
  public static ContractServer startTls() {
    return new ContractServer(TestCertificates.server("localhost").getServerSocketFactory(), true);
  }

  /** Starts a server with a certificate for another host than the one it runs on. */
  public static ContractServer startTlsForAnotherHost() {
    return new ContractServer(TestCertificates.server("elsewhere").getServerSocketFactory(), true);
  }

  /** A context for clients that trusts the certificates of these servers, and no other. */
  public static SSLContext trust() {
    return TestCertificates.client();
  }

  @Override
  public URI uri() {
    return URI.create((tls ? "wss" : "ws") + "://127.0.0.1:" + port() + "/socket?app=a&n=1");
  }

  /** The port it listens on. */
  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public void acceptConnections() {
    answer = Answer.UPGRADE;
  }

  @Override
  public void refuseConnections(int status) {
    this.status = status;
    answer = Answer.STATUS;
  }

  @Override
  public void ignoreConnections() {
    answer = Answer.NOTHING;
  }

  /** Closes new connections after the request, without an answer. */
  public void hangUpOnConnections() {
    answer = Answer.HANG_UP;
  }

  /** Answers new connections with something that is not HTTP. */
  public void answerGarbage() {
    answer = Answer.GARBAGE;
  }

  @Override
  public ServerPeer next() {
    return take(accepted, "no connection was opened");
  }

  /** The request line of the next request, accepted or not; fails the test when there is none. */
  public String nextRequestLine() {
    return take(requestLines, "no request came");
  }

  /** How many TCP connections are open. */
  public int openConnections() {
    return sockets.size();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(ContractServer::closeQuietly);
    for (Thread thread : threads) {
      try {
        thread.join(ContractPeer.PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        start("connection", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or one TLS handshake failed: the loop's condition knows.
      }
    }
    sockets.forEach(ContractServer::closeQuietly);
  }

  private void start(String what, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            THREAD_NAME + "-" + what);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      List<String> head = readHead(in);
      if (head.isEmpty()) {
        return;
      }
      Answer now = answer;
      requestLines.add(head.get(0));
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line : head.subList(1, head.size())) {
        int colon = line.indexOf(':');
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
      switch (now) {
        case UPGRADE -> {
          write(socket, upgrade(headers));
          ServerPeer peer = new ServerPeer(socket, head.get(0), headers);
          accepted.add(peer);
          peer.read();
        }
        case STATUS ->
            write(
                socket,
                "HTTP/1.1 "
                    + status
                    + " No\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                    + "Connection: close\r\n\r\n{}");
        case NOTHING -> readToEnd(in);
        case GARBAGE -> write(socket, "SSH-2.0-garbage\r\n\r\n");
        case HANG_UP -> {}
      }
    } catch (IOException e) {
      // The client or the test ended the connection.
    } finally {
      sockets.remove(socket);
    }
  }

  private static String upgrade(Map<String, String> headers) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (headers.get("Sec-WebSocket-Key") + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(hash)
          + "\r\n\r\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> readHead(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        if (line.isEmpty()) {
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      } else if (b != '\r') {
        line.append((char) b);
      }
    }
    return List.of();
  }

  private static void readToEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[1024];
    while (in.read(buffer) >= 0) {
      // Whatever it is, there is no answer.
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  static <T> T take(BlockingQueue<T> queue, String otherwise) {
    @Nullable T next;
    try {
      next = queue.poll(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (next == null) {
      throw new AssertionError(otherwise + " within " + ContractPeer.PATIENCE);
    }
    return next;
  }
}
