package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StoredMessage;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a backup comes out of it; what is no backup does not get in. */
class BackupTest {
  private static final Change APP = new Change.AppStored(StorageContract.app("one", "One"));

  @TempDir Path directory;
  private Path data;
  private Path file;

  @BeforeEach
  void places() {
    data = directory.resolve("data");
    file = directory.resolve("backup.zip");
  }

  private static Storage open(Path where) {
    return JdbcStorage.open(JdbcOptions.directory(where));
  }

  private static CompletionStage<Void> publish(Storage storage, long number) {
    return storage.store(
        List.of(new Change.MessageStored("one", "room", StorageContract.message(number, "alice"))));
  }

  private static List<Long> numbers(Storage storage) throws Exception {
    List<Long> found =
        new ArrayList<>(
            StorageContract.done(storage.history("one", List.of("room"), 100_000, null))
                .get("room")
                .stream()
                .map(StoredMessage::timestamp)
                .toList());
    Collections.reverse(found);
    return found;
  }

  private static void fill(Storage storage, int messages) throws Exception {
    StorageContract.done(storage.store(List.of(APP)));
    for (int i = 1; i < messages; i++) {
      var unused = publish(storage, i);
    }
    StorageContract.done(publish(storage, messages));
  }

  private void backUpStopped() throws Exception {
    try (Storage storage = open(data)) {
      fill(storage, 20);
    }
    Backup.make(data, file);
  }

  private static List<Path> content(Path where) throws Exception {
    try (Stream<Path> all = Files.list(where)) {
      return all.map(Path::getFileName).sorted().toList();
    }
  }

  private static String refused(org.junit.jupiter.api.function.Executable attempt) {
    StorageException refused = assertThrows(StorageException.class, attempt);
    assertEquals(Reason.UNUSABLE, refused.reason());
    return refused.getMessage();
  }

  @Test
  void whatIsStoppedIsBackedUpAndRestored() throws Exception {
    backUpStopped();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Path again = directory.resolve("again");
    Backup.restore(file, again);
    assertEquals(List.of(Path.of("respoke.lock"), Path.of("respoke.mv.db")), content(again));
    try (Storage storage = open(again)) {
      assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), numbers(storage));
      assertEquals(List.of(APP), storage.load());
    }
  }

  @Test
  void whatIsInUseIsBackedUpWhileItIsWrittenTo() throws Exception {
    Path again = directory.resolve("again");
    long acknowledgedBefore = 500;
    long sent = acknowledgedBefore;
    try (Storage storage = open(data)) {
      fill(storage, (int) acknowledgedBefore);
      Thread asking = new Thread(() -> Backup.make(data, file));
      asking.start();
      CompletionStage<Void> last = null;
      while (asking.isAlive()) {
        last = publish(storage, ++sent);
        if (sent % 100 == 0) {
          StorageContract.done(last);
        }
      }
      StorageContract.done(last);
      assertTrue(Files.exists(file));
      assertEquals(List.of(), names(data, "backup-"));
    }
    Backup.restore(file, again);
    try (Storage storage = open(again)) {
      List<Long> found = numbers(storage);
      assertEquals(LongStream.rangeClosed(1, found.size()).boxed().toList(), found);
      assertTrue(found.size() >= acknowledgedBefore, () -> "only " + found.size());
    }
  }

  private static List<String> names(Path where, String start) throws Exception {
    return content(where).stream()
        .map(Path::toString)
        .filter(name -> name.startsWith(start))
        .toList();
  }

  @Test
  void whatAServerCannotWriteItTellsWhoAsked() throws Exception {
    try (Storage storage = open(data)) {
      fill(storage, 1);
    }
    // Somebody who holds the lock and fails every time.
    try (DataDirectory held = DataDirectory.lock(data);
        BackupRequests failing =
            new BackupRequests(
                data,
                to -> {
                  throw new StorageException(Reason.UNUSABLE, "the disk is full", null);
                })) {
      assertTrue(held != null && failing != null);
      String message = refused(() -> Backup.make(data, file));
      assertTrue(message.contains("the server says: the disk is full"), message);
    }
    assertEquals(List.of(), names(directory, "backup"));
    assertEquals(List.of(), names(data, "backup"));
  }

  @Test
  void nothingAndWhatIsThereAreRefused() throws Exception {
    String nothing = refused(() -> Backup.make(data, file));
    assertTrue(nothing.contains("there is no data in " + data), nothing);
    assertFalse(Files.exists(data));
    backUpStopped();
    byte[] before = Files.readAllBytes(file);
    String exists = refused(() -> Backup.make(data, file));
    assertTrue(exists.contains("exists already"), exists);
    assertEquals(List.of("backup.zip"), names(directory, "backup"));
    assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
  }

  @Test
  void aDirectoryWithAnythingInItIsNotRestoredInto() throws Exception {
    backUpStopped();
    byte[] before = Files.readAllBytes(data.resolve("respoke.mv.db"));
    String full = refused(() -> Backup.restore(file, data));
    assertTrue(full.contains("is not empty"), full);
    assertTrue(Arrays.equals(before, Files.readAllBytes(data.resolve("respoke.mv.db"))));
    try (Storage storage = open(data)) {
      String used = refused(() -> Backup.restore(file, data));
      assertTrue(used.contains("in use by another server"), used);
      assertTrue(storage.state().ready());
    }
  }

  @Test
  void whatIsCutShortOrDamagedIsNotRestored() throws Exception {
    backUpStopped();
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[flipped.length / 2] ^= 0x55;
    Path bad = directory.resolve("bad.zip");
    for (byte[] content :
        List.of(
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1),
            new byte[0],
            flipped)) {
      Files.write(bad, content);
      Path again = directory.resolve("again");
      String message = refused(() -> Backup.restore(bad, again));
      assertTrue(message.contains("no backup that can be restored"), message);
      assertFalse(Files.exists(again));
    }
  }

  private Path zip(String... names) throws Exception {
    Path made = directory.resolve("made.zip");
    try (OutputStream out = Files.newOutputStream(made);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("x".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return made;
  }

  @Test
  void namesThatLeadElsewhereAreRefused() throws Exception {
    Path again = directory.resolve("again");
    for (String[] names :
        new String[][] {
          {"../respoke.mv.db"},
          {"respoke.mv.db", "../../escaped"},
          {"respoke.mv.db", "/tmp/escaped"},
          {"respoke.mv.db", "sub/respoke.mv.db"},
          {}
        }) {
      Path made = zip(names);
      String message = refused(() -> Backup.restore(made, again));
      assertTrue(message.contains("no backup that can be restored"), message);
      assertFalse(Files.exists(again));
    }
    assertEquals(List.of("made.zip"), names(directory, ""));
  }

  @Test
  void whatIsNoDatabaseIsNotRestored() throws Exception {
    Path again = directory.resolve("again");
    Path made = zip("respoke.mv.db");
    String message = refused(() -> Backup.restore(made, again));
    assertTrue(message.contains("cannot be opened"), message);
    assertEquals(List.of("respoke.lock"), names(again, ""));
    // Nothing is in the way of a second attempt.
    backUpStopped();
    Backup.restore(file, again);
    assertEquals(List.of("respoke.lock", "respoke.mv.db"), names(again, ""));
  }
}
