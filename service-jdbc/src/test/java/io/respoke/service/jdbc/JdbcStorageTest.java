package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a database, and how it is told. */
class JdbcStorageTest {
  @TempDir Path directory;

  private Storage open() {
    return JdbcStorage.open(JdbcOptions.directory(directory));
  }

  /** Another connection to the file that the storage has open in this process. */
  private Connection aside() throws Exception {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + directory.resolve("respoke") + ";IFEXISTS=TRUE", "respoke", "");
  }

  private static Change group(String name) {
    return new Change.GroupCreated("one", name);
  }

  private static Change tooLong() {
    return group("x".repeat(1_000_001));
  }

  private static StorageException failure(CompletionStage<?> stage) {
    CompletionException failed =
        assertThrows(CompletionException.class, () -> stage.toCompletableFuture().join());
    return (StorageException) failed.getCause();
  }

  private static StorageException unusable(Path directory) {
    StorageException refused =
        assertThrows(
            StorageException.class, () -> JdbcStorage.open(JdbcOptions.directory(directory)));
    assertEquals(Reason.UNUSABLE, refused.reason());
    return refused;
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    open().close();
    try (Connection db = aside();
        Statement statement = db.createStatement()) {
      int unused =
          statement.executeUpdate(
              "insert into \"respoke_schema_history\" (\"installed_rank\", \"version\","
                  + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\","
                  + " \"installed_on\", \"execution_time\", \"success\") values (99, '7', 'later',"
                  + " 'SQL', 'V7__later.sql', 1, 'x', current_timestamp, 1, true)");
    }
    String message = unusable(directory).getMessage();
    assertTrue(message.contains("schema version 7"), message);
    assertTrue(message.contains("versions up to 5"), message);
    assertTrue(message.contains("newer"), message);
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() {
    try (Storage first = open()) {
      String message = unusable(directory).getMessage();
      assertTrue(message.contains("in use by another server"), message);
      assertTrue(message.contains(directory.toString()), message);
      assertTrue(first.state().ready());
    }
    open().close();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsTold() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    String message = unusable(file.resolve("data")).getMessage();
    assertTrue(message.contains("cannot be written to"), message);
    assertTrue(message.contains(file.toString()), message);
  }

  @Test
  void aDamagedFileIsTold() throws Exception {
    open().close();
    Path file = directory.resolve("respoke.mv.db");
    Files.write(file, "x".repeat((int) Files.size(file)).getBytes(StandardCharsets.US_ASCII));
    String message = unusable(directory).getMessage();
    assertTrue(message.contains("cannot be opened"), message);
    assertTrue(message.contains("respoke"), message);
  }

  @Test
  void whatIsRefusedIsNotHalfAppliedAndHarmsNobodyElse() throws Exception {
    try (Storage storage = open()) {
      storage.store(List.of(new Change.AppStored(StorageContract.app("one", "One"))));
      List<CompletionStage<Void>> good = new ArrayList<>();
      good.add(storage.store(List.of(group("a"))));
      CompletionStage<Void> bad = storage.store(List.of(group("b"), tooLong(), group("c")));
      good.add(storage.store(List.of(group("d"))));
      StorageException refused = failure(bad);
      assertEquals(Reason.REFUSED, refused.reason());
      assertFalse(refused.getMessage().contains("xxx"), refused.getMessage());
      assertNull(refused.getCause());
      for (CompletionStage<Void> stored : good) {
        StorageContract.done(stored);
      }
      assertEquals(3, storage.state().failed());
      assertEquals(
          List.of(new Change.AppStored(StorageContract.app("one", "One")), group("a"), group("d")),
          storage.load());
    }
  }

  @Test
  void anAppWhoseRemovalIsRefusedGoesOn() throws Exception {
    try (Storage storage = open()) {
      Change app = new Change.AppStored(StorageContract.app("one", "One"));
      StorageContract.done(storage.store(List.of(app)));
      CompletionStage<Void> bad = storage.store(List.of(tooLong(), new Change.AppRemoved("one")));
      CompletionStage<Void> next = storage.store(List.of(group("a")));

      assertEquals(Reason.REFUSED, failure(bad).reason());
      StorageContract.done(next);

      assertEquals(List.of(app, group("a")), storage.load());
    }
  }

  @Test
  void tooMuchWaitingIsRefusedVisibly() throws Exception {
    try (Storage storage = JdbcStorage.open(JdbcOptions.directory(directory).waitingLimit(3));
        Connection aside = aside();
        Statement statement = aside.createStatement()) {
      storage
          .store(List.of(new Change.AppStored(StorageContract.app("one", "One")), group("a")))
          .toCompletableFuture()
          .join();
      // The writer waits for this lock, and what comes meanwhile waits for the writer.
      aside.setAutoCommit(false);
      int unused = statement.executeUpdate("update respoke_group set group_name = 'a'");
      List<CompletionStage<Void>> taken = new ArrayList<>();
      CompletionStage<Void> one = storage.store(List.of(group("a")));
      while (storage.state().refused() == 0) {
        taken.add(one);
        one = storage.store(List.of(group("g" + taken.size())));
      }
      StorageException behind = failure(one);
      assertEquals(Reason.BEHIND, behind.reason());
      assertTrue(behind.getMessage().contains("try again"), behind.getMessage());
      aside.rollback();
      for (CompletionStage<Void> stored : taken) {
        StorageContract.done(stored);
      }
      assertEquals(1, storage.state().refused());
    }
  }

  @Test
  void aDatabaseThatWasClosedIsFoundAgain() throws Exception {
    try (Storage storage = open()) {
      storage.store(List.of(new Change.AppStored(StorageContract.app("one", "One"))));
      StorageContract.done(storage.store(List.of(group("a"))));
      try (Connection aside = aside();
          Statement statement = aside.createStatement()) {
        statement.execute("shutdown immediately");
      }
      long deadline = System.nanoTime() + 30_000_000_000L;
      boolean stored = false;
      while (!stored && System.nanoTime() < deadline) {
        CompletionStage<Void> next = storage.store(List.of(group("b")));
        try {
          StorageContract.done(next);
          stored = true;
        } catch (java.util.concurrent.ExecutionException e) {
          assertTrue(e.getCause() instanceof StorageException, e.toString());
          assertFalse(storage.state().ready());
        }
      }
      assertTrue(stored);
      assertTrue(storage.state().ready());
      assertEquals(
          List.of(new Change.AppStored(StorageContract.app("one", "One")), group("a"), group("b")),
          storage.load());
    }
  }

  @Test
  void afterCloseEverythingIsRefused() {
    Storage storage = open();
    storage.close();
    storage.close();
    assertEquals(Reason.CLOSED, failure(storage.store(List.of(group("a")))).reason());
    assertEquals(Reason.CLOSED, failure(storage.history("one", List.of("a"), 1, null)).reason());
  }

  @Test
  void whatWaitsIsWrittenBeforeItCloses() throws Exception {
    Storage storage = open();
    List<CompletionStage<Void>> all = new ArrayList<>();
    all.add(storage.store(List.of(new Change.AppStored(StorageContract.app("one", "One")))));
    for (int i = 0; i < 500; i++) {
      all.add(storage.store(List.of(group("g" + i))));
    }
    storage.close();
    for (CompletionStage<Void> one : all) {
      StorageContract.done(one);
    }
    try (Storage again = open()) {
      assertEquals(501, again.load().size());
    }
  }

  @Test
  void credentialsOfTheUrlAreNeverShown() {
    for (String url :
        List.of(
            "jdbc:postgresql://127.0.0.1:1/db?user=joe&password=s3cret&connectTimeout=1",
            "jdbc:h2:file:/proc/none/x;USER=joe;PASSWORD=s3cret")) {
      JdbcOptions options = JdbcOptions.url(url, null, null);
      assertFalse(options.toString().contains("s3cret"), options.toString());
      assertEquals("s3cret", options.url().password());
      assertEquals("joe", options.url().user());
      StorageException failed =
          assertThrows(StorageException.class, () -> JdbcStorage.open(options));
      for (Throwable t = failed; t != null; t = t.getCause()) {
        assertFalse(t.toString().contains("s3cret"), t.toString());
      }
    }
    String wrong =
        assertThrows(
                IllegalArgumentException.class,
                () -> JdbcOptions.url("jdbc:oracle:thin:joe/s3cret@db", null, null))
            .getMessage();
    assertFalse(wrong.contains("s3cret"), wrong);
  }
}
