package io.respoke.tyrus.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a service, and notes the head of what each connection begins with. It
 * is a plain relay to one port, or an HTTP proxy that knows CONNECT and absolute URLs.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final @Nullable Integer target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private Relay(@Nullable Integer target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::listen);
  }

  static Relay to(int port) {
    return new Relay(port);
  }

  static Relay proxy() {
    return new Relay(null);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The head of the first request of each connection so far, with one space after each colon. */
  List<String> heads() {
    return heads;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        // Closed: the loop's condition knows.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head.replaceAll("(?m)^([^: ]+): *", "$1: "));
      OutputStream toClient = client.getOutputStream();
      if (target != null) {
        connect("127.0.0.1", target, head, client);
      } else if (head.startsWith("CONNECT ")) {
        String authority = head.split(" ", 3)[1];
        int colon = authority.lastIndexOf(':');
        toClient.write(ascii("HTTP/1.1 200 Connected\r\n\r\n"));
        connect(
            authority.substring(0, colon),
            Integer.parseInt(authority.substring(colon + 1)),
            "",
            client);
      } else {
        URI uri = URI.create(head.split(" ", 3)[1]);
        // One request for each connection, so that no second head hides in the stream.
        String relative =
            head.replaceFirst("http://[^/]+", "")
                .replaceFirst("(?i)connection: [^\r]*\r\n", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
        connect(uri.getHost(), uri.getPort(), relative, client);
      }
    } catch (IOException e) {
      // One of the ends is gone.
    }
  }

  private void connect(String host, int port, String first, Socket client) throws IOException {
    try (Socket server = new Socket(host, port)) {
      sockets.add(server);
      server.getOutputStream().write(ascii(first));
      daemon(() -> copy(server, client));
      copy(client, server);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no whole head");
      }
      head.write(b);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(to);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "test-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }

  @Override
  public void close() {
    closeQuietly(listening);
    sockets.forEach(Relay::closeQuietly);
  }
}
