package io.respoke.webrtc;

import io.respoke.media.MediaStats;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaConstraints;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How values are written between the two processes. */
final class Wire {
  /** What a control frame to the worker asks for. */
  enum Order {
    PING,
    OPEN,
    CREATE_OFFER,
    CREATE_ANSWER,
    SET_REMOTE,
    ROLLBACK,
    ADD_CANDIDATE,
    CHANGE,
    SET_MUTED,
    SEND_TONES,
    CANCEL_TONES,
    STATISTICS,
    SEND_TEXT,
    SEND_BYTES,
    CLOSE
  }

  /** What a control frame from the worker tells. */
  enum News {
    READY,
    NOT_READY,
    PONG,
    DONE,
    FAILED,
    CANDIDATE,
    GATHERED,
    CONNECTED,
    INTERRUPTED,
    MEDIA,
    MEDIA_ENDED,
    TONE,
    CHANNEL_OPEN,
    TEXT,
    BYTES,
    CHANNEL_CLOSED,
    SESSION_FAILED
  }

  /** What a media frame holds. */
  enum Stream {
    AUDIO,
    VIDEO
  }

  interface Body {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private Wire() {}

  /** Gives what was written without a copy of it when its size was foretold. */
  private static final class Frame extends ByteArrayOutputStream {
    Frame(int size) {
      super(size);
    }

    byte[] bytes() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  static byte[] frame(Body body) {
    return frame(64, body);
  }

  /**
   * A frame of media, of which there are many.
   *
   * @param size how many bytes it will have; another number only costs a copy
   */
  static byte[] frame(int size, Body body) {
    Frame frame = new Frame(size);
    try {
      body.writeTo(new DataOutputStream(frame));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frame.bytes();
  }

  /** All that is left of a frame, in one piece. */
  static byte[] rest(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.available()];
    in.readFully(bytes);
    return bytes;
  }

  @SuppressWarnings("EnumOrdinal") // both processes run the same code
  static void constant(DataOutputStream out, Enum<?> constant) throws IOException {
    out.writeByte(constant.ordinal());
  }

  static <E> E constant(DataInputStream in, E[] constants) throws IOException {
    int index = in.readByte();
    if (index < 0 || index >= constants.length) {
      throw new IOException("there is no constant " + index);
    }
    return constants[index];
  }

  static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a frame ends early");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      text(out, text.get());
    }
  }

  private static Optional<String> optional(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
  }

  static void constraints(DataOutputStream out, MediaConstraints value) throws IOException {
    constant(out, value.audio());
    constant(out, value.video());
    out.writeBoolean(value.data());
  }

  static MediaConstraints constraints(DataInputStream in) throws IOException {
    return new MediaConstraints(
        constant(in, MediaConstraints.Direction.values()),
        constant(in, MediaConstraints.Direction.values()),
        in.readBoolean());
  }

  static void iceServers(DataOutputStream out, List<IceServer> servers) throws IOException {
    out.writeInt(servers.size());
    for (IceServer server : servers) {
      out.writeInt(server.uris().size());
      for (String uri : server.uris()) {
        text(out, uri);
      }
      optional(out, server.username());
      optional(out, server.password());
    }
  }

  static List<IceServer> iceServers(DataInputStream in) throws IOException {
    List<IceServer> servers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      List<String> uris = new ArrayList<>();
      for (int uri = in.readInt(); uri > 0; uri--) {
        uris.add(text(in));
      }
      servers.add(new IceServer(uris, optional(in), optional(in)));
    }
    return servers;
  }

  static void stats(DataOutputStream out, MediaStats stats) throws IOException {
    out.writeLong(stats.timestamp().toEpochMilli());
    out.writeLong(stats.period().toNanos());
    out.writeBoolean(stats.connection().isPresent());
    if (stats.connection().isPresent()) {
      MediaStats.Path path = stats.connection().get();
      text(out, path.localHost());
      text(out, path.remoteHost());
      text(out, path.localPath());
      text(out, path.remotePath());
      text(out, path.transport());
      out.writeLong(path.roundTrip().map(Duration::toNanos).orElse(-1L));
    }
    stream(out, stats.localAudio());
    stream(out, stats.remoteAudio());
    stream(out, stats.localVideo());
    stream(out, stats.remoteVideo());
  }

  private static void stream(DataOutputStream out, Optional<MediaStats.Stream> stream)
      throws IOException {
    out.writeBoolean(stream.isPresent());
    if (stream.isPresent()) {
      MediaStats.Stream value = stream.get();
      text(out, value.codec());
      out.writeDouble(value.audioLevel().orElse(-1.0));
      out.writeLong(value.totalBytes());
      out.writeLong(value.totalPackets());
      out.writeLong(value.periodBytes());
      out.writeLong(value.periodPackets());
      out.writeLong(value.packetsLost());
    }
  }

  static MediaStats stats(DataInputStream in) throws IOException {
    Instant timestamp = Instant.ofEpochMilli(in.readLong());
    Duration period = Duration.ofNanos(in.readLong());
    Optional<MediaStats.Path> path = Optional.empty();
    if (in.readBoolean()) {
      path =
          Optional.of(
              new MediaStats.Path(
                  text(in), text(in), text(in), text(in), text(in), duration(in.readLong())));
    }
    return new MediaStats(timestamp, period, path, stream(in), stream(in), stream(in), stream(in));
  }

  private static Optional<Duration> duration(long nanos) {
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  private static Optional<MediaStats.Stream> stream(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    String codec = text(in);
    double level = in.readDouble();
    return Optional.of(
        new MediaStats.Stream(
            codec,
            level < 0 ? Optional.empty() : Optional.of(level),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong()));
  }
}
