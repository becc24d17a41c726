package io.respoke.service;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback that reads each request to its end, says one thing or nothing, and closes.
 */
final class ClosingServer implements AutoCloseable {
  private final String answer;
  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  ClosingServer(String answer) throws IOException {
    this.answer = answer;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "closing-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        requests.add(request(new DataInputStream(connection.getInputStream())));
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // It is closed, or the other side was faster: the next one tells.
        continue;
      }
    }
  }

  private static String request(DataInputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      read.write(in.readUnsignedByte());
    }
    String head = read.toString(StandardCharsets.UTF_8);
    String length =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .findFirst()
            .orElseThrow(() -> new IOException("no length in " + head));
    byte[] body = new byte[Integer.parseInt(length.substring(length.indexOf(':') + 1).trim())];
    in.readFully(body);
    return head + new String(body, StandardCharsets.UTF_8);
  }

  URI url() {
    return URI.create("http://" + where() + "/push");
  }

  String where() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Heads and bodies of all requests so far. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
