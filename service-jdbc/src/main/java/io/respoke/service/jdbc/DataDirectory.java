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
    FileChannel file = null;
    try {
      create(directory);
      file =
          FileChannel.open(
              directory.resolve("respoke.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        throw inUse(directory, null);
      }
      return new DataDirectory(file);
    } catch (OverlappingFileLockException e) {
      close(file);
      throw inUse(directory, e);
    } catch (StorageException e) {
      close(file);
      throw e;
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

  private static StorageException inUse(Path directory, @Nullable Throwable cause) {
    return new StorageException(
        Reason.UNUSABLE,
        "the data directory "
            + directory
            + " is in use by another server; stop that one, or give another directory",
        cause);
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
