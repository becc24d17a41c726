package io.respoke.media;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A WAV file as a speaker: 16-bit PCM in the shape of the first frame. Should later frames have
 * another number of channels, they are converted; another rate is refused.
 *
 * <p>Samples are written 64 KiB at a time (0.7 s at 48 kHz mono), on the thread that brings them: a
 * slow disk loses frames of this recording and of nothing else. The header is brought up to date
 * with each write, so that after a crash the file is whole but for what was in the buffer.
 *
 * <p>A WAV file holds 4 GiB, 12 hours at 48 kHz mono. What reaches that end is closed properly and
 * says so with an exception.
 *
 * <p>Safe for use by any thread.
 */
public final class WavRecorder implements AudioSink, AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path path;
  // not a channel: those are closed when a thread that uses them is interrupted
  private final RandomAccessFile file;
  private final long maxDataBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable AudioFormat format;
  private long dataBytes;
  private boolean closed;

  private WavRecorder(Path path, RandomAccessFile file, long maxDataBytes) {
    this.path = path;
    this.file = file;
    this.maxDataBytes = maxDataBytes;
  }

  /**
   * Begins a file of the default file system. One that is there is replaced.
   *
   * @throws MediaException of reason {@code OTHER}, with the cause, if it cannot be written
   */
  public static WavRecorder create(Path path) {
    return create(path, WavHeader.MAX_DATA_BYTES);
  }

  /** With a smaller end. */
  static WavRecorder create(Path path, long maxDataBytes) {
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      WavRecorder recorder = new WavRecorder(path, file, maxDataBytes);
      try {
        file.setLength(0);
        recorder.writeHeader();
      } catch (IOException e) {
        file.close();
        throw e;
      }
      return recorder;
    } catch (IOException e) {
      throw new MediaException(Reason.OTHER, "Could not record to " + path + ": " + e, e);
    }
  }

  /** How much it has taken. */
  public Duration duration() {
    lock.lock();
    try {
      if (format == null) {
        return Duration.ZERO;
      }
      long samples = dataBytes / (2L * format.channels());
      return Duration.ofNanos(samples * 1_000_000_000L / format.sampleRate());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes 10 ms. After {@link #close} it does nothing.
   *
   * @throws MediaException if it cannot be written, or the file is full; the file is then closed
   * @throws IllegalArgumentException if the rate is not that of the frames before
   */
  @Override
  public void onAudio(AudioFrame frame) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      AudioFormat shape = shapeFor(frame.format());
      short[] samples = Channels.convert(frame.samples(), frame.format(), shape.channels());
      if (dataBytes + 2L * samples.length > maxDataBytes) {
        finish();
        throw new MediaException(
            Reason.TOO_LARGE,
            "The recording " + path + " is full: it has " + dataBytes + " bytes of samples");
      }
      if (buffer.remaining() < 2 * samples.length) {
        flush();
      }
      for (short sample : samples) {
        buffer.putShort(sample);
      }
      dataBytes += 2L * samples.length;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private AudioFormat shapeFor(AudioFormat incoming) {
    AudioFormat shape = format;
    if (shape == null) {
      shape = incoming;
      format = shape;
    } else if (shape.sampleRate() != incoming.sampleRate()) {
      throw new IllegalArgumentException(
          path
              + " has "
              + shape.sampleRate()
              + " samples per second and cannot take "
              + incoming.sampleRate());
    }
    return shape;
  }

  /**
   * Writes what is left and closes the file. Idempotent.
   *
   * @throws MediaException if it cannot be written
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        finish();
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private void finish() throws IOException {
    closed = true;
    try (file) {
      flush();
    }
  }

  /** The samples first: a header never tells of what is not there. */
  private void flush() throws IOException {
    buffer.flip();
    file.seek(WavHeader.BYTES + dataBytes - buffer.remaining());
    file.write(buffer.array(), 0, buffer.limit());
    buffer.clear();
    writeHeader();
  }

  private void writeHeader() throws IOException {
    AudioFormat shape = format == null ? AudioFormat.MONO_48K : format;
    byte[] header = new byte[WavHeader.BYTES];
    WavHeader.write(shape, dataBytes).get(header);
    file.seek(0);
    file.write(header);
  }

  private MediaException failed(IOException cause) {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new MediaException(
        Reason.OTHER, "Could not go on recording to " + path + ": " + cause, cause);
  }
}
