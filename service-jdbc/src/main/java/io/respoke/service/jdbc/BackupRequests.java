package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the backups that other processes ask for by an empty file {@code backup-ID.request} in the
 * data directory, one after the other, on a thread of its own. Who may write there may ask. The
 * answer is the file {@code backup-ID.zip}, or {@code backup-ID.failed} with the reason.
 */
final class BackupRequests implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BackupRequests.class.getName());
  private static final long LOOK_MILLIS = 250;
  private static final long CLOSE_MILLIS = 10_000;
  private static final Pattern REQUEST = Pattern.compile("(backup-[0-9a-f-]{36})\\.request");

  private final Path directory;
  private final Consumer<Path> backUp;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Deletes what an earlier process left, and begins to look. */
  BackupRequests(Path directory, Consumer<Path> backUp) {
    this.directory = directory;
    this.backUp = backUp;
    sweep();
    this.thread = new Thread(this::run, "respoke-storage-backup");
    thread.setDaemon(true);
    thread.start();
  }

  /** A name that no other request has, for a path without its ending. */
  static String newName() {
    return "backup-" + UUID.randomUUID();
  }

  static Path request(Path directory, String name) {
    return directory.resolve(name + ".request");
  }

  static Path done(Path directory, String name) {
    return directory.resolve(name + ".zip");
  }

  static Path failed(Path directory, String name) {
    return directory.resolve(name + ".failed");
  }

  private void sweep() {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(directory, "backup-*.{request,part,zip,failed}")) {
      left.forEach(BackupFile::delete);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot look into " + directory, e);
    }
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "no more backups");
    }
  }

  private void look() {
    try (DirectoryStream<Path> asked = Files.newDirectoryStream(directory, "backup-*.request")) {
      for (Path request : asked) {
        Matcher matcher = REQUEST.matcher(request.getFileName().toString());
        // Taken away first: what cannot be, would be done for ever.
        Files.delete(request);
        if (matcher.matches()) {
          answer(matcher.group(1));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot look for requests in " + directory, e);
    }
  }

  private void answer(String name) throws IOException {
    try {
      backUp.accept(done(directory, name));
      LOG.log(System.Logger.Level.INFO, "a backup was made, as asked for in {0}", directory);
    } catch (StorageException e) {
      LOG.log(System.Logger.Level.WARNING, "a backup that was asked for was not made", e);
      Path part = directory.resolve(name + ".part");
      Files.writeString(part, String.valueOf(e.getMessage()));
      Files.move(part, failed(directory, name));
    }
  }

  /** Finishes what it does, for some seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
