package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quirk profiles of protocol-wire Appendix B. */
class ProfilesTest extends Conformance {
  private static String banner(String sdk) {
    return "&Respoke-SDK=" + URLEncoder.encode(sdk, StandardCharsets.UTF_8);
  }

  private int handshake(String query) {
    HttpResponse<String> answer = RawClient.get(service.baseUrl(), "/socket.io/1/?" + query);
    return answer.statusCode();
  }

  @Test
  @DisplayName("B Respoke.js: wrapped acks, any JSON, presence after observing, 7:::2, stays open")
  void browser() {
    RawClient bob = browser("bob");
    presence(bob, "\"away\"");
    RawClient alice = browser("alice");
    observe(alice, "bob");
    assertEquals("away", alice.event("presence").getString("type"));
    ok(bob, "post", "/v1/messages", "{\"to\":\"alice\",\"message\":{\"a\":1}}");
    assertEquals(json("{\"a\":1}"), alice.event("message").getJsonObject("body"));
    assertEquals(200, handshake(MODERN + "app-token=NONE" + banner(RawClient.BROWSER)));
    ok(alice, "delete", "/v1/connections/alice/", null);
    clock.advance(Duration.ofSeconds(4));
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("B Respoke-Android: wrapped acks, text, id 0, 2:::, raw ids, 403, no stray presence")
  void android() {
    RawSocket phone =
        rawSocket(MODERN + "app-token=" + session("phone") + banner(RawClient.ANDROID));
    phone.send("2:::");
    phone.send("5:0+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    assertTrue(phone.text().startsWith("6:::0+[{"));
    RawClient bob = browser("bob");
    presence(bob, "\"away\"");
    phone.send(
        "5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/presenceobservers\","
            + "\"data\":{\"endpointList\":[\"bob\"]}}]}");
    assertTrue(phone.text().contains("\"connectionStates\""));
    ok(bob, "post", "/v1/messages", "{\"to\":\"phone\",\"message\":{\"a\":1}}");
    JsonObject event =
        Json.parseObject(phone.text().substring(4)).getJsonArray("args").getJsonObject(0);
    assertEquals("{\"a\":1}", event.getString("body"));
    assertEquals(403, handshake(MODERN + "app-token=NONE" + banner(RawClient.ANDROID)));
  }

  @Test
  @DisplayName("B Respoke-iOS: wrapped acks, text, no nulls, no rateLimit, GET /groups/{id}")
  void ios() {
    RawClient phone = connect("phone", RawClient.IOS);
    join(phone, "room");
    assertEquals(1, ok(phone, "get", "/v1/groups/room", null).asJsonArray().size());
    ok(browser("bob"), "post", "/v1/groups/room/publish", "{\"message\":[1]}");
    JsonObject event = phone.event("pubsub");
    assertEquals("[1]", event.getString("message"));
    assertFalse(event.toString().contains("null"));
    service.hooks().rateLimitNext(1);
    RawClient.Ack limited = phone.request("get", "/v1/turn", null);
    refused(429, limited);
    assertEquals(Set.of("error"), limited.object().keySet());
    assertEquals(403, handshake(MODERN + "app-token=NONE" + banner(RawClient.IOS)));
  }

  @Test
  @DisplayName("B Respoke-Asterisk: bare acks, no 0::, no pings, unmasked, any sender, status")
  void asterisk() {
    RawSocket pbx = rawSocket("app-secret=" + SECRET + banner(RawClient.ASTERISK)).unmasked();
    pbx.send(
        "5:1+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/endpoints/pbx/connections\\\","
            + "\\\"data\\\":{\\\"clientType\\\":\\\"asterisk\\\"}}\"]}");
    String ack = pbx.text();
    JsonObject connection =
        Json.parseObject(Json.parseArray(ack.substring("6:::1+".length())).getString(0));
    assertEquals("ASTERISK", connection.getString("clientType"));
    RawClient alice = browser("alice");
    pbx.send(
        "5:2+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/signaling\\\",\\\"data\\\":"
            + "{\\\"to\\\":\\\"alice\\\",\\\"toType\\\":\\\"\\\",\\\"from\\\":\\\"+15551234\\\","
            + "\\\"fromType\\\":\\\"\\\",\\\"signal\\\":"
            + "\\\"{\\\\\\\"signalType\\\\\\\":\\\\\\\"offer\\\\\\\"}\\\"}}\"]}");
    assertTrue(pbx.text().startsWith("6:::2+[\"{"));
    JsonObject header = header(alice.event("signal"));
    assertEquals("+15551234", header.getString("from"));
    assertEquals("web", header.getString("fromType"));
    assertEquals("web", header.getString("toType"));
    service.close();
    assertEquals(1001, pbx.awaitClose());
  }

  @Test
  @DisplayName("B Respoke-Node.js: bare acks, any JSON, absolute URLs, the rights of its secret")
  void node() {
    RawClient admin = server("admin", RawClient.NODE);
    RawClient alice = withRole("alice", "guest");
    RawClient.Ack joined =
        admin.request(
            "post",
            "https://api.respoke.io/v1/channels/vault/subscribers",
            json("{\"endpointId\":\"alice\"}"));
    assertEquals(0, joined.status());
    assertEquals("Success", joined.object().getString("message"));
    alice.event("join");
    ok(
        admin,
        "post",
        "https://api.respoke.io/v1/channels/vault/publish",
        "{\"endpointId\":\"spock\",\"message\":{\"logical\":true}}");
    JsonObject event = alice.event("pubsub");
    assertEquals("spock", header(event).getString("from"));
    assertEquals(json("{\"logical\":true}"), event.getJsonObject("message"));
    assertEquals(
        "alice",
        ok(admin, "get", "https://api.respoke.io/v1/channels/vault/subscribers", null)
            .asJsonArray()
            .getJsonObject(0)
            .getString("endpointId"));
  }

  @Test
  @DisplayName("B Respoke-Node.js: an administrator's socket says which endpoint it is")
  void administrator() {
    RawClient admin = closing(RawClient.open(service, "admin-token", adminToken(), RawClient.NODE));
    assertTrue(
        admin
            .request("post", "/v1/connections", json("{}"))
            .object()
            .getString("error")
            .contains("Validation"));
    JsonObject connection =
        ok(admin, "post", "/v1/connections", "{\"endpointId\":\"root\"}").asJsonObject();
    assertEquals("root", connection.getString("endpointId"));
    assertEquals(APP_ID, connection.getString("appId"));
    assertEquals(1, ok(admin, "get", "https://api.respoke.io/v1/apps", null).asJsonArray().size());
  }

  @ParameterizedTest
  @CsvSource({"__sails_io_sdk_version=0.10.0&&, false", "'', true"})
  @DisplayName("B other clients: the version decides on the ack; a request without id gets none")
  void others(String version, boolean bare) {
    RawSocket go = rawSocket(version + "app-token=" + session("gopher"));
    go.send(
        "5:::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\","
            + "\"data\":{\"endpointId\":\"gopher\"}}]}");
    go.send(
        "5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/channels/room/subscribers\","
            + "\"data\":{\"endpointId\":\"gopher\"}}]}");
    String ack = go.text();
    assertTrue(ack.startsWith("6:::1+"), ack);
    assertEquals(
        bare, Json.parseArray(ack.substring("6:::1+".length())).get(0) instanceof JsonString);
    ok(browser("bob"), "post", "/v1/groups/room/publish", "{\"message\":{\"a\":[1]}}");
    assertTrue(go.text().contains("\"message\":{\"a\":[1]}"));
  }
}
