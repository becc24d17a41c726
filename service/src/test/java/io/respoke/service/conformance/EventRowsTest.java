package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server column of protocol-wire §9.4: events. */
class EventRowsTest extends Conformance {
  private static RawClient.Ack signal(RawClient from, String more, String signal) {
    return from.request(
        "post",
        "/v1/signaling",
        Json.object(json("{\"toType\":\"web\"," + more + "}")).add("signal", signal).build());
  }

  private static void send(RawClient from, String to, String message) {
    ok(from, "post", "/v1/messages", "{\"to\":\"" + to + "\",\"message\":" + message + "}");
  }

  private static void publish(RawClient from, String group, String message) {
    ok(from, "post", "/v1/channels/" + group + "/publish/", "{\"message\":" + message + "}");
  }

  /** Makes one event of every kind come to a client that has the endpoint id {@code phone}. */
  private List<JsonObject> everyEvent(RawClient phone) {
    RawClient bob = browser("bob");
    join(phone, "room");
    observe(phone, "bob");
    join(bob, "room");
    presence(bob, "{\"mood\":[1,null]}");
    send(bob, "phone", "{\"a\":[1,null]}");
    send(bob, "phone", "\"text\"");
    publish(bob, "room", "[true]");
    publish(bob, "room", "\"text\"");
    signal(bob, "\"to\":\"phone\"", "{\"signalType\":\"bye\",\"sessionId\":\"S\"}");
    ok(
        server("pbx", RawClient.NODE),
        "post",
        "/v1/messages",
        "{\"to\":\"phone\",\"message\":\"from the system\",\"endpointId\":\"nobody\"}");
    ok(bob, "delete", "/v1/groups", "{\"groups\":[\"room\"]}");
    bob.close();
    List<JsonObject> events = new ArrayList<>();
    for (String name :
        List.of(
            "join",
            "presence",
            "message",
            "message",
            "pubsub",
            "pubsub",
            "signal",
            "message",
            "leave",
            "presence")) {
      events.add(phone.event(name));
    }
    assertEquals(List.of(), phone.leftovers());
    return events;
  }

  @Test
  @DisplayName("R-51 puts the text of a message into body and of a publish into message")
  void textHasItsKey() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    join(alice, "room");
    join(bob, "room");
    send(bob, "alice", "\"private\"");
    publish(bob, "room", "\"public\"");
    JsonObject message = alice.event("message");
    assertEquals("private", message.getString("body"));
    assertEquals(Set.of("header", "body"), message.keySet());
    JsonObject pubsub = alice.event("pubsub");
    assertEquals("public", pubsub.getString("message"));
    assertEquals(Set.of("header", "message"), pubsub.keySet());
  }

  @Test
  @DisplayName("R-52 parses a signal, so that its body is an object")
  void signalsAreObjects() {
    RawClient alice = connect("alice", RawClient.ANDROID);
    RawClient bob = browser("bob");
    String bye = "{\"signalType\":\"bye\",\"sessionId\":\"S\",\"reason\":\"\\u2028\"}";
    assertEquals(200, signal(bob, "\"to\":\"alice\"", bye).status());
    JsonObject body = alice.event("signal").getJsonObject("body");
    assertEquals("\u2028", body.getString("reason"));
    for (String bad : List.of("{", "[]", "bye", "", "7")) {
      refused(400, signal(bob, "\"to\":\"alice\"", bad));
    }
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("R-53 writes no null into a header")
  void headersHaveNoNulls() {
    for (JsonObject event : everyEvent(connect("phone", RawClient.IOS))) {
      assertFalse(header(event).containsValue(JsonValue.NULL), event::toString);
    }
  }

  @Test
  @DisplayName("R-54 sets toOriginal on the copies for the sender's other connections alone")
  void toOriginalIsForCopies() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    RawClient bob = browser("bob");
    String cc = "{\"to\":\"bob\",\"ccSelf\":true,\"message\":\"x\"}";
    ok(alice, "post", "/v1/messages", cc);
    assertFalse(header(bob.event("message")).containsKey("toOriginal"));
    JsonObject copy = header(aliceToo.event("message"));
    assertEquals("bob", copy.getString("toOriginal"));
    assertEquals("alice", copy.getString("from"));
    ok(alice, "post", "/v1/messages", "{\"to\":\"bob\",\"ccSelf\":false,\"message\":\"y\"}");
    bob.event("message");
    assertEquals(List.of(), aliceToo.leftovers());
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("R-54 delivers a message to oneself once to each connection, without toOriginal")
  void messagesToSelfAreNoCopies() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    ok(alice, "post", "/v1/messages", "{\"to\":\"alice\",\"ccSelf\":true,\"message\":\"x\"}");
    for (RawClient one : List.of(alice, aliceToo)) {
      assertFalse(header(one.event("message")).containsKey("toOriginal"));
      assertEquals(List.of(), one.leftovers());
    }
  }

  @Test
  @DisplayName("R-55 puts toOriginal into the header of a copied signal")
  void copiedSignalsHaveToOriginal() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    RawClient bob = browser("bob");
    String bye = "{\"signalType\":\"bye\",\"sessionId\":\"S\"}";
    signal(alice, "\"to\":\"bob\",\"ccSelf\":true", bye);
    assertFalse(header(bob.event("signal")).containsKey("toOriginal"));
    JsonObject copy = aliceToo.event("signal");
    assertEquals("bob", header(copy).getString("toOriginal"));
    assertEquals(alice.connectionId(), header(copy).getString("fromConnection"));
    assertEquals(List.of(), alice.leftovers());
  }

  @Test
  @DisplayName("R-56 does not echo a join to who joined, unless an app's server made it join")
  void joinsAreNotEchoed() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    join(bob, "room");
    join(alice, "room");
    join(alice, "room");
    assertEquals(List.of(), alice.leftovers());
    assertEquals("alice", bob.event("join").getString("endpointId"));
    assertEquals(List.of(), bob.leftovers());
    RawClient admin = server("admin", RawClient.NODE);
    ok(admin, "post", "/v1/channels/hall/subscribers", "{\"endpointId\":\"alice\"}");
    JsonObject joined = alice.event("join");
    assertEquals("hall", header(joined).getString("channel"));
    assertEquals(alice.connectionId(), joined.getString("connectionId"));
    ok(admin, "delete", "/v1/channels/hall/subscribers", "{\"endpointId\":\"alice\"}");
    assertEquals("hall", header(alice.event("leave")).getString("channel"));
  }

  @Test
  @DisplayName("R-57 sends the presence of who joined after its join")
  void presenceFollowsJoin() {
    RawSocket alice =
        rawSocket(MODERN + "app-token=" + session("alice") + "&Respoke-SDK=Respoke.js/2");
    alice.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    alice.send(
        "5:2+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/groups\",\"data\":{\"groups\":[\"room\"]}}]}");
    alice.send(
        "5:3+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/presenceobservers\","
            + "\"data\":{\"endpointList\":[\"bob\"]}}]}");
    for (int ack = 1; ack <= 3; ack++) {
      assertTrue(alice.text().startsWith("6:::" + ack + "+"));
    }
    RawClient bob = browser("bob");
    presence(bob, "\"dnd\"");
    assertTrue(alice.text().contains("\"type\":\"dnd\""));
    join(bob, "room");
    String joined = alice.text();
    assertTrue(joined.startsWith("5:::{\"name\":\"join\""), joined);
    String presence = alice.text();
    assertTrue(presence.startsWith("5:::{\"name\":\"presence\""), presence);
    assertTrue(presence.contains("\"type\":\"dnd\""), presence);
  }

  @Test
  @DisplayName("R-59 sends leave for each group before unavailable")
  void leaveComesBeforeUnavailable() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));
    alice.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    alice.send(
        "5:2+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/groups\","
            + "\"data\":{\"groups\":[\"one\",\"two\"]}}]}");
    alice.send(
        "5:3+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/presenceobservers\","
            + "\"data\":{\"endpointList\":[\"bob\"]}}]}");
    for (int ack = 1; ack <= 3; ack++) {
      assertTrue(alice.text().startsWith("6:::" + ack + "+"));
    }
    RawClient bob = browser("bob");
    join(bob, "one", "two");
    assertTrue(alice.text().contains("\"join\""));
    assertTrue(alice.text().contains("\"join\""));
    bob.abort();
    assertTrue(alice.text().startsWith("5:::{\"name\":\"leave\""));
    assertTrue(alice.text().startsWith("5:::{\"name\":\"leave\""));
    String last = alice.text();
    assertTrue(last.startsWith("5:::{\"name\":\"presence\""), last);
    assertTrue(last.contains("\"type\":\"unavailable\""), last);
  }

  @Test
  @DisplayName("R-61 delivers connected to every connection, whomever it addresses")
  void connectedReachesAll() {
    RawClient caller = browser("caller");
    RawClient winner = browser("bob");
    RawClient loser = connect("bob", RawClient.IOS);
    String to = "\"to\":\"bob\",\"toConnection\":\"" + winner.connectionId() + "\"";
    String connected =
        "{\"signalType\":\"connected\",\"sessionId\":\"S\",\"connectionId\":\""
            + winner.connectionId()
            + "\"}";
    assertEquals(200, signal(caller, to, connected).status());
    for (RawClient one : List.of(winner, loser)) {
      assertEquals(
          winner.connectionId(),
          one.event("signal").getJsonObject("body").getString("connectionId"));
    }
    String bye = "{\"signalType\":\"bye\",\"sessionId\":\"S\"}";
    assertEquals(200, signal(caller, to, bye).status());
    winner.event("signal");
    assertEquals(List.of(), loser.leftovers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "error"})
  @DisplayName("R-62 gives no status and no error signal to web clients")
  void hidesStatusFromTheWeb(String type) {
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    for (String sdk : List.of(RawClient.BROWSER, RawClient.ANDROID, RawClient.IOS)) {
      RawClient alice = connect("alice", sdk);
      String text = "{\"signalType\":\"" + type + "\",\"sessionId\":\"S\",\"status\":\"ringing\"}";
      RawClient.Ack ack = signal(pbx, "\"to\":\"alice\"", text);
      assertFalse(ack.object().containsKey("error"), ack::toString);
      for (String left : alice.leftovers()) {
        assertFalse(left.contains("\"signalType\":\"" + type), left);
      }
    }
  }

  @Test
  @DisplayName("R-62 gives status signals to who announces the capability, and to chan_respoke")
  void showsStatusToWhoAsks() {
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    RawClient other = closing(RawClient.open(service, "app-secret", SECRET, RawClient.ASTERISK));
    ok(other, "post", "/v1/endpoints/other/connections", "{\"clientType\":\"asterisk\"}");
    RawClient jvm = unregistered("jvm", "Respoke-JVM/1");
    ok(jvm, "post", "/v1/connections", "{\"capabilities\":{\"status\":true}}");
    String text = "{\"signalType\":\"status\",\"sessionId\":\"S\",\"status\":\"ringing\"}";
    signal(pbx, "\"to\":\"jvm\"", text);
    signal(pbx, "\"to\":\"other\"", text);
    for (RawClient one : List.of(jvm, other)) {
      assertEquals("ringing", one.event("signal").getJsonObject("body").getString("status"));
    }
  }

  @ParameterizedTest
  @CsvSource({"'', web", "'\"fromType\":\"\",', web", "'\"fromType\":\"sip\",', sip"})
  @DisplayName("R-63 always sets fromType; it is web unless an app's server says otherwise")
  void setsFromType(String given, String fromType) {
    RawClient alice = browser("alice");
    RawClient pbx = server("pbx", RawClient.ASTERISK);
    String offer = "{\"signalType\":\"offer\",\"sessionId\":\"S\"}";
    signal(pbx, given + "\"to\":\"alice\"", offer);
    assertEquals(fromType, header(alice.event("signal")).getString("fromType"));
    RawClient bob = browser("bob");
    signal(bob, given + "\"to\":\"alice\"", offer.replace("\"S\"", "\"S2\""));
    assertEquals("web", header(alice.event("signal")).getString("fromType"));
  }

  @Test
  @DisplayName("R-65 keeps a publish from the publishing connection, not from its siblings")
  void publisherHearsNothing() {
    RawClient alice = browser("alice");
    RawClient aliceToo = browser("alice");
    RawClient bob = browser("bob");
    for (RawClient one : List.of(alice, aliceToo, bob)) {
      join(one, "room");
    }
    aliceToo.event("join");
    alice.event("join");
    alice.event("join");
    publish(alice, "room", "\"x\"");
    bob.event("pubsub");
    aliceToo.event("pubsub");
    assertEquals(List.of(), alice.leftovers());
    post(
        "/v1/groups/room/publish",
        "{\"endpointId\":\"alice\",\"message\":\"over HTTP\"}",
        "App-Secret",
        SECRET);
    for (RawClient one : List.of(alice, aliceToo, bob)) {
      assertEquals("over HTTP", one.event("pubsub").getString("message"));
    }
  }

  @Test
  @DisplayName(
      "R-66 gives every event a header with type, from, fromConnection, timestamp, requestId")
  void everyEventHasAHeader() {
    for (JsonObject event : everyEvent(connect("phone", RawClient.OTHER))) {
      JsonObject header = header(event);
      assertTrue(
          header
              .keySet()
              .containsAll(List.of("type", "from", "fromConnection", "timestamp", "requestId")),
          event::toString);
      assertEquals(clock.now(), header.getJsonNumber("timestamp").longValueExact());
    }
  }

  @Test
  @DisplayName("R-67 delivers a publish to members only")
  void onlyMembersHear() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient carol = browser("carol");
    join(alice, "room");
    join(carol, "room");
    ok(carol, "delete", "/v1/groups/", "{\"groups\":[\"room\"]}");
    publish(bob, "room", "\"x\"");
    alice.event("pubsub");
    assertEquals(List.of(), bob.leftovers());
    assertEquals(List.of(), carol.leftovers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,null,\"x\"]}", "[1,2]", "7", "true", "\"text\"", "\"\""})
  @DisplayName("R-68 delivers any JSON to browsers and its text to the mobile SDKs")
  void mobileGetsText(String message) {
    RawClient bob = browser("bob");
    for (String sdk : List.of(RawClient.BROWSER, RawClient.OTHER)) {
      RawClient alice = connect("alice-" + sdk, sdk);
      join(alice, "room");
      send(bob, "alice-" + sdk, message);
      publish(bob, "room", message);
      assertEquals(Json.parse(message), alice.event("message").get("body"));
      assertEquals(Json.parse(message), alice.event("pubsub").get("message"));
      alice.close();
    }
    String text = message.startsWith("\"") ? Json.text(Json.parse(message)) : message;
    for (String sdk : List.of(RawClient.ANDROID, RawClient.IOS)) {
      RawClient alice = connect("alice-" + sdk, sdk);
      join(alice, "hall");
      send(bob, "alice-" + sdk, message);
      publish(bob, "hall", message);
      assertEquals(text, alice.event("message").getString("body"));
      assertEquals(text, alice.event("pubsub").getString("message"));
      alice.close();
    }
  }

  @Test
  @DisplayName("R-69 sends as __SYSTEM__ when an app's server names no endpoint")
  void systemIsTheDefaultSender() {
    RawClient alice = browser("alice");
    post("/v1/messages", "{\"to\":\"alice\",\"message\":\"x\"}", "App-Secret", SECRET);
    assertEquals("__SYSTEM__", header(alice.event("message")).getString("from"));
    post(
        "/v1/messages",
        "{\"to\":\"alice\",\"message\":\"x\",\"endpointId\":\"spock\"}",
        "App-Secret",
        SECRET);
    assertEquals("spock", header(alice.event("message")).getString("from"));
    refused(
        403,
        post(
            "/v1/messages",
            "{\"to\":\"alice\",\"message\":\"x\",\"endpointId\":\"spock\"}",
            "App-Token",
            session("mallory")));
  }

  @Test
  @DisplayName("R-70 sends Android nothing that its parser would throw at")
  void androidCanReadEverything() {
    for (JsonObject event : everyEvent(connect("phone", RawClient.ANDROID))) {
      for (Map.Entry<String, JsonValue> member : header(event).entrySet()) {
        assertTrue(
            member.getValue() instanceof JsonString
                || (member.getKey().equals("timestamp") && member.getValue() instanceof JsonNumber),
            event::toString);
      }
      switch (header(event).getString("type")) {
        case "message" -> assertTrue(event.get("body") instanceof JsonString);
        case "pubsub" -> {
          assertTrue(event.get("message") instanceof JsonString);
          assertTrue(header(event).containsKey("channel"));
        }
        case "signal" -> assertTrue(event.get("body") instanceof JsonObject);
        case "presence" -> assertTrue(event.containsKey("type"));
        case "join", "leave" -> {
          assertTrue(event.get("endpointId") instanceof JsonString);
          assertTrue(event.get("connectionId") instanceof JsonString);
          assertTrue(header(event).containsKey("channel"));
        }
        default -> throw new AssertionError(event);
      }
    }
  }
}
