package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.jdbc.JdbcOptions;
import io.respoke.service.jdbc.JdbcStorage;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StoredMessage;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small server with much history: it starts, gives pages of it, and drops what is too much. */
@Tag("slow")
class HugeHistoryTest {
  private static final String SECRET = "0123456789abcdef0123";
  private static final int GROUPS = 10;
  private static final int MESSAGES = 10_000;
  private static final int KEPT = 9_600;
  private static final int PAGE = 1_000;

  @TempDir Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static StoredMessage message(int number) {
    JsonObject json =
        Json.object()
            .add("message", "m".repeat(100))
            .add("number", number)
            .add("timestamp", 1L + number)
            .build();
    return new StoredMessage(1L + number, "alice", json);
  }

  /** Nothing is kept here: what is stored waits in a window of a few thousand. */
  private void fill() throws Exception {
    try (Storage storage = JdbcStorage.open(JdbcOptions.directory(data()))) {
      CompletionStage<Void> before = storage.store(List.of());
      for (int number = 0; number < MESSAGES; number += 100) {
        List<Change> changes = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
          for (int i = number; i < number + 100; i++) {
            changes.add(new Change.MessageStored("big", "g" + group, message(i)));
          }
        }
        CompletionStage<Void> stored = storage.store(changes);
        before.toCompletableFuture().get(60, TimeUnit.SECONDS);
        before = stored;
      }
      before.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static JsonArray page(ServerProcess server, int group, int limit, long before)
      throws Exception {
    return server.list(
        "/v1/groups/g" + group + "/history?limit=" + limit + "&before=" + before,
        "App-Secret",
        SECRET);
  }

  private static void awaitTrimmed(ServerProcess server, int group) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    long newestToGo = 1L + MESSAGES - KEPT - 1;
    while (!page(server, group, 1, newestToGo + 1).isEmpty()) {
      assertTrue(System.nanoTime() < deadline, () -> "not trimmed: " + server.output());
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static List<Integer> numbers(JsonArray page) {
    return page.stream().map(JsonValue::asJsonObject).map(one -> one.getInt("number")).toList();
  }

  private static List<Integer> down(int from, int to) {
    return IntStream.iterate(from, i -> i >= to, i -> i - 1).boxed().toList();
  }

  @Test
  void itIsServedAndTrimmedInASmallHeap() throws Exception {
    fill();
    Path config =
        Files.writeString(
            directory.resolve("x.properties"),
            "app.id=big\napp.secret="
                + SECRET
                + "\nrateLimit=off\napp.historyPerGroup="
                + KEPT
                + "\n");
    try (ServerProcess server =
        ServerProcess.startWith(
            List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
            "--config",
            config.toString(),
            "--data",
            data().toString(),
            "--port",
            "0")) {
      assertEquals(
          down(MESSAGES - 1, MESSAGES - 50),
          numbers(server.list("/v1/groups/g0/history", "App-Secret", SECRET)));
      // The largest answer there is, while messages are being dropped.
      JsonArrayBuilder groups = Json.array();
      IntStream.range(0, GROUPS).forEach(group -> groups.add("g" + group));
      HttpResponse<String> all =
          server.http(
              "POST",
              "/v1/group-history-search",
              Json.object().add("groupIds", groups).add("limit", PAGE).build(),
              "App-Secret",
              SECRET,
              "Content-Type",
              "application/json");
      JsonObject found = Json.parseObject(all.body());
      for (int group = 0; group < GROUPS; group++) {
        assertEquals(down(MESSAGES - 1, MESSAGES - PAGE), numbers(found.getJsonArray("g" + group)));
        awaitTrimmed(server, group);
      }
      List<Integer> paged = new ArrayList<>();
      long before = 1L + MESSAGES;
      JsonArray page = page(server, 7, PAGE, before);
      while (!page.isEmpty()) {
        paged.addAll(numbers(page));
        before = page.getJsonObject(page.size() - 1).getJsonNumber("timestamp").longValue();
        page = page(server, 7, PAGE, before);
      }
      assertEquals(down(MESSAGES - 1, MESSAGES - KEPT), paged);
      assertEquals(200, server.http("GET", "/health/ready", null, "Accept", "*/*").statusCode());
    }
  }
}
