package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Backups of data directories. All methods block; any thread.
 *
 * @see JdbcOptions#directory
 */
public final class Backup {
  private static final long LOOK_MILLIS = 100;
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(20);
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String RESTORING = "restoring";

  private Backup() {}

  /**
   * Makes a backup of a data directory in a new zip file. When a server uses the directory, that
   * server makes it, asked by a file in the directory, and goes on meanwhile.
   *
   * @throws StorageException if there is no data, the file exists, or it cannot be written; nothing
   *     is left of it then
   */
  public static void make(Path directory, Path file) {
    Path database = directory.resolve(DataDirectory.DATABASE_FILE);
    if (!Files.exists(database)) {
      throw new StorageException(
          Reason.UNUSABLE, "there is no data in " + directory + ": it has no " + database, null);
    }
    try (DataDirectory locked = DataDirectory.tryLock(directory)) {
      if (locked != null) {
        BackupFile.write(file, part -> BackupFile.pack(database, part));
        return;
      }
    }
    BackupFile.write(file, part -> fetch(directory, part));
  }

  /** Asks the server that uses the directory, and takes over what it made. */
  private static void fetch(Path directory, Path part) throws IOException {
    String name = BackupRequests.newName();
    Path request = BackupRequests.request(directory, name);
    Path done = BackupRequests.done(directory, name);
    Path failed = BackupRequests.failed(directory, name);
    try (WatchService changes = directory.getFileSystem().newWatchService()) {
      WatchKey unusedKey = directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
      Files.createFile(request);
      await(changes, directory, request, done, failed);
      if (Files.exists(failed)) {
        throw new IOException("the server says: " + Files.readString(failed));
      }
      try (OutputStream out = Files.newOutputStream(part)) {
        long unused = Files.copy(done, out);
      }
    } finally {
      BackupFile.delete(request);
      BackupFile.delete(done);
      BackupFile.delete(failed);
    }
  }

  private static void await(
      WatchService changes, Path directory, Path request, Path done, Path failed)
      throws IOException {
    long began = System.nanoTime();
    long seenAlive = began;
    while (!Files.exists(done) && !Files.exists(failed)) {
      long now = System.nanoTime();
      if (Files.exists(request) && now - began > TAKEN_WITHIN.toNanos()) {
        throw new IOException(
            "the server that uses "
                + directory
                + " did not begin one within "
                + TAKEN_WITHIN.toSeconds()
                + " s; if it is of an older version, stop it first");
      }
      if (now - seenAlive > ALIVE_NANOS) {
        seenAlive = now;
        goneIfUnlocked(directory);
      }
      try {
        WatchKey changed = changes.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (changed != null) {
          changed.pollEvents().clear();
          boolean unused = changed.reset();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the server makes it", e);
      }
    }
  }

  private static void goneIfUnlocked(Path directory) throws IOException {
    try (DataDirectory locked = DataDirectory.tryLock(directory)) {
      if (locked != null) {
        throw new IOException("the server that made it has ended; try again");
      }
    }
  }

  /**
   * Restores a backup into a directory that is missing or empty. The backup is looked through, and
   * its database opened and brought up to date, before the directory has it.
   *
   * @throws StorageException if the backup is not whole or of a newer version, or the directory has
   *     anything in it or cannot be written; the directory has no data then
   */
  public static void restore(Path file, Path directory) {
    BackupFile.check(file);
    try (DataDirectory locked = DataDirectory.tryLock(directory)) {
      if (locked == null) {
        throw DataDirectory.inUse(directory);
      }
      refuseFull(directory);
      Path restoring = directory.resolve(RESTORING);
      try {
        Files.createDirectory(restoring);
        Path database = restoring.resolve(DataDirectory.DATABASE_FILE);
        BackupFile.unpack(file, database);
        try (JdbcStorage opened = JdbcStorage.open(JdbcOptions.directory(restoring))) {
          int unused = opened.load().size();
        }
        Files.move(
            database,
            directory.resolve(DataDirectory.DATABASE_FILE),
            StandardCopyOption.ATOMIC_MOVE);
      } finally {
        clear(restoring);
      }
    } catch (IOException e) {
      throw new StorageException(
          Reason.UNUSABLE, "the backup was not restored into " + directory + ": " + e, e);
    }
  }

  /** What an interrupted attempt left does not count. */
  private static void refuseFull(Path directory) throws IOException {
    clear(directory.resolve(RESTORING));
    try (Stream<Path> content = Files.list(directory)) {
      if (content.anyMatch(path -> !path.endsWith(DataDirectory.LOCK))) {
        throw new StorageException(
            Reason.UNUSABLE,
            "the directory "
                + directory
                + " is not empty; give an empty or a new one, or move away what is in it",
            null);
      }
    }
  }

  private static void clear(Path restoring) throws IOException {
    if (!Files.isDirectory(restoring)) {
      return;
    }
    try (Stream<Path> content = Files.list(restoring)) {
      content.forEach(BackupFile::delete);
    }
    BackupFile.delete(restoring);
  }
}
