package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that bring other credentials than those of the socket's connection. */
class FrameCredentialsTest extends Conformance {
  private static final String OTHER_ID = "0d4c27e5-7a3f-4f2b-8c8e-5b3e0a3b1f11";
  private static final String OTHER_SECRET = "the-secret-of-the-other-app";
  private static final String MESSAGE = "{\"to\":\"bob\",\"message\":\"hello\",\"ccSelf\":true}";
  private static final String OFFER =
      "{\"to\":\"bob\",\"signal\":{\"signalType\":\"offer\",\"sessionId\":\"S\",\"target\":\"call\","
          + "\"signalId\":\"I\",\"version\":\"1.0\",\"sessionDescription\":"
          + "{\"type\":\"offer\",\"sdp\":\"v=0\"}}}";

  private ServiceApp other;

  /** May only be in the group lobby. */
  private RawClient guest;

  private long frames = 1_000;

  @Override
  ServiceOptions.Builder startOptions() {
    return options().app(AppOptions.builder().id(OTHER_ID).secret(OTHER_SECRET).build());
  }

  @BeforeEach
  void aGuest() {
    other = service.apps().get(1);
    guest = withRole("mallory", "guest");
  }

  private String tokenOfTheOtherApp() {
    return RawClient.session(service, other, "mallory", null);
  }

  private String tokenOfTheOtherEndpoint() {
    return RawClient.session(service, service.app(), "alice", "customer");
  }

  /** A request over the guest's socket with another credential. */
  private RawClient.Ack as(
      String header, String credential, String method, String url, String data) {
    long id = frames++;
    JsonObjectBuilder argument =
        Json.object().add("url", url).add("headers", Json.object().add(header, credential));
    if (data != null) {
      argument.add("data", json(data));
    }
    JsonObject frame =
        Json.object().add("name", method).add("args", Json.array().add(argument)).build();
    guest.send("5:" + id + "+::" + Json.write(frame));
    return guest.ack(id);
  }

  private JsonArray members(String group, String secret) {
    String path = "/v1/groups/" + group + "/subscribers";
    return Json.parseArray(http("GET", path, null, "App-Secret", secret).body());
  }

  private void nobodyIsIn(String group) {
    assertEquals(List.of(), members(group, SECRET));
    assertEquals(List.of(), members(group, OTHER_SECRET));
  }

  @Test
  void nobodyJoinsByThePermissionsOfAnother() {
    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      refused(403, as("App-Token", token, "post", "/v1/groups/secret", null));
      refused(403, as("App-Token", token, "post", "/v1/groups", "{\"groups\":[\"secret\"]}"));
      refused(403, as("App-Token", token, "post", "/v1/groups/secret/subscribers", null));
    }
    refused(403, as("App-Secret", OTHER_SECRET, "post", "/v1/groups/secret", null));

    nobodyIsIn("secret");
    assertEquals(200, guest.request("post", "/v1/groups/lobby", null).status());
    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      refused(403, as("App-Token", token, "delete", "/v1/groups/lobby/subscribers", null));
    }
    assertEquals(1, members("lobby", SECRET).size());
  }

  @Test
  void aDeviceIsOnlyStoredForWhoeverTheConnectionIs() {
    String path = "/v1/connections/" + guest.connectionId() + "/push-token";
    String device = "{\"token\":\"device-token\",\"service\":\"google\"}";
    String id = guest.request("post", path, json(device)).object().getString("id");

    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      refused(403, as("App-Token", token, "post", path, device));
      refused(403, as("App-Token", token, "put", path + "/" + id, device));
    }
    refused(403, as("App-Secret", OTHER_SECRET, "post", path, device));
  }

  @Test
  void nobodyHostsByThePermissionsOfAnother() {
    String host = "/v1/conferences/room/host";
    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      refused(403, as("App-Token", token, "post", host, null));
      refused(403, as("App-Token", token, "delete", host, null));
    }
    refused(403, as("App-Secret", OTHER_SECRET, "post", host, null));

    assertEquals(200, browser("carol").request("post", host, null).status());
    RawClient there = closing(RawClient.connect(service, other, "carol", RawClient.OTHER));
    assertEquals(200, there.request("post", host, null).status());
  }

  @Test
  void presenceAndEventsAreThoseOfTheConnection() {
    RawClient watcher = browser("watcher");
    observe(watcher, "mallory");
    assertEquals("unavailable", watcher.event("presence").getString("type"));
    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      refused(403, as("App-Token", token, "post", "/v1/presence", "{\"presence\":\"busy\"}"));
      refused(
          403,
          as("App-Token", token, "post", "/v1/presenceobservers", "{\"endpointList\":[\"bob\"]}"));
      refused(403, as("App-Token", token, "post", "/v1/events/subscribers", null));
    }
    assertEquals(List.of(), watcher.leftovers());
  }

  @Test
  void whatIsSentIsFromWhoeverTheTokenNames() {
    RawClient bob = browser("bob");
    RawClient bobThere = closing(RawClient.connect(service, other, "bob", RawClient.OTHER));

    assertFrom("mallory", bobThere, tokenOfTheOtherApp());
    assertFrom("alice", bob, tokenOfTheOtherEndpoint());

    assertEquals(List.of(), bob.leftovers());
    assertEquals(List.of(), bobThere.leftovers());
    assertEquals(List.of(), guest.leftovers()); // no copies: it is neither of them
  }

  private void assertFrom(String endpointId, RawClient bob, String token) {
    assertEquals(200, as("App-Token", token, "post", "/v1/messages", MESSAGE).status());
    assertEquals(200, bob.request("post", "/v1/groups/hall", null).status());
    assertEquals(200, as("App-Token", token, "post", "/v1/groups/hall/publish", MESSAGE).status());
    assertEquals(200, as("App-Token", token, "post", "/v1/signaling", OFFER).status());
    for (String event : List.of("message", "pubsub", "signal")) {
      JsonObject header = header(bob.event(event));
      assertEquals(endpointId, header.getString("from"), event);
      assertEquals("system", header.getString("fromConnection"), event);
    }
  }

  @Test
  void nobodyEndsAnotherConnection() {
    for (String token : List.of(tokenOfTheOtherApp(), tokenOfTheOtherEndpoint())) {
      String path = "/v1/connections/" + guest.connectionId();
      refused(403, as("App-Token", token, "delete", path, null));
    }
    assertEquals(1, service.snapshot().connections());
    assertEquals(200, guest.request("post", "/v1/groups/lobby", null).status());
  }

  @Test
  void aNewTokenOfTheSameEndpointCounts() {
    String token = RawClient.session(service, service.app(), "mallory", "customer");
    assertEquals(200, as("App-Token", token, "post", "/v1/groups/secret", null).status());
    JsonObject member = members("secret", SECRET).getJsonObject(0);
    assertEquals(guest.connectionId(), member.getString("connectionId"));
  }

  @Test
  void theAppsServerAndAnAdministratorActAsAConnectionOfTheirApp() {
    String root = adminToken();
    String elsewhere = "{\"appId\":\"" + OTHER_ID + "\"}";
    assertEquals(200, as("App-Secret", SECRET, "post", "/v1/groups/one", null).status());
    assertEquals(200, as("Admin-Token", root, "post", "/v1/groups/two", null).status());
    refused(403, as("Admin-Token", root, "post", "/v1/groups/three", elsewhere));

    assertEquals(1, members("one", SECRET).size());
    assertEquals(1, members("two", SECRET).size());
    nobodyIsIn("three");
    assertFalse(guest.leftovers().toString().contains(OTHER_ID));
  }

  @Test
  void aConnectionEndsWithTheSessionThatRegisteredIt() {
    String own = RawClient.session(service, service.app(), "carol", null);
    RawClient socket = closing(RawClient.open(service, "app-token", own, RawClient.OTHER));
    String another = tokenOfTheOtherEndpoint();
    socket.send(
        "5:7+::"
            + Json.write(
                json(
                    "{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\",\"headers\":{\"App-Token\":\""
                        + another
                        + "\"}}]}")));
    assertEquals("alice", socket.ack(7).object().getString("endpointId"));
    int connections = service.snapshot().connections();

    assertEquals(
        200, http("DELETE", "/v1/session-tokens", null, "App-Token", another).statusCode());

    assertEquals(connections - 1, service.snapshot().connections());
  }
}
