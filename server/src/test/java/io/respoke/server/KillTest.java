package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.HashedPassword;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server in the middle of a stream of persisted messages, and of new roles and apps,
 * again and again on the same data. What was acknowledged must be there, once and in order. The
 * system property {@code respoke.kills} says how often; 20 times unless given.
 */
@Tag("slow")
class KillTest {
  private static final String SECRET = "0123456789abcdef0123";
  private static final int MESSAGES = 900;
  private static final int WINDOW = 100;

  /** Signing in costs a second on purpose: an app is made in each so many rounds. */
  private static final int APP_EVERY = 5;

  @TempDir Path directory;
  private final Random random = new Random(42);
  private Path config;
  private String adminToken;

  /** What was acknowledged until the kill. */
  private record Round(int number, int acknowledged, String roleId, String appId) {}

  private ServerProcess start() throws Exception {
    return ServerProcess.start(
        "--config",
        config.toString(),
        "--data",
        directory.resolve("data").toString(),
        "--port",
        "0");
  }

  @Test
  void nothingAcknowledgedIsLostOrRepeated() throws Exception {
    config =
        Files.writeString(
            directory.resolve("kill.properties"),
            "app.id=kill\napp.secret="
                + SECRET
                + "\nrateLimit=off\nadmin.root="
                + HashedPassword.of("open sesame").text()
                + "\n");
    int kills = Integer.getInteger("respoke.kills", 20);
    List<Round> rounds = new ArrayList<>();
    int stored = 0;
    for (int i = 0; i < kills; i++) {
      try (ServerProcess server = start()) {
        if (!rounds.isEmpty()) {
          stored += check(server, rounds.get(i - 1));
        }
        rounds.add(publishUntilKilled(server, i));
      }
    }
    try (ServerProcess server = start()) {
      stored += check(server, rounds.get(kills - 1));
      for (Round round : rounds) {
        int unused = check(server, round);
      }
      checkAll(server, rounds);
    }
    int acknowledged = rounds.stream().mapToInt(Round::acknowledged).sum();
    System.getLogger(KillTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} kills, {1} messages acknowledged, {2} stored",
            kills,
            acknowledged,
            stored);
    assertTrue(acknowledged >= kills && stored >= acknowledged);
  }

  /** Publishes without waiting; kills at once when a random number of acks has come. */
  private Round publishUntilKilled(ServerProcess server, int number) throws Exception {
    boolean withApp = number % APP_EVERY == 0;
    if (withApp) {
      logIn(server);
    }
    int killAt = 1 + random.nextInt(MESSAGES - WINDOW);
    int sent = 0;
    int acknowledged = 0;
    String roleId = null;
    String appId = null;
    try (RawPublisher publisher = new RawPublisher(server, SECRET)) {
      boolean killed = false;
      while (true) {
        while (!killed && sent < acknowledged + WINDOW && sent < MESSAGES) {
          if (sent == Math.max(0, killAt - 10)) {
            publisher.send(
                10_000, "/v1/roles", Json.object().add("name", "role" + number).build(), "X", "y");
            if (withApp) {
              publisher.send(
                  10_001,
                  "/v1/apps",
                  Json.object().add("name", "app" + number).build(),
                  "Admin-Token",
                  adminToken);
            }
          }
          publisher.send(
              1 + sent,
              "/v1/groups/g" + number + "/publish",
              Json.object().add("message", Integer.toString(sent)).add("persist", true).build(),
              "X",
              "y");
          sent++;
        }
        RawPublisher.Ack ack = publisher.next();
        if (ack.id() < 0) {
          return new Round(number, acknowledged, roleId, appId);
        }
        assertEquals(200, ack.status(), ack::toString);
        if (ack.id() == 10_000) {
          roleId = ack.body().getString("id");
        } else if (ack.id() == 10_001) {
          appId = ack.body().getString("id");
        } else {
          acknowledged++;
          assertEquals(acknowledged, ack.id(), "acks come in order");
        }
        if (!killed && acknowledged >= killAt) {
          killed = true;
          server.kill();
        }
      }
    }
  }

  private void logIn(ServerProcess server) throws Exception {
    JsonObject login = Json.object().add("username", "root").add("password", "open sesame").build();
    adminToken =
        Json.parseObject(
                server
                    .http("POST", "/v1/admin-sessions", login, "Content-Type", "application/json")
                    .body())
            .getString("token");
  }

  /** The messages there are must be the first that were sent, and all that were acknowledged. */
  private int check(ServerProcess server, Round round) throws Exception {
    JsonArray history =
        server.list("/v1/groups/g" + round.number() + "/history?limit=1000", "App-Secret", SECRET);
    List<Integer> found = new ArrayList<>();
    for (JsonValue entry : history) {
      found.add(Integer.valueOf(entry.asJsonObject().getString("message")));
    }
    Collections.reverse(found);
    assertEquals(IntStream.range(0, found.size()).boxed().toList(), found, round::toString);
    assertTrue(found.size() >= round.acknowledged(), round + " has " + found.size());
    return found.size();
  }

  private void checkAll(ServerProcess server, List<Round> rounds) throws Exception {
    logIn(server);
    JsonArray roles = server.list("/v1/roles", "App-Secret", SECRET);
    JsonArray apps = server.list("/v1/apps", "Admin-Token", adminToken);
    int created = 0;
    for (Round round : rounds) {
      created += checkOne(roles, "role" + round.number(), round.roleId());
      created += checkOne(apps, "app" + round.number(), round.appId());
    }
    assertTrue(created > 0, "no role and no app was created");
  }

  /** Acknowledged: there once, with its id. Not acknowledged: there once at most. */
  private static int checkOne(JsonArray all, String name, String id) {
    List<String> ids = new ArrayList<>();
    for (JsonValue one : all) {
      if (one.asJsonObject().getString("name").equals(name)) {
        ids.add(one.asJsonObject().getString("id"));
      }
    }
    assertTrue(ids.size() <= 1, name);
    if (id != null) {
      assertEquals(List.of(id), ids, name);
    }
    return ids.size();
  }
}
