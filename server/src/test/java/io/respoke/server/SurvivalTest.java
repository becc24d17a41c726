package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of data, made through the routes, is there after {@code kill -9}. */
@Tag("slow")
class SurvivalTest {
  private static final String SECRET = "0123456789abcdef0123";
  private static final String PASSWORD = "open sesame";

  @TempDir Path directory;

  private ServerProcess start(String... more) throws Exception {
    List<String> lines =
        new ArrayList<>(List.of("app.id=Main-App", "app.secret=" + SECRET, "rateLimit=off"));
    lines.addAll(List.of(more));
    Path config = Files.write(directory.resolve("respoke.properties"), lines);
    return ServerProcess.start(
        "--config", config.toString(), "--data", data().toString(), "--port", "0");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static HttpResponse<String> send(
      ServerProcess server, String method, String path, JsonObject body, String... credential)
      throws Exception {
    String[] headers =
        Stream.concat(Stream.of(credential), Stream.of("Content-Type", "application/json"))
            .toArray(String[]::new);
    return server.http(method, path, body, headers);
  }

  private static JsonObject ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return Json.parseObject(answer.body());
  }

  private static JsonObject named(String name) {
    return Json.object().add("name", name).build();
  }

  private static HttpResponse<String> logIn(ServerProcess server, String password)
      throws Exception {
    return send(
        server,
        "POST",
        "/v1/admin-sessions",
        Json.object().add("username", "root").add("password", password).build());
  }

  /** What the routes show, in text. */
  private static List<String> shown(ServerProcess server) throws Exception {
    String token = ok(logIn(server, PASSWORD)).getString("token");
    List<String> all = new ArrayList<>();
    for (String path : List.of("/v1/apps", "/v1/roles?appId=main-app")) {
      all.add(server.list(path, "Admin-Token", token).toString());
    }
    for (String path :
        List.of(
            "/v1/groups",
            "/v1/groups/room/history",
            "/v1/endpoints/sender/conversations",
            "/v1/call-debugs",
            "/v1/push-notification")) {
      all.add(server.list(path, "App-Secret", SECRET).toString());
    }
    return all;
  }

  @Test
  void everyKindOfDataSurvives() throws Exception {
    List<String> before;
    String device;
    JsonObject app;
    try (ServerProcess server = start("admin.root=" + PASSWORD)) {
      String token = ok(logIn(server, PASSWORD)).getString("token");
      app = ok(send(server, "POST", "/v1/apps", named("second"), "Admin-Token", token));
      ok(
          send(
              server,
              "PUT",
              "/v1/apps/" + app.getString("id"),
              named("renamed"),
              "App-Secret",
              app.getString("secret")));
      JsonObject gone = ok(send(server, "POST", "/v1/apps", named("gone"), "Admin-Token", token));
      ok(send(server, "DELETE", "/v1/apps/" + gone.getString("id"), null, "Admin-Token", token));
      String[] secret = {"App-Secret", SECRET};
      String role = ok(send(server, "POST", "/v1/roles", named("guest"), secret)).getString("id");
      ok(
          send(
              server,
              "PUT",
              "/v1/roles/" + role,
              Json.object().add("mediaRelay", true).build(),
              secret));
      String other = ok(send(server, "POST", "/v1/roles", named("gone"), secret)).getString("id");
      ok(send(server, "DELETE", "/v1/roles/" + other, null, secret));
      ok(send(server, "POST", "/v1/groups", named("named group"), secret));
      ok(
          send(
              server,
              "POST",
              "/v1/call-debugs",
              Json.object().add("quality", "bad").build(),
              secret));
      // Nobody was asked about it, and it is kept all the same.
      HttpResponse<String> unasked =
          send(
              server,
              "POST",
              "/v1/push-notification/x",
              Json.object().add("answer", "taken").build(),
              secret);
      assertEquals(404, unasked.statusCode());
      try (RawPublisher socket = new RawPublisher(server, SECRET)) {
        JsonObject unused =
            socket.post(
                "/v1/groups", Json.object().add("groups", Json.array().add("room")).build());
        for (int i = 1; i <= 3; i++) {
          ok(
              send(
                  server,
                  "POST",
                  "/v1/groups/room/publish",
                  Json.object()
                      .add("message", "number " + i)
                      .add("endpointId", "kirk")
                      .add("persist", true)
                      .build(),
                  secret));
        }
        long read =
            server
                .list("/v1/groups/room/history", secret)
                .getJsonObject(1)
                .getJsonObject("header")
                .getJsonNumber("timestamp")
                .longValue();
        ok(
            send(
                server,
                "PUT",
                "/v1/endpoints/sender/conversations",
                Json.object()
                    .add(
                        "groups",
                        Json.array()
                            .add(Json.object().add("groupId", "room").add("timestamp", read)))
                    .build(),
                secret));
        device =
            socket
                .post(
                    "/v1/connections/x/push-token",
                    Json.object().add("token", "device").add("service", "google").build())
                .getString("id");
      }
      before = shown(server);
      server.kill();
    }
    // No administrator is configured now: the stored one still is.
    try (ServerProcess server = start()) {
      assertEquals(before, shown(server));
      assertEquals(401, logIn(server, "wrong").statusCode());
      assertEquals(
          "renamed",
          ok(send(
                  server,
                  "GET",
                  "/v1/apps/" + app.getString("id"),
                  null,
                  "App-Secret",
                  app.getString("secret")))
              .getString("name"));
      try (RawPublisher socket = new RawPublisher(server, SECRET)) {
        // Only where a device is known may its service be left out.
        RawPublisher.Ack known =
            socket.request(
                "put",
                "/v1/connections/x/push-token/" + device,
                Json.object().add("token", "other").build());
        assertEquals(200, known.status(), known::toString);
        RawPublisher.Ack unknown =
            socket.request(
                "put",
                "/v1/connections/x/push-token/unknown",
                Json.object().add("token", "other").build());
        assertEquals(400, unknown.status(), unknown::toString);
      }
      server.kill();
    }
    noSecretIsInTheFiles(app.getString("secret"));
  }

  private void noSecretIsInTheFiles(String made) throws Exception {
    try (Stream<Path> files = Files.list(data())) {
      for (Path file : files.toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : List.of(SECRET, PASSWORD, made)) {
          assertFalse(text.contains(secret), file + " holds a secret");
        }
      }
    }
  }

  @Test
  void whatIsConfiguredWins() throws Exception {
    try (ServerProcess server = start("admin.root=" + PASSWORD, "app.name=old")) {
      ok(logIn(server, PASSWORD));
    }
    try (ServerProcess server = start("admin.root=another", "app.name=new")) {
      assertEquals(401, logIn(server, PASSWORD).statusCode());
      String token = ok(logIn(server, "another")).getString("token");
      assertEquals(
          "new", server.list("/v1/apps", "Admin-Token", token).getJsonObject(0).getString("name"));
      assertEquals(1, server.list("/v1/apps", "Admin-Token", token).size());
    }
    try (ServerProcess server = start("admin.other=third")) {
      assertEquals(401, logIn(server, "another").statusCode());
    }
  }

  @Test
  void aSecondServerOnTheDataIsRefused() throws Exception {
    try (ServerProcess first = start()) {
      assertNotEquals(null, first.baseUrl());
      try (ServerProcess second = start()) {
        assertEquals(1, second.await());
        assertTrue(second.output().contains("in use by another server"), second.output());
      }
    }
  }

  @Test
  void whatIsAskedIsLoggedAndClientsAreSentAway() throws Exception {
    Path access = directory.resolve("access.log");
    Path audit = directory.resolve("audit.log");
    try (ServerProcess server =
        start("admin.root=open sesame", "drain=1", "log.access=" + access, "log.audit=" + audit)) {
      assertEquals(200, server.http("GET", "/v1/turn", null, "App-Secret", SECRET).statusCode());
      assertEquals(401, logIn(server, "wrong").statusCode());
      server.terminate();
      assertEquals(143, server.await());
    }

    List<JsonObject> all = Files.readAllLines(access).stream().map(Json::parseObject).toList();
    assertEquals(
        List.of("/v1/turn", "/v1/admin-sessions"),
        all.stream().map(line -> line.getString("path")).toList());
    JsonObject attempt = Json.parseObject(Files.readString(audit));
    assertEquals("root", attempt.getString("name"));
    assertEquals(401, attempt.getInt("status"));
  }
}
