package io.respoke.service.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that the project logs, at every level, until it is closed. */
final class LogLines extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("io.respoke");
  private final Level before = logger.getLevel();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  /** Message and failure of each, as they come. */
  List<String> all() {
    return lines;
  }

  @Override
  public void publish(LogRecord entry) {
    String failure = entry.getThrown() == null ? "" : " " + entry.getThrown();
    lines.add(formatter.formatMessage(entry) + failure);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
