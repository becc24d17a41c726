package io.respoke.tyrus.weather;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** One WebSocket of a {@link LyingServer}: answers requests, and sends what a test says. */
final class LyingSocket {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;

  /** What is done when the socket has opened. */
  interface Greeting {
    void greet(LyingSocket socket) throws IOException, InterruptedException;
  }

  /** How requests are answered. */
  interface Answers {
    /** The text to send, or {@code null} for silence. */
    String answer(Ask ask) throws IOException;
  }

  /**
   * A request over the socket.
   *
   * @param name the verb and the path
   */
  record Ask(LyingSocket socket, long id, String name, JsonObject argument) {
    String ok(String body) {
      return answer(200, body);
    }

    String answer(int status, String body) {
      return "6:::"
          + id
          + "+[{\"statusCode\":"
          + status
          + ",\"headers\":{\"Request-Id\":\"request-"
          + status
          + "\"},\"body\":"
          + body
          + "}]";
    }
  }

  private final Socket socket;
  private final BlockingQueue<String> log;
  private final Answers answers;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Object writing = new Object();
  private volatile boolean silent;

  LyingSocket(Socket socket, BlockingQueue<String> log, Answers answers) {
    this.socket = socket;
    this.log = log;
    this.answers = answers;
  }

  /** Sends one text message. */
  void send(String text) {
    sendFrame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one message in frames of so many bytes, split without regard to characters. */
  void sendInFrames(String text, int bytes) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < all.length; from += bytes) {
      int to = Math.min(all.length, from + bytes);
      byte[] part = new byte[to - from];
      System.arraycopy(all, from, part, 0, part.length);
      sendFrame((from == 0 ? TEXT : CONTINUATION) | (to == all.length ? FIN : 0), part);
    }
  }

  /** Sends one frame. */
  void sendFrame(int firstByte, byte[] payload) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 10);
      DataOutputStream frame = new DataOutputStream(bytes);
      frame.write(firstByte);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else if (payload.length < 65_536) {
        frame.write(126);
        frame.writeShort(payload.length);
      } else {
        frame.write(127);
        frame.writeLong(payload.length);
      }
      frame.write(payload);
      sendBytes(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes that need not be a frame. */
  void sendBytes(byte[] bytes) {
    try {
      synchronized (writing) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a closing handshake. */
  void close(int code) {
    sendFrame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** Ends the TCP connection in order. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the TCP connection by a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on answers nothing, not even a close. */
  void fallSilent() {
    silent = true;
  }

  /** Completed when the client has ended the TCP connection. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void read() throws IOException {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      while (true) {
        int first = in.readUnsignedByte();
        byte[] payload = payload(in);
        switch (first & 0x0f) {
          case TEXT, CONTINUATION -> {
            message.write(payload);
            if ((first & FIN) != 0) {
              received(message.toString(StandardCharsets.UTF_8));
              message.reset();
            }
          }
          case CLOSE -> {
            log.add("ws close " + (payload.length < 2 ? 1005 : code(payload)));
            if (!silent) {
              sendFrame(FIN | CLOSE, payload);
              return;
            }
          }
          case PING -> sendFrame(FIN | PONG, payload);
          case PONG -> log.add("ws pong " + new String(payload, StandardCharsets.UTF_8));
          default -> {}
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      log.add("ws end");
      ended.complete(null);
    }
  }

  private static int code(byte[] payload) {
    return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
  }

  private static byte[] payload(DataInputStream in) throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new IOException("a frame of a client is not masked");
    }
    int code = second & 0x7f;
    long length = code < 126 ? code : code == 126 ? in.readUnsignedShort() : in.readLong();
    byte[] mask = new byte[4];
    in.readFully(mask);
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private void received(String text) throws IOException {
    if (!text.startsWith("5:")) {
      log.add("ws " + text);
      return;
    }
    // 5:<id>+::{"name":"post","args":["{\"url\":…}"]}
    long id = Long.parseLong(text.substring(2, text.indexOf('+')));
    JsonObject event = parse(text.substring(text.indexOf('{')));
    JsonObject argument = parse(event.getJsonArray("args").getString(0));
    String name = event.getString("name") + " " + argument.getString("url");
    log.add("ws " + name);
    if (!silent) {
      String answer = answers.answer(new Ask(this, id, name, argument));
      if (answer != null) {
        send(answer);
      }
    }
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
