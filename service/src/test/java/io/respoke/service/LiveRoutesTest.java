package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators see of an app while it runs. */
class LiveRoutesTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private RespokeService service;
  private String admin;
  private String app;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .clock(clock)
                .adminUser("root", "secret")
                .build());
    app = "/v1/apps/" + service.app().id();
    admin =
        Json.parseObject(
                RawClient.post(
                        service,
                        "/v1/admin-sessions",
                        Json.parseObject("{\"username\":\"root\",\"password\":\"secret\"}"))
                    .body())
            .getString("token");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> call(String method, String path) {
    return RawClient.http(service.baseUrl(), method, path, "", "Admin-Token", admin);
  }

  private JsonObject get(String path) {
    HttpResponse<String> response = call("GET", path);
    assertEquals(200, response.statusCode(), response.body());
    return Json.parseObject(response.body());
  }

  private static List<String> texts(JsonObject page, String member) {
    return page.getJsonArray("items").stream()
        .map(item -> item.asJsonObject().getString(member))
        .toList();
  }

  private static JsonObject groups(String name) {
    return Json.object().add("groups", Json.array().add(name)).build();
  }

  @Test
  void endpointsConnectionsAndGroupsAreListed() {
    String hostile = "<img src=x onerror=alert(1)>\u202Etxt";
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.BROWSER);
        RawClient phone = RawClient.connect(service, "alice", RawClient.ANDROID);
        RawClient other = RawClient.connect(service, hostile, RawClient.OTHER)) {
      alice.request("post", "/v1/groups", groups("room/1"));
      other.request("post", "/v1/groups", groups("room/1"));
      JsonObject endpoints = get(app + "/endpoints");
      assertEquals(2, endpoints.getInt("total"));
      assertEquals(List.of("alice", hostile), texts(endpoints, "endpointId"));
      assertEquals(2, endpoints.getJsonArray("items").getJsonObject(0).getInt("connections"));
      assertEquals(
          List.of(alice.connectionId(), phone.connectionId(), other.connectionId()),
          texts(get(app + "/connections"), "id"));
      assertEquals(List.of("room/1"), texts(get(app + "/groups"), "name"));
      String group = URLEncoder.encode("room/1", StandardCharsets.UTF_8);
      assertEquals(
          List.of("alice", hostile),
          texts(get(app + "/groups/" + group + "/members"), "endpointId"));
    }
  }

  @Test
  void longListsComeInPages() {
    try (RawClient a = RawClient.connect(service, "anna", RawClient.OTHER);
        RawClient b = RawClient.connect(service, "bob", RawClient.OTHER);
        RawClient c = RawClient.connect(service, "Annabel", RawClient.OTHER)) {
      assertEquals(List.of("bob"), texts(get(app + "/endpoints?offset=1&limit=1"), "endpointId"));
      JsonObject found = get(app + "/endpoints?search=anna&limit=1");
      assertEquals(2, found.getInt("total"));
      assertEquals(List.of("anna"), texts(found, "endpointId"));
      assertEquals(List.of(), texts(get(app + "/endpoints?offset=3"), "endpointId"));
      assertEquals(3, get(app + "/connections?limit=100000").getJsonArray("items").size());
      assertEquals(400, call("GET", app + "/endpoints?limit=many").statusCode());
      assertTrue(a.isOpen() && b.isOpen() && c.isOpen());
    }
  }

  @Test
  void aDroppedConnectionIsToldAndClosed() {
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.BROWSER);
        RawClient bob = RawClient.connect(service, "bob", RawClient.BROWSER)) {
      String path = app + "/connections/" + alice.connectionId();
      assertEquals(200, call("DELETE", path).statusCode());
      alice.expect("0::");
      assertEquals(1000, alice.awaitClosed().code());
      assertEquals(List.of("bob"), texts(get(app + "/connections"), "endpointId"));
      assertEquals(404, call("DELETE", path).statusCode());
      assertTrue(bob.isOpen());
    }
  }

  @Test
  void callsAreShownWithTheirState() {
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.BROWSER);
        RawClient bob = RawClient.connect(service, "bob", RawClient.BROWSER)) {
      assertEquals(0, get(app + "/calls").getInt("total"));
      signal(alice, "bob", "offer");
      JsonObject ringing = get(app + "/calls").getJsonArray("items").getJsonObject(0);
      assertEquals("ringing", ringing.getString("state"));
      assertEquals("S1", ringing.getString("sessionId"));
      assertEquals(clock.now(), ringing.getJsonNumber("startedAt").longValue());
      assertEquals("alice", ringing.getJsonObject("caller").getString("endpointId"));
      signal(bob, "alice", "answer");
      assertEquals(List.of("answered"), texts(get(app + "/calls"), "state"));
      signal(alice, "bob", "bye");
      assertEquals(List.of("ended"), texts(get(app + "/calls"), "state"));
    }
  }

  private static void signal(RawClient from, String to, String type) {
    String signal =
        Json.write(
            Json.object()
                .add("signalType", type)
                .add("sessionId", "S1")
                .add("signalId", type)
                .add("target", "call")
                .add("version", "1.0")
                .add("sessionDescription", Json.object().add("type", type).add("sdp", "v=0\r\n"))
                .build());
    RawClient.Ack ack =
        from.request(
            "post",
            "/v1/signaling",
            Json.object().add("to", to).add("toType", "web").add("signal", signal).build());
    assertEquals(200, ack.status(), ack.body().toString());
  }

  @Test
  void figuresAreSampledEverySecond() {
    try (RawClient alice = RawClient.connect(service, "alice", RawClient.OTHER)) {
      clock.advance(Duration.ofSeconds(1));
      long before = last(get("/v1/figures"), "number");
      alice.request(
          "post", "/v1/messages", Json.object().add("to", "bob").add("message", "hi").build());
      alice.request("get", "/v1/nonsense", null);
      clock.advance(Duration.ofSeconds(1));
      JsonObject figures = get("/v1/figures?since=" + before);
      assertEquals(1, figures.getJsonArray("samples").size());
      JsonObject sample = figures.getJsonArray("samples").getJsonObject(0);
      assertEquals(1, sample.getInt("connections"));
      assertEquals(1, sample.getInt("sockets"));
      assertEquals(1, sample.getJsonObject("counts").getInt("messages"));
      assertEquals(1, sample.getJsonObject("counts").getInt("errors"));
      assertEquals(1, figures.getJsonObject("totals").getInt("messages"));
    }
  }

  private static long last(JsonObject figures, String member) {
    var samples = figures.getJsonArray("samples");
    return samples.getJsonObject(samples.size() - 1).getJsonNumber(member).longValue();
  }

  @Test
  void onlyAdministratorsLook() {
    for (String path : List.of(app + "/connections", app + "/calls", "/v1/figures")) {
      assertEquals(401, RawClient.get(service.baseUrl(), path).statusCode());
      assertEquals(
          403,
          RawClient.http(service.baseUrl(), "GET", path, "", "App-Secret", service.app().secret())
              .statusCode());
    }
    assertEquals(404, call("GET", "/v1/apps/nobody/connections").statusCode());
  }
}
