package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by command: of a server that runs, of one that was killed, and back again. */
@Tag("slow")
class BackupCommandsTest {
  private static final String SECRET = "0123456789abcdef0123";

  @TempDir Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path config;

  @BeforeEach
  void configure() throws Exception {
    config =
        Files.writeString(
            directory.resolve("x.properties"),
            "app.id=a\napp.secret=" + SECRET + "\nrateLimit=off\n");
  }

  private String place(String name) {
    return directory.resolve(name).toString();
  }

  private ServerProcess start(String data) throws Exception {
    return ServerProcess.start("--config", config.toString(), "--data", place(data), "--port", "0");
  }

  private int backup(String... arguments) {
    return BackupCommands.backup(
        List.of(arguments), new PrintStream(new ByteArrayOutputStream()), new PrintStream(err));
  }

  private int restore(String... arguments) {
    return BackupCommands.restore(
        List.of(arguments), new PrintStream(new ByteArrayOutputStream()), new PrintStream(err));
  }

  private static void publish(RawPublisher publisher, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      var unused =
          publisher.post(
              "/v1/groups/room/publish",
              Json.object().add("message", Integer.toString(i)).add("persist", true).build());
    }
  }

  private static List<Integer> history(ServerProcess server) throws Exception {
    JsonArray history = server.list("/v1/groups/room/history?limit=100", "App-Secret", SECRET);
    List<Integer> found = new ArrayList<>();
    for (JsonValue entry : history) {
      found.add(Integer.valueOf(entry.asJsonObject().getString("message")));
    }
    Collections.reverse(found);
    return found;
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @Test
  void aBackupOfARunningServerAndOfAKilledOneAreRestored() throws Exception {
    try (ServerProcess server = start("data");
        RawPublisher publisher = new RawPublisher(server, SECRET)) {
      publish(publisher, 0, 10);
      assertEquals(0, backup("--data", place("data"), "--to", place("running.zip")), err::toString);
      publish(publisher, 10, 20);
      server.kill();
    }
    assertEquals(0, backup("--data", place("data"), "--to", place("killed.zip")), err::toString);
    assertEquals(0, restore("--from", place("running.zip"), "--data", place("one")), err::toString);
    assertEquals(0, restore("--from", place("killed.zip"), "--data", place("two")), err::toString);
    assertEquals("", err.toString());
    try (ServerProcess server = start("one")) {
      assertEquals(upTo(10), history(server));
    }
    try (ServerProcess server = start("two")) {
      assertEquals(upTo(20), history(server));
    }
  }

  @Test
  void whatIsRefusedIsToldWithItsExitCode() {
    assertEquals(1, restore("--from", place("none.zip"), "--data", place("data")));
    assertTrue(err.toString().contains("none.zip"), err.toString());
    assertFalse(Files.exists(directory.resolve("data")));
    assertEquals(1, backup("--data", place("data"), "--to", place("x.zip")));
    assertTrue(err.toString().contains("there is no data in"), err.toString());
  }

  @Test
  void wrongArgumentsAreTold() {
    assertEquals(2, backup("--jdbc", "jdbc:postgresql://joe:s3cret@host/x", "--to", "x.zip"));
    assertTrue(err.toString().contains("pg_dump"), err.toString());
    assertFalse(err.toString().contains("s3cret"), err.toString());
    for (String[] wrong :
        new String[][] {
          {}, {"--data"}, {"--data", "d"}, {"--to", "x.zip"}, {"--data", "d", "--from", "x.zip"}
        }) {
      assertEquals(2, backup(wrong));
    }
    assertEquals(2, restore("--data", "d", "--to", "x.zip"));
    assertTrue(err.toString().contains("restore knows no argument --to"), err.toString());
  }
}
