package io.respoke.service;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on loopback whose answer never ends, until the other side closes the connection. */
final class TricklingServer implements AutoCloseable {
  /** What it answers with. */
  enum Kind {
    /** A status that comes byte by byte. */
    SLOW_STATUS("HTTP/1.1 200 ", "y", 20),
    /** A head that comes byte by byte. */
    SLOW_HEAD("HTTP/1.1 200 OK\r\nX: ", "y", 20),
    /** As many headers as fit through. */
    ENDLESS_HEADERS("HTTP/1.1 200 OK\r\n", "X-Filler: ".concat("y".repeat(1_000)) + "\r\n", 0),
    /** One answer after the other that says that the answer comes later. */
    ENDLESS_INTERIM("", "HTTP/1.1 103 Early Hints\r\n\r\n", 20),
    /** A status, and a body byte by byte. */
    SLOW_BODY("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\ny\r\n", 20),
    /** A status, and as much of a body as fits through. */
    ENDLESS_BODY(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "400\r\n" + "y".repeat(1_024) + "\r\n",
        0);

    private final String first;
    private final String then;
    private final int pauseMillis;

    Kind(String first, String then, int pauseMillis) {
      this.first = first;
      this.then = then;
      this.pauseMillis = pauseMillis;
    }
  }

  private final Kind kind;
  private final ServerSocket socket;
  private final CountDownLatch over = new CountDownLatch(1);
  private final LinkedBlockingQueue<Long> written = new LinkedBlockingQueue<>();

  TricklingServer(Kind kind) throws IOException {
    this.kind = kind;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "trickling-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      long bytes = 0;
      try (Socket connection = socket.accept()) {
        connection.setTcpNoDelay(true);
        int unused = connection.getInputStream().read(new byte[8_192]);
        OutputStream out = connection.getOutputStream();
        out.write(kind.first.getBytes(StandardCharsets.US_ASCII));
        byte[] more = kind.then.getBytes(StandardCharsets.US_ASCII);
        while (!over.await(kind.pauseMillis, TimeUnit.MILLISECONDS)) {
          out.write(more);
          bytes += more.length;
        }
      } catch (IOException e) {
        written.add(bytes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/";
  }

  String where() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Waits until the other side has closed the connection; how many bytes it let be written. */
  long awaitClosed() throws InterruptedException {
    Long bytes = written.poll(30, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new AssertionError("the connection is still open");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
  }
}
