package io.respoke.service.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * HTTP and WebSocket by hand on one TCP connection, for what no library does: unmasked, fragmented
 * and coalesced frames, any verb, headers as they are written. Not thread-safe; every read has a
 * deadline.
 */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /**
   * An HTTP answer.
   *
   * @param headers by lower-case name
   * @param head status line and headers as they came
   */
  record Answer(int status, Map<String, String> headers, String head, String body) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** A WebSocket frame. */
  record WsFrame(int opcode, boolean last, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 when it has none. */
    int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final String authority;
  private boolean masked = true;

  private RawSocket(Socket socket, String authority) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.authority = authority;
  }

  static RawSocket to(URI base) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MILLIS);
      return new RawSocket(socket, base.getAuthority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends its frames without a mask from now on, as chan_respoke does. */
  RawSocket unmasked() {
    masked = false;
    return this;
  }

  /** One request and its answer. */
  Answer http(String method, String target, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder request = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", authority);
    if (bytes.length > 0 || method.equals("POST")) {
      all.put("Content-Length", Integer.toString(bytes.length));
    }
    all.putAll(headers);
    all.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(bytes);
    write(out.toByteArray());
    return answer();
  }

  /** Opens the WebSocket; the answer has status 101 when that worked. */
  Answer upgrade(String target, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Upgrade", "websocket");
    all.put("Connection", "Upgrade");
    all.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    all.put("Sec-WebSocket-Version", "13");
    all.putAll(headers);
    return http("GET", target, all, "");
  }

  /** Sends any text as it is. */
  void say(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Begins to open a WebSocket by a request with a body of two bytes, of which the second does not
   * come yet.
   */
  void beginUpgrade(String target) {
    say(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 2\r\n\r\n{");
  }

  /** Waits for an HTTP answer. */
  Answer answer() {
    try {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      List<String> lines = head.toString().lines().filter(line -> !line.isEmpty()).toList();
      int status = Integer.parseInt(lines.get(0).split(" ")[1]);
      Map<String, String> headers = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (a, b) -> a + ", " + b);
      }
      if (headers.containsKey("transfer-encoding")) {
        throw new AssertionError("a client that reads one chunk cannot read this: " + head);
      }
      byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
      in.readFully(body);
      return new Answer(status, headers, head.toString(), new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError("no HTTP answer: " + e, e);
    }
  }

  /** Sends one text message in one frame. */
  void send(String text) {
    write(frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends one text message in as many frames as there are parts, each in its own write. */
  void sendFragmented(List<String> parts) {
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      write(frame(i == 0 ? TEXT : 0, last, parts.get(i).getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Sends several text messages in one write. */
  void sendTogether(List<String> texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    texts.forEach(text -> out.writeBytes(frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8))));
    write(out.toByteArray());
  }

  /** Sends a close frame. */
  void sendClose(int code) {
    write(frame(CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code}));
  }

  private byte[] frame(int opcode, boolean last, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    out.write((last ? 0x80 : 0) | opcode);
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else if (payload.length < 65_536) {
      out.write(mask | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(mask | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    if (!masked) {
      out.writeBytes(payload);
      return out.toByteArray();
    }
    byte[] key = new byte[4];
    ThreadLocalRandom.current().nextBytes(key);
    out.writeBytes(key);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ key[i % 4]);
    }
    return out.toByteArray();
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next WebSocket frame, whatever it is. */
  WsFrame read() {
    try {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      if ((second & 0x80) != 0) {
        throw new AssertionError("a service does not mask its frames");
      }
      long length = second;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      if ((first & 0x70) != 0) {
        throw new AssertionError("an extension was used that was not agreed on");
      }
      return new WsFrame(first & 0x0f, (first & 0x80) != 0, payload);
    } catch (IOException e) {
      throw new AssertionError("no frame: " + e, e);
    }
  }

  /** The next text message, which must be one whole text frame: no ping, no fragment. */
  String text() {
    WsFrame frame = read();
    if (frame.opcode() != TEXT || !frame.last()) {
      throw new AssertionError("not a whole text frame: " + frame);
    }
    return frame.text();
  }

  /** Waits for a close frame and the end of the TCP connection; gives the code. */
  int awaitClose() {
    WsFrame frame = read();
    if (frame.opcode() != CLOSE) {
      throw new AssertionError("not a close frame: " + frame.opcode() + " " + frame.text());
    }
    return frame.closeCode();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
