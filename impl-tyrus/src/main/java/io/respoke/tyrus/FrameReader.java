package io.respoke.tyrus;

import io.respoke.spi.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one connection apart into frames (RFC 6455 §5): text goes straight to the
 * transport, as a whole message of limited size; control frames go to Tyrus, which answers them. So
 * a message takes neither Tyrus's copies, nor its buffer that grows by 256 bytes, nor its
 * dispatching, and one that is too large is refused before it has come. Used by one thread at a
 * time.
 */
final class FrameReader {
  /** Is told what is in the frames. */
  interface Sink {
    void text(String text);

    /** The last frame. */
    void close(CloseStatus status, ByteBuffer frame);

    /** A ping or pong, or what claims to be one. */
    void control(ByteBuffer frame);

    void tooLarge();

    void broken(String how);
  }

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MAX_HEADER = 10;
  private static final int MAX_CONTROL = 125;
  private static final int INCOMPLETE = -1;

  private final Sink sink;
  private final int maxMessageSize;
  // The beginning of a frame whose rest has not come.
  private byte @Nullable [] partial;
  private int partialLength;
  // The beginning of a message whose other frames have not come.
  private byte @Nullable [] fragments;
  private int fragmentsLength;
  private boolean stopped;

  FrameReader(Sink sink, int maxMessageSize) {
    this.sink = sink;
    this.maxMessageSize = maxMessageSize;
  }

  /** Takes all bytes of the buffer. */
  void read(ByteBuffer data) {
    byte[] bytes;
    int from;
    int to;
    if (data.hasArray()) {
      bytes = data.array();
      from = data.arrayOffset() + data.position();
      to = data.arrayOffset() + data.limit();
      data.position(data.limit());
    } else {
      bytes = new byte[data.remaining()];
      from = 0;
      to = bytes.length;
      data.get(bytes);
    }
    while (from < to && !stopped) {
      from = partial == null ? readWhole(bytes, from, to) : readRest(partial, bytes, from, to);
    }
  }

  /** Reads a frame that lies in the bytes, or keeps the bytes until its rest has come. */
  private int readWhole(byte[] bytes, int from, int to) {
    long size = frameSize(bytes, from, to);
    if (refuses(bytes, from, to, size)) {
      return to;
    }
    if (size == INCOMPLETE || size > to - from) {
      partial = Arrays.copyOfRange(bytes, from, from + Math.max(to - from, MAX_HEADER));
      partialLength = to - from;
      return to;
    }
    frame(bytes, from, (int) size);
    return from + (int) size;
  }

  private int readRest(byte[] begun, byte[] bytes, int from, int to) {
    int position = from;
    long size = frameSize(begun, 0, partialLength);
    while (size == INCOMPLETE && position < to) {
      begun[partialLength++] = bytes[position++];
      size = frameSize(begun, 0, partialLength);
    }
    if (refuses(begun, 0, partialLength, size) || size == INCOMPLETE) {
      return to;
    }
    int take = Math.min((int) size - partialLength, to - position);
    if (begun.length < partialLength + take) {
      begun = Arrays.copyOf(begun, (int) Math.min(size, 2L * (partialLength + take)));
      partial = begun;
    }
    System.arraycopy(bytes, position, begun, partialLength, take);
    partialLength += take;
    if (partialLength == size) {
      partial = null;
      frame(begun, 0, (int) size);
    }
    return position + take;
  }

  /** Looks at the header of a frame that need not have come. */
  private boolean refuses(byte[] bytes, int from, int to, long size) {
    if (to - from < 2) {
      return false;
    }
    int first = bytes[from];
    int opcode = first & 0x0f;
    if ((bytes[from + 1] & 0x80) != 0 || (first & RESERVED) != 0) {
      broken("a masked frame, or one with reserved bits");
    } else if (opcode >= CLOSE && ((first & FIN) == 0 || (bytes[from + 1] & 0x7f) > MAX_CONTROL)) {
      broken("a control frame that is too long, or in fragments");
    } else if (opcode > TEXT && opcode < CLOSE) {
      broken("a message that is not text");
    } else if (opcode <= TEXT && (opcode == CONTINUATION) != (fragments != null)) {
      broken("a fragment out of order");
    } else if (size > limit()) {
      stop();
      sink.tooLarge();
    }
    return stopped;
  }

  /** In UTF-8, a character of a string takes three bytes at most. */
  private long limit() {
    return Math.min(Integer.MAX_VALUE - 16, 3L * maxMessageSize + MAX_HEADER);
  }

  private static long frameSize(byte[] bytes, int from, int to) {
    if (to - from < 2) {
      return INCOMPLETE;
    }
    int code = bytes[from + 1] & 0x7f;
    int extra = code < 126 ? 0 : code == 126 ? 2 : 8;
    if (to - from < 2 + extra) {
      return INCOMPLETE;
    }
    long length = code;
    if (extra > 0) {
      length = 0;
      for (int i = 0; i < extra; i++) {
        length = (length << 8) | (bytes[from + 2 + i] & 0xff);
      }
    }
    // A length with the highest bit is not allowed; it is too large in any case.
    return length < 0 || length > Long.MAX_VALUE - MAX_HEADER ? Long.MAX_VALUE : 2 + extra + length;
  }

  private void frame(byte[] bytes, int from, int size) {
    int first = bytes[from];
    int opcode = first & 0x0f;
    int code = bytes[from + 1] & 0x7f;
    int header = code < 126 ? 2 : code == 126 ? 4 : MAX_HEADER;
    if (opcode <= TEXT) {
      data((first & FIN) != 0, bytes, from + header, size - header);
    } else if (opcode == CLOSE) {
      stop();
      sink.close(status(bytes, from + header, size - header), ByteBuffer.wrap(bytes, from, size));
    } else {
      sink.control(ByteBuffer.wrap(bytes, from, size));
    }
  }

  private void data(boolean last, byte[] bytes, int from, int size) {
    byte[] begun = fragments;
    if (begun == null && last) {
      text(bytes, from, size);
    } else {
      int length = begun == null ? 0 : fragmentsLength;
      if ((long) length + size > limit()) {
        stop();
        sink.tooLarge();
        return;
      }
      if (begun == null) {
        begun = new byte[(int) Math.min(limit(), Math.max(256, 2L * size))];
      } else if (begun.length < length + size) {
        begun = Arrays.copyOf(begun, (int) Math.min(limit(), 2L * (length + size)));
      }
      System.arraycopy(bytes, from, begun, length, size);
      fragments = begun;
      fragmentsLength = length + size;
      if (last) {
        fragments = null;
        text(begun, 0, fragmentsLength);
      }
    }
  }

  private void text(byte[] bytes, int from, int size) {
    String text = new String(bytes, from, size, StandardCharsets.UTF_8);
    if (text.length() > maxMessageSize) {
      stop();
      sink.tooLarge();
    } else if (text.indexOf('\ufffd') >= 0 && !isUtf8(bytes, from, size)) {
      broken("text that is not UTF-8");
    } else {
      sink.text(text);
    }
  }

  private static boolean isUtf8(byte[] bytes, int from, int size) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, size));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static CloseStatus status(byte[] bytes, int from, int size) {
    return size < 2
        ? new CloseStatus(CloseStatus.NO_STATUS, "")
        : new CloseStatus(
            ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff),
            new String(bytes, from + 2, size - 2, StandardCharsets.UTF_8));
  }

  private void broken(String how) {
    stop();
    sink.broken(how);
  }

  private void stop() {
    stopped = true;
    partial = null;
    fragments = null;
  }
}
