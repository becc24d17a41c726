package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RequestEntry;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLogTest {
  private static RequestEntry entry(String path, boolean administrative) {
    return new RequestEntry(
        Instant.parse("2015-06-01T12:00:00Z"),
        "R-1",
        true,
        "post",
        path,
        200,
        Duration.ofMillis(7),
        "192.0.2.1",
        RequestEntry.Caller.ENDPOINT,
        "my-app",
        "joe \"the\" bot\n{",
        administrative);
  }

  private static List<JsonObject> lines(String text) {
    return text.lines().map(Json::parseObject).toList();
  }

  @Test
  void aLineIsAnObject() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonLog log = new JsonLog(out, any -> true)) {
      log.answered(entry("/v1/messages\n/v1/forged", false));
    }

    List<JsonObject> lines = lines(out.toString(StandardCharsets.UTF_8));

    assertEquals(
        List.of(
            Json.parseObject(
                "{\"at\":\"2015-06-01T12:00:00Z\",\"requestId\":\"R-1\",\"channel\":\"socket\","
                    + "\"method\":\"post\",\"path\":\"/v1/messages\\n/v1/forged\",\"status\":200,"
                    + "\"ms\":7,\"address\":\"192.0.2.1\",\"caller\":\"endpoint\","
                    + "\"app\":\"my-app\",\"name\":\"joe \\\"the\\\" bot\\n{\"}")),
        lines);
  }

  @Test
  void aFileIsAppendedTo(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("audit.log");
    Operation operation = new Operation(Duration.ZERO, null, file.toString());
    for (int i = 0; i < 2; i++) {
      try (Operation.Logs logs = operation.open(System.out)) {
        logs.answered(entry("/v1/messages", false));
        logs.answered(entry("/v1/apps", true));
      }
    }

    assertEquals(
        List.of("/v1/apps", "/v1/apps"),
        lines(Files.readString(file)).stream().map(line -> line.getString("path")).toList());
    Operation nowhere = new Operation(Duration.ZERO, directory + "/none/access.log", null);
    IOException refused = assertThrows(IOException.class, () -> nowhere.open(System.out));
    assertTrue(refused.getMessage().startsWith("cannot write the log "), refused.getMessage());
  }

  /** A stream that can be held. */
  private static final class Held extends ByteArrayOutputStream {
    final CountDownLatch free = new CountDownLatch(1);
    final CountDownLatch reached = new CountDownLatch(1);

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      reached.countDown();
      boolean interrupted = false;
      while (free.getCount() > 0) {
        try {
          free.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      super.write(bytes, offset, length);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void whatCannotBeWrittenInTimeIsCounted() throws InterruptedException {
    Held out = new Held();
    int more = 500;
    try (JsonLog log = new JsonLog(out, any -> true)) {
      log.answered(entry("/first", false));
      out.reached.await();
      for (int i = 0; i < JsonLog.WAITING + more; i++) {
        log.answered(entry("/next", false));
      }
      out.free.countDown();
    }

    List<JsonObject> lines = lines(out.toString(StandardCharsets.UTF_8));

    assertEquals(
        more,
        lines.stream()
            .filter(line -> line.containsKey("leftOut"))
            .mapToInt(line -> line.getInt("leftOut"))
            .sum());
    assertEquals(
        JsonLog.WAITING + 1, lines.stream().filter(line -> line.containsKey("path")).count());
  }

  /** A disk that is full for a while. */
  private static final class Full extends OutputStream {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    final CountDownLatch allWait = new CountDownLatch(1);
    final CountDownLatch refused = new CountDownLatch(1_000);
    volatile boolean full = true;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (full) {
        try {
          allWait.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        refused.countDown();
        throw new IOException("No space left on device");
      }
      written.write(bytes, offset, length);
    }
  }

  @Test
  void aFullDiskIsSurvived() throws InterruptedException {
    Full out = new Full();
    int entries = 2_000;
    try (JsonLog log = new JsonLog(out, any -> true)) {
      for (int i = 0; i < entries; i++) {
        log.answered(entry("/while-full", false));
      }
      out.allWait.countDown();
      out.refused.await();
      log.answered(entry("/last", false));
      out.full = false;
    }

    List<JsonObject> lines = lines(out.written.toString(StandardCharsets.UTF_8));
    long there = lines.stream().filter(line -> line.containsKey("path")).count();
    long missing =
        lines.stream()
            .filter(line -> line.containsKey("leftOut"))
            .mapToLong(line -> line.getInt("leftOut"))
            .sum();
    assertTrue(missing > 0);
    assertEquals(entries + 1, there + missing);
  }
}
