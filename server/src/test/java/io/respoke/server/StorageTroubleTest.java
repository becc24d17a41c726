package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.jdbc.JdbcOptions;
import io.respoke.service.jdbc.JdbcStorage;
import io.respoke.service.storage.Storage;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a database that is slow or away. */
@Tag("slow")
class StorageTroubleTest {
  private static final String SECRET = "0123456789abcdef0123";
  private static final String ROOM = "/v1/groups/room/publish";

  @TempDir Path directory;
  private String url;
  private Storage storage;
  private RespokeService service;
  private RawPublisher sender;
  private RawPublisher member;

  @BeforeEach
  void start() throws Exception {
    url = "jdbc:h2:file:" + directory.resolve("data");
    storage = JdbcStorage.open(JdbcOptions.url(url + ";LOCK_TIMEOUT=60000", "u", "p"));
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .app(AppOptions.builder().id("app").secret(SECRET).build())
                .noRateLimit()
                .storage(storage)
                .build());
    sender = new RawPublisher(service.baseUrl(), SECRET, "sender");
    member = new RawPublisher(service.baseUrl(), SECRET, "member");
    JsonObject unused =
        member.post("/v1/groups", Json.object().add("groups", Json.array().add("room")).build());
  }

  @AfterEach
  void stop() {
    sender.close();
    member.close();
    service.close();
    storage.close();
  }

  private static JsonObject message(String text, boolean persist) {
    return Json.object().add("message", text).add("persist", persist).build();
  }

  @Test
  void aSlowDatabaseHoldsUpOnlyWhatWaitsForIt() throws Exception {
    String role =
        sender.post("/v1/roles", Json.object().add("name", "guest").build()).getString("id");
    try (Connection aside = DriverManager.getConnection(url, "u", "p");
        Statement statement = aside.createStatement()) {
      aside.setAutoCommit(false);
      int locked = statement.executeUpdate("update respoke_role set document = document");
      assertTrue(locked > 0);
      // The writer waits for the lock; the message waits for the writer, and its answer with it.
      sender.send(
          "put", 50, "/v1/roles/" + role, Json.object().add("mediaRelay", true).build(), "X", "y");
      sender.send(51, ROOM, message("kept", true), "X", "y");
      assertTrue(member.event().contains("kept"));
      for (int i = 0; i < 200; i++) {
        assertEquals(200, member.request("post", ROOM, message("round " + i, false)).status());
      }
      assertFalse(sender.hasAck());
      aside.rollback();
    }
    assertEquals(50, sender.next().id());
    RawPublisher.Ack kept = sender.next();
    assertEquals(51, kept.id());
    assertEquals(200, kept.status());
  }

  @Test
  void whatIsNotStoredIsRefusedAndTheRestGoesOn() throws Exception {
    storage.close();
    RawPublisher.Ack refused = sender.request("post", ROOM, message("lost", true));
    assertEquals(503, refused.status());
    assertEquals(
        "The message was delivered to the members, but it was not stored: the storage is closed",
        refused.body().getString("error"));
    assertTrue(member.event().contains("lost"));
    RawPublisher.Ack role =
        sender.request("post", "/v1/roles", Json.object().add("name", "guest").build());
    assertEquals(503, role.status());
    RawPublisher.Ack history = sender.request("get", "/v1/groups/room/history", null);
    assertEquals(503, history.status());
    assertEquals(200, sender.request("post", ROOM, message("passed on", false)).status());
    assertTrue(member.event().contains("passed on"));
  }
}
