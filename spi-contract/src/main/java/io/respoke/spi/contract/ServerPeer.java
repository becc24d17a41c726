package io.respoke.spi.contract;

import io.respoke.spi.CloseStatus;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One WebSocket of a {@link ContractServer}. */
public final class ServerPeer implements ContractPeer {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;

  private final Socket socket;
  private final String requestLine;
  private final Map<String, String> headers;
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
  private final CompletableFuture<CloseStatus> ended = new CompletableFuture<>();
  private final Object writing = new Object();
  private final Object reading = new Object();
  private boolean stalled;
  private boolean closeSent;
  private volatile boolean answersClose = true;

  ServerPeer(Socket socket, String requestLine, Map<String, String> headers) {
    this.socket = socket;
    this.requestLine = requestLine;
    this.headers = headers;
  }

  /** The request line: {@code GET /path?query HTTP/1.1}. */
  public String requestLine() {
    return requestLine;
  }

  /** A header of the request, or an empty string. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  @Override
  public void send(String text) {
    sendFrame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends one message in several frames, with a ping between them. The bytes are split without
   * regard to characters.
   */
  public void sendInFragments(String text, int frames) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < frames; i++) {
      int from = (int) ((long) bytes.length * i / frames);
      int to = (int) ((long) bytes.length * (i + 1) / frames);
      byte[] part = new byte[to - from];
      System.arraycopy(bytes, from, part, 0, part.length);
      sendFrame((i == 0 ? TEXT : CONTINUATION) | (i == frames - 1 ? FIN : 0), part);
      if (i == 0) {
        ping("between fragments");
      }
    }
  }

  /** Sends a ping. */
  public void ping(String payload) {
    sendFrame(FIN | PING, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** The payload of the next pong; fails the test when none comes. */
  public String pong() {
    return ContractServer.take(pongs, "no pong came");
  }

  /** Sends bytes that need not be a frame. */
  public void sendRaw(byte[] bytes) {
    try {
      synchronized (writing) {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does not answer the client's close frame, and keeps the connection open. */
  public void ignoreClose() {
    answersClose = false;
  }

  @Override
  public String received() {
    return ContractServer.take(texts, "no text was received");
  }

  /** How many texts wait to be taken by {@link #received()}. */
  public int waiting() {
    return texts.size();
  }

  @Override
  public void close(int code, String reason) {
    synchronized (writing) {
      closeSent = true;
    }
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    sendFrame(FIN | CLOSE, ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words));
  }

  @Override
  public void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #cut()}, but by a TCP reset. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stall() {
    synchronized (reading) {
      stalled = true;
    }
  }

  @Override
  public void resume() {
    synchronized (reading) {
      stalled = false;
      reading.notifyAll();
    }
  }

  @Override
  public CloseStatus ended() {
    try {
      return ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (TimeoutException e) {
      throw new AssertionError("the client did not end the connection within " + PATIENCE, e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  void read() throws IOException {
    CloseStatus status = new CloseStatus(CloseStatus.ABNORMAL, "");
    try {
      DataInputStream in = new DataInputStream(new StallingInput(socket.getInputStream()));
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      while (true) {
        int first = in.readUnsignedByte();
        byte[] payload = payload(in);
        switch (first & 0x0f) {
          case TEXT, CONTINUATION -> {
            message.write(payload);
            if ((first & FIN) != 0) {
              texts.add(message.toString(StandardCharsets.UTF_8));
              message.reset();
            }
          }
          case PING -> sendFrame(FIN | PONG, payload);
          case PONG -> pongs.add(new String(payload, StandardCharsets.UTF_8));
          case CLOSE -> {
            ByteBuffer close = ByteBuffer.wrap(payload);
            int code = close.remaining() < 2 ? 1005 : close.getShort() & 0xffff;
            status = new CloseStatus(code, StandardCharsets.UTF_8.decode(close).toString());
            ended.complete(status);
            if (answersClose) {
              boolean answer;
              synchronized (writing) {
                answer = !closeSent;
                closeSent = true;
              }
              if (answer) {
                sendFrame(FIN | CLOSE, payload);
              }
              return;
            }
          }
          default -> throw new IOException("opcode " + (first & 0x0f));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      ended.complete(status);
    }
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

  private void sendFrame(int first, byte[] payload) {
    sendFrame(first, ByteBuffer.wrap(payload).position(payload.length));
  }

  private void sendFrame(int first, ByteBuffer payload) {
    payload.flip();
    int length = payload.remaining();
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) first);
    if (length < 126) {
      frame.put((byte) length);
    } else if (length < 65536) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    sendRaw(bytes);
  }

  /** Reads from the socket only while the peer is not stalled. */
  private final class StallingInput extends InputStream {
    private final InputStream in;

    StallingInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      awaitTurn();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      awaitTurn();
      return in.read(bytes, offset, length);
    }

    private void awaitTurn() throws IOException {
      synchronized (reading) {
        while (stalled && !socket.isClosed()) {
          try {
            // A socket that is closed by the server wakes nobody.
            reading.wait(20);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      }
    }
  }
}
