package io.respoke.server;

import io.respoke.service.RequestEntry;
import io.respoke.service.RequestLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Writes requests as JSON, an object a line, on a thread of its own. What comes faster than it can
 * be written is left out, and a line says how many were.
 */
final class JsonLog implements RequestLog, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JsonLog.class.getName());

  /** How many entries may wait to be written. */
  static final int WAITING = 10_000;

  private static final long CLOSE_MILLIS = 5_000;
  private static final long FLUSH_MILLIS = 100;

  private final Predicate<RequestEntry> which;
  private final OutputStream out;
  private final BlockingQueue<RequestEntry> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread writer;
  private volatile boolean closed;
  private boolean troubled; // the writer's own

  /** Writes those that match to a stream, which it closes in the end. */
  JsonLog(OutputStream out, Predicate<RequestEntry> which) {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.which = which;
    this.writer = new Thread(this::write, "respoke-service-log");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens one that appends to a file, or writes to standard output for {@code -}.
   *
   * @throws IOException if the file cannot be written
   */
  static JsonLog open(String place, OutputStream standard, Predicate<RequestEntry> which)
      throws IOException {
    if (place.equals("-")) {
      return new JsonLog(new Unclosed(standard), which);
    }
    try {
      return new JsonLog(
          Files.newOutputStream(
              Path.of(place), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          which);
    } catch (IOException e) {
      throw new IOException("cannot write the log " + place + ": " + e, e);
    }
  }

  @Override
  public void answered(RequestEntry entry) {
    if (which.test(entry) && !waiting.offer(entry)) {
      leftOut.incrementAndGet();
    }
  }

  private void write() {
    boolean flushed = true;
    try {
      while (true) {
        RequestEntry entry = waiting.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        if (entry == null && closed) {
          break;
        }
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
          written(missing, "{\"at\":\"" + Instant.now() + "\",\"leftOut\":" + missing + "}");
          flushed = false;
        }
        if (entry != null) {
          written(1, entry.toJson());
          flushed = false;
        }
        if (!flushed && waiting.isEmpty()) {
          flushed = flushed();
        }
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.WARNING, "a log of requests could not be written to its end");
    }
    try {
      out.close();
    } catch (IOException e) {
      troubled(e);
    }
  }

  /** Writes a line that stands for so many entries; counts them when it cannot. */
  private void written(long entries, String line) {
    try {
      out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      long unused = leftOut.addAndGet(entries);
      troubled(e);
    }
  }

  /** What could not be written stays in the buffer. */
  private boolean flushed() {
    try {
      out.flush();
      troubled = false;
      return true;
    } catch (IOException e) {
      troubled(e);
      return false;
    }
  }

  /** Says so once, until it goes well again. */
  private void troubled(IOException failure) {
    if (!troubled) {
      LOG.log(System.Logger.Level.ERROR, "a log of requests cannot be written", failure);
    }
    troubled = true;
  }

  /** Writes what waits, for a few seconds at most, and closes. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
  }

  /** Standard output is not ours to close. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
