package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.ManualServiceClock;
import io.respoke.service.RawClient;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the conformance tests share: a service of their own whose clock stands still, with the ids
 * of protocol-wire §10, and clients that are closed at the end.
 */
abstract class Conformance {
  static final String APP_ID = "c10a2075-3f3d-466f-82f9-d2285e64c5d4";
  static final String SECRET = "eb327e57-e766-49de-b801-ef612a70509e";
  static final String MODERN = "__sails_io_sdk_version=0.10.0&";
  static final Pattern UPPER_UUID =
      Pattern.compile("[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");

  final ManualServiceClock clock = new ManualServiceClock();
  RespokeService service;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** An app whose role {@code customer} may all and {@code guest} nothing outside its lobby. */
  static AppOptions.Builder app() {
    String all =
        "{\"subscribe\":true,\"unsubscribe\":true,\"create\":true,\"destroy\":true,"
            + "\"publish\":true,\"getsubscribers\":true}";
    return AppOptions.builder()
        .id(APP_ID)
        .secret(SECRET)
        .role("customer", Json.parseObject("{\"groups\":{\"list\":true,\"*\":" + all + "}}"))
        .role("guest", Json.parseObject("{\"groups\":{\"lobby\":" + all + "}}"));
  }

  final ServiceOptions.Builder options() {
    return ServiceOptions.builder()
        .app(app().build())
        .adminUser("root", "open sesame")
        .noRateLimit()
        .clock(clock);
  }

  /** What each test starts with. */
  ServiceOptions.Builder startOptions() {
    return options();
  }

  @BeforeEach
  void startService() {
    service = RespokeService.start(startOptions().build());
  }

  /** Starts over with other options. */
  final void restart(ServiceOptions.Builder changed) {
    service.close();
    service = RespokeService.start(changed.build());
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    service.close();
  }

  final <C extends AutoCloseable> C closing(C closeable) {
    open.push(closeable);
    return closeable;
  }

  /** A registered client that speaks as one of the SDKs. */
  final RawClient connect(String endpointId, String sdk) {
    return closing(RawClient.connect(service, endpointId, sdk));
  }

  final RawClient browser(String endpointId) {
    return connect(endpointId, RawClient.BROWSER);
  }

  final RawClient withRole(String endpointId, String role) {
    return closing(RawClient.connectWithRole(service, endpointId, role, RawClient.BROWSER));
  }

  /** A registered client that has the App-Secret. */
  final RawClient server(String endpointId, String sdk) {
    return closing(RawClient.connectServer(service, endpointId, sdk));
  }

  /** A client that has opened its socket and not registered. */
  final RawClient unregistered(String endpointId, String sdk) {
    return closing(RawClient.open(service, "app-token", session(endpointId), sdk));
  }

  final RawSocket raw() {
    return closing(RawSocket.to(service.baseUrl()));
  }

  final String session(String endpointId) {
    return RawClient.session(service, service.app(), endpointId, null);
  }

  final HttpResponse<String> http(String method, String path, String body, String... headers) {
    return RawClient.http(service.baseUrl(), method, path, body, headers);
  }

  /** POST of JSON, as respoke.js writes it. */
  final HttpResponse<String> post(String path, String json, String... headers) {
    return RawClient.post(service, path, Json.parseObject(json), headers);
  }

  static JsonObject object(HttpResponse<String> answer) {
    return Json.parseObject(answer.body());
  }

  final String adminToken() {
    HttpResponse<String> answer =
        post("/v1/admin-sessions", "{\"username\":\"root\",\"password\":\"open sesame\"}");
    return object(answer).getString("token");
  }

  /** The sid of a handshake that must succeed. */
  final String sid(String query) {
    HttpResponse<String> answer = RawClient.get(service.baseUrl(), "/socket.io/1/?" + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body().substring(0, answer.body().indexOf(':'));
  }

  /** A raw WebSocket that has had its {@code 1::}. */
  final RawSocket rawSocket(String query) {
    RawSocket socket = raw();
    RawSocket.Answer answer = socket.upgrade("/socket.io/1/websocket/" + sid(query), Map.of());
    assertEquals(101, answer.status(), answer.head());
    assertEquals("1::", socket.text());
    return socket;
  }

  static JsonObject json(String text) {
    return Json.parseObject(text);
  }

  static JsonObject groups(String... groups) {
    return Json.object().add("groups", Json.strings(List.of(groups))).build();
  }

  /** A request that must succeed; the body of its answer. */
  static JsonValue ok(RawClient client, String method, String url, String data) {
    RawClient.Ack ack = client.request(method, url, data == null ? null : json(data));
    assertTrue(ack.status() == 200 || ack.status() == 0, () -> url + ": " + ack);
    if (ack.body() instanceof JsonObject body) {
      assertTrue(!body.containsKey("error"), () -> url + ": " + ack);
    }
    return ack.body();
  }

  static void join(RawClient client, String... groups) {
    RawClient.Ack ack = client.request("post", "/v1/groups/", groups(groups));
    assertTrue(ack.status() == 200 || ack.status() == 0, ack::toString);
  }

  static JsonArray observe(RawClient client, String... endpoints) {
    return client
        .request(
            "post",
            "/v1/presenceobservers",
            Json.object().add("endpointList", Json.strings(List.of(endpoints))).build())
        .array();
  }

  static void presence(RawClient client, String typeJson) {
    JsonValue unused =
        ok(client, "post", "/v1/presence", "{\"presence\":{\"type\":" + typeJson + "}}");
  }

  static JsonObject header(JsonObject event) {
    return event.getJsonObject("header");
  }

  /** A refusal must have a status, and an error in words. */
  static void refused(int status, RawClient.Ack ack) {
    assertEquals(status, ack.status(), ack::toString);
    assertTrue(!ack.error().isEmpty());
  }

  static void refused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(!object(answer).getString("error").isEmpty());
  }
}
