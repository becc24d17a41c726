package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A backup: a zip file with the file of the database in it, and nothing else. */
final class BackupFile {
  /** Writes a file that is there already, and empty. */
  interface Content {
    void writeTo(Path part) throws IOException;
  }

  private BackupFile() {}

  /**
   * Makes a file that is whole when it has its name, for its owner's eyes only.
   *
   * @throws StorageException if it exists or cannot be written
   */
  static void write(Path file, Content content) {
    Path absolute = file.toAbsolutePath();
    Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
    boolean begun = false;
    try {
      if (Files.exists(absolute)) {
        throw new IOException("it exists already");
      }
      Files.createFile(part, ownersOnly(part));
      begun = true;
      content.writeTo(part);
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (begun) {
        delete(part);
      }
      throw new StorageException(
          Reason.UNUSABLE, "the backup " + file + " cannot be written: " + words(e), e);
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Packs the file of a database that nobody uses. */
  static void pack(Path database, Path part) throws IOException {
    try (OutputStream file = Files.newOutputStream(part);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(DataDirectory.DATABASE_FILE));
      long unused = Files.copy(database, zip);
      zip.closeEntry();
    }
  }

  /**
   * Looks through a backup, all of it.
   *
   * @throws StorageException if it is not whole, or has anything else in it
   */
  static void check(Path file) {
    unpack(file, OutputStream.nullOutputStream());
  }

  /** Unpacks the database to a new file, which is on the disk afterwards. */
  static void unpack(Path file, Path target) throws IOException {
    Files.createFile(target, ownersOnly(target));
    try (OutputStream out = Files.newOutputStream(target)) {
      unpack(file, out);
    }
    try (FileChannel written = FileChannel.open(target, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }

  private static void unpack(Path file, OutputStream out) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = List.copyOf(zip.stream().toList());
      for (ZipEntry entry : entries) {
        // Compared as it is: no name of a backup can lead anywhere.
        if (!entry.getName().equals(DataDirectory.DATABASE_FILE)) {
          throw new IOException("it has more in it than " + DataDirectory.DATABASE_FILE);
        }
      }
      if (entries.size() != 1) {
        throw new IOException("it must have " + DataDirectory.DATABASE_FILE + " in it, once");
      }
      ZipEntry entry = entries.get(0);
      CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
      long size;
      try (InputStream in = zip.getInputStream(entry)) {
        size = in.transferTo(checked);
      }
      if (size != entry.getSize() || checked.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("it is damaged: its checksum differs");
      }
    } catch (IOException e) {
      throw new StorageException(
          Reason.UNUSABLE,
          file + " is no backup that can be restored: " + words(e) + "; nothing was changed",
          e);
    }
  }

  static void delete(Path file) {
    try {
      boolean unused = Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(BackupFile.class.getName())
          .log(System.Logger.Level.WARNING, "cannot delete " + file, e);
    }
  }

  /** What the JDK's exceptions of files say is often a path alone. */
  private static String words(IOException e) {
    return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
  }
}
