package io.respoke.media;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A WAV file as a microphone: 16-bit PCM, one or two channels, at a rate of {@link AudioFormat}.
 *
 * <p>The first 256 KiB are read when it is opened, which is all of a usual announcement (2.7 s at
 * 48 kHz mono, 16 s at 8 kHz). Of longer files the next 256 KiB are read inside {@link #read}, from
 * the system's file cache as a rule. Copy files from slow network drives before playing them.
 *
 * <p>{@link #read} and {@link #close} are for one thread at a time; {@link #finished()} is for any.
 */
public final class WavFile implements AudioSource {
  static final int BUFFER_BYTES = 256 * 1024;

  private final Path path;
  private final SeekableByteChannel file;
  private final WavHeader header;
  private final boolean looping;
  private final ByteBuffer buffer;
  private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
  private long unread;
  private boolean ended;

  private WavFile(Path path, SeekableByteChannel file, boolean looping) throws IOException {
    this.path = path;
    this.file = file;
    this.looping = looping;
    header = WavHeader.read(file, path.toString());
    buffer =
        ByteBuffer.allocate((int) Math.min(header.dataBytes(), BUFFER_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    rewind();
  }

  /**
   * Opens a file to be played once. Blocks while the beginning is read.
   *
   * @throws MediaException of reason {@code UNSUPPORTED} if it is no WAV file of a supported shape,
   *     of reason {@code OTHER}, with the cause, if it cannot be read
   */
  public static WavFile open(Path path) {
    return open(path, false);
  }

  /** As {@link #open}; it begins anew whenever it ends. A file without samples ends at once. */
  public static WavFile looping(Path path) {
    return open(path, true);
  }

  private static WavFile open(Path path, boolean looping) {
    SeekableByteChannel file;
    try {
      file = Files.newByteChannel(path);
    } catch (IOException e) {
      throw new MediaException(Reason.OTHER, "Could not open " + path + ": " + e, e);
    }
    try {
      return new WavFile(path, file, looping);
    } catch (IOException | RuntimeException e) {
      closeAfter(file, e);
      if (e instanceof MediaException known) {
        throw known;
      }
      throw new MediaException(Reason.OTHER, "Could not read " + path + ": " + e, e);
    }
  }

  private static void closeAfter(SeekableByteChannel file, Exception failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public AudioFormat format() {
    return header.format();
  }

  /**
   * Completed, on a thread of its own, with true once all of it was read, with false if it was
   * closed before. Fails if the file cannot be read any more.
   */
  public CompletionStage<Boolean> finished() {
    return finished.minimalCompletionStage();
  }

  /**
   * {@inheritDoc}
   *
   * @return false after the end; the last 10 ms are filled up with silence
   * @throws MediaException if the file cannot be read any more
   */
  @Override
  public boolean read(short[] samples) {
    if (ended) {
      return false;
    }
    try {
      int filled = fill(samples);
      if (filled == 0) {
        end(true);
      }
      return filled > 0;
    } catch (IOException e) {
      MediaException failure =
          new MediaException(Reason.OTHER, "Could not go on reading " + path + ": " + e, e);
      ended = true;
      CallbackThreads.EXECUTOR.execute(() -> finished.completeExceptionally(failure));
      throw failure;
    }
  }

  private int fill(short[] samples) throws IOException {
    int filled = 0;
    while (filled < samples.length) {
      if (!buffer.hasRemaining() && !more()) {
        return filled;
      }
      samples[filled++] = buffer.getShort();
    }
    return filled;
  }

  private boolean more() throws IOException {
    if (unread > 0) {
      readOn();
      return true;
    }
    if (!looping || header.dataBytes() == 0) {
      return false;
    }
    if (header.dataBytes() == buffer.capacity()) {
      buffer.rewind(); // all of it is here
    } else {
      rewind();
    }
    return true;
  }

  private void rewind() throws IOException {
    file.position(header.dataStart());
    unread = header.dataBytes();
    readOn();
  }

  private void readOn() throws IOException {
    buffer.clear().limit((int) Math.min(unread, buffer.capacity()));
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new IOException("it became " + (unread - buffer.position()) + " bytes shorter");
      }
    }
    buffer.flip();
    unread -= buffer.limit();
  }

  /** Closes the file. Idempotent; {@link #read} returns false from now on. */
  @Override
  public void close() {
    end(false);
    try {
      file.close();
    } catch (IOException e) {
      // nothing was written, so nothing is lost
    }
  }

  private void end(boolean played) {
    if (!ended) {
      ended = true;
      finished.completeAsync(() -> played, CallbackThreads.EXECUTOR);
    }
  }
}
