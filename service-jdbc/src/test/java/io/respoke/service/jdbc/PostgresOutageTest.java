package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database server that is stopped while changes are stored, and comes back. */
@Tag("slow")
class PostgresOutageTest {
  @TempDir Path directory;

  private static EmbeddedPostgres start(Path data, int port) throws Exception {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  @Test
  void whatWasAcknowledgedAroundAnOutageIsThereAndNothingElse() throws Exception {
    Path data = directory.resolve("data");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<Change> kept = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    EmbeddedPostgres server = start(data, port);
    try (Storage storage =
        JdbcStorage.open(JdbcOptions.url(server.getJdbcUrl("postgres", "postgres"), null, null))) {
      kept.add(new Change.AppStored(StorageContract.app("one", "One")));
      StorageContract.done(storage.store(kept));
      store(storage, "before", kept, reasons);
      server.close();
      store(storage, "during", kept, reasons);
      assertEquals(EnumSet.of(Reason.UNAVAILABLE), reasons);
      assertEquals(2, kept.size());
      assertFalse(storage.state().ready());
      server = start(data, port);
      long deadline = System.nanoTime() + 60_000_000_000L;
      for (int i = 0; kept.size() < 3 && System.nanoTime() < deadline; i++) {
        store(storage, "after " + i, kept, reasons);
      }
      assertTrue(storage.state().ready());
      assertEquals(3, kept.size());
      assertEquals(kept, storage.load());
    } finally {
      server.close();
    }
  }

  private static void store(Storage storage, String group, List<Change> kept, Set<Reason> reasons)
      throws Exception {
    Change change = new Change.GroupCreated("one", group);
    try {
      StorageContract.done(storage.store(List.of(change)));
      kept.add(change);
    } catch (ExecutionException e) {
      reasons.add(((StorageException) e.getCause()).reason());
    }
  }
}
