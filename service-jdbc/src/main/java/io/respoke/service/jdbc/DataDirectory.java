package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an embedded database, for as long as this process uses it. The lock goes with
 * the process, however that ends; H2's own is shared by all of a process.
 */
final class DataDirectory implements AutoCloseable {
  /** The database in it, to H2. */
  static final String DATABASE = "respoke";

  /** The file of the database. */
  static final String DATABASE_FILE = DATABASE + ".mv.db";

  /** Empty; who holds the lock on it uses the directory. */
  static final String LOCK = "respoke.lock";

  private final FileChannel file;

  private DataDirectory(FileChannel file) {
    this.file = file;
  }

  /**
   * Makes the directory where it is missing, and locks it.
   *
   * @throws StorageException if it cannot be written to or somebody else uses it
   */
  static DataDirectory lock(Path directory) {
    DataDirectory locked = tryLock(directory);
    if (locked == null) {
      throw inUse(directory);
    }
    return locked;
  }

  /**
   * As {@link #lock}, but gives {@code null} when somebody else uses it.
   *
   * @throws StorageException if it cannot be written to
   */
  static @Nullable DataDirectory tryLock(Path directory) {
    FileChannel file = null;
    try {
      create(directory);
      file =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        close(file);
        return null;
      }
      return new DataDirectory(file);
    } catch (OverlappingFileLockException e) {
      close(file);
      return null;
    } catch (IOException e) {
      close(file);
      throw new StorageException(
          Reason.UNUSABLE,
          "the data directory "
              + directory
              + " cannot be written to ("
              + e
              + "); give another one, or its permissions to the user who runs this",
          e);
    }
  }

  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  static StorageException inUse(Path directory) {
    return new StorageException(
        Reason.UNUSABLE,
        "the data directory "
            + directory
            + " is in use by another server; stop that one, or give another directory",
        null);
  }

  private static void close(@Nullable FileChannel file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    close(file);
  }
}
