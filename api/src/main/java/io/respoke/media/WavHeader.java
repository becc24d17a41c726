package io.respoke.media;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * What stands before the samples of a WAV file.
 *
 * @param format the shape of the samples
 * @param dataStart where they begin, in bytes
 * @param dataBytes how many bytes of them there are: whole samples of all channels
 */
record WavHeader(AudioFormat format, long dataStart, long dataBytes) {
  /** How long a header is that {@link #write} makes. */
  static final int BYTES = 44;

  /** How many bytes of samples a header can tell: all sizes have 32 bits. */
  static final long MAX_DATA_BYTES = 0xFFFF_FFFFL - (BYTES - 8);

  private static final int PCM = 1;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MAX_CHUNKS = 100;
  private static final int MIN_FORMAT_BYTES = 16;
  private static final int EXTENSIBLE_FORMAT_BYTES = 40;

  /**
   * Reads a header; at most {@value #MAX_CHUNKS} short reads, however the file is made. Samples
   * that end with the file before they end by the header are what a crash or a stream leaves: the
   * rest is taken.
   *
   * @param name names the file in failures
   * @throws MediaException of reason {@code UNSUPPORTED} if this is no WAV file, or one of another
   *     shape than {@link AudioFormat} has
   */
  static WavHeader read(SeekableByteChannel file, String name) throws IOException {
    ByteBuffer riff = bytes(file, 0, 12);
    if (riff.remaining() < 12 || !tag(riff, 0).equals("RIFF") || !tag(riff, 8).equals("WAVE")) {
      throw unsupported(name, "does not begin as a WAV file does, with RIFF and WAVE");
    }
    AudioFormat format = null;
    long position = 12;
    for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
      ByteBuffer head = bytes(file, position, 8);
      if (head.remaining() < 8) {
        throw unsupported(
            name, "ends at byte " + file.size() + ", before its samples (no data chunk)");
      }
      String tag = tag(head, 0);
      long size = Integer.toUnsignedLong(head.getInt(4));
      position += 8;
      if (tag.equals("fmt ")) {
        format = format(bytes(file, position, (int) Math.min(size, EXTENSIBLE_FORMAT_BYTES)), name);
      } else if (tag.equals("data")) {
        if (format == null) {
          throw unsupported(name, "has samples before their format (no fmt chunk)");
        }
        long present = Math.min(size, Math.max(0, file.size() - position));
        return new WavHeader(format, position, present - present % (2L * format.channels()));
      }
      position += size + size % 2;
    }
    throw unsupported(name, "has no samples among its first " + MAX_CHUNKS + " chunks");
  }

  private static AudioFormat format(ByteBuffer chunk, String name) {
    if (chunk.remaining() < MIN_FORMAT_BYTES) {
      throw unsupported(name, "has a format chunk of only " + chunk.remaining() + " bytes");
    }
    int encoding = Short.toUnsignedInt(chunk.getShort(0));
    if (encoding == EXTENSIBLE && chunk.remaining() >= EXTENSIBLE_FORMAT_BYTES) {
      encoding = Short.toUnsignedInt(chunk.getShort(24));
    }
    int channels = Short.toUnsignedInt(chunk.getShort(2));
    long rate = Integer.toUnsignedLong(chunk.getInt(4));
    int bits = Short.toUnsignedInt(chunk.getShort(14));
    if (encoding != PCM || bits != 16 || channels < 1 || channels > 2) {
      throw unsupported(
          name,
          "has "
              + channels
              + " channel(s) of "
              + bits
              + " bits, encoding "
              + encoding
              + "; convert it to PCM (1) with 16 bits and 1 or 2 channels");
    }
    try {
      return new AudioFormat((int) Math.min(rate, Integer.MAX_VALUE), channels);
    } catch (IllegalArgumentException e) {
      throw unsupported(
          name,
          "has " + rate + " samples per second; convert it to 8000, 16000, 32000, 44100 or 48000");
    }
  }

  /** The header of a file with nothing but the samples. */
  static ByteBuffer write(AudioFormat format, long dataBytes) {
    ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int frameBytes = 2 * format.channels();
    header.put(ascii("RIFF")).putInt((int) (dataBytes + BYTES - 8)).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(MIN_FORMAT_BYTES);
    header.putShort((short) PCM).putShort((short) format.channels());
    header.putInt(format.sampleRate()).putInt(format.sampleRate() * frameBytes);
    header.putShort((short) frameBytes).putShort((short) 16);
    header.put(ascii("data")).putInt((int) dataBytes);
    return header.flip();
  }

  private static byte[] ascii(String tag) {
    return tag.getBytes(StandardCharsets.US_ASCII);
  }

  private static String tag(ByteBuffer bytes, int at) {
    byte[] tag = new byte[4];
    bytes.get(at, tag);
    return new String(tag, StandardCharsets.ISO_8859_1);
  }

  /** Up to so many bytes; fewer where the file ends. */
  private static ByteBuffer bytes(SeekableByteChannel file, long position, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    file.position(position);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
    return bytes.flip();
  }

  private static MediaException unsupported(String name, String what) {
    return new MediaException(Reason.UNSUPPORTED, name + " cannot be played: it " + what);
  }
}
