package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Group;
import io.respoke.Message;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.event.MessageReceived;
import io.respoke.event.OwnPresenceChanged;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.examples.interop.driver.ClientEvent;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** respoke-admin as a client among clients: messages, groups and presence with the Java client. */
@Tag("node")
class NodeClientTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void messages_go_both_ways() {
    NodeAdmin server = connectedServer();
    JavaClient java = interop.java("java").connect();
    JsonObject order = Json.object().add("item", "tea").add("count", 3).build();

    server.call("messages.send", "to", "java", "message", "räksmörgås 🎈");
    server.call("messages.send", "to", "java", "message", order);
    Message text = java.await(MessageReceived.class).message();
    assertEquals("räksmörgås 🎈", text.text());
    assertEquals("server", text.from());
    assertEquals(Optional.of(server.ask("state").getString("connectionId")), text.connectionId());
    assertEquals(order, java.await(MessageReceived.class).message().json());

    JavaClient.get(java.client().sendMessage("server", "räksmörgås 🎈"));
    JavaClient.get(java.client().sendMessage("server", order));
    ClientEvent received = server.await("message");
    assertEquals("räksmörgås 🎈", received.text("body"));
    JsonObject header = received.data().getJsonObject("header");
    assertEquals("java", header.getString("from"));
    assertEquals(java.client().connectionId().orElseThrow(), header.getString("fromConnection"));
    assertTrue(header.getJsonNumber("timestamp").longValue() > 0);
    assertEquals(order, server.await("message").data().get("body"));
  }

  @Test
  void groups_are_shared() {
    NodeAdmin server = connectedServer();
    JavaClient java = interop.java("java").connect();
    Group group = JavaClient.get(java.client().join("bridge/№ 1"));
    String groupId = group.id();

    server.call("groups.join", "groupId", groupId);
    MemberJoined joined = java.await(MemberJoined.class);
    assertEquals("server", joined.connection().endpoint().id());
    JsonArray subscribers = server.call("groups.getSubscribers", "groupId", groupId).asJsonArray();
    assertEquals(
        Set.of(
            "server " + server.ask("state").getString("connectionId"),
            "java " + java.client().connectionId().orElseThrow()),
        subscribers.stream()
            .map(JsonValue::asJsonObject)
            .map(member -> member.getString("endpointId") + " " + member.getString("connectionId"))
            .collect(Collectors.toSet()));

    server.call("groups.publish", "groupId", groupId, "message", "from Node");
    GroupMessageReceived fromNode = java.await(GroupMessageReceived.class);
    assertEquals("from Node", fromNode.message().text());
    assertEquals("server", fromNode.message().from());
    server.call(
        "groups.publish", "groupId", groupId, "message", "for billy", "endpointId", "billy");
    assertEquals("billy", java.await(GroupMessageReceived.class).message().from());
    JavaClient.get(group.sendMessage("from Java"));
    ClientEvent fromJava =
        server.await("pubsub", event -> "from Java".equals(event.text("message")));
    assertEquals(groupId, fromJava.data().getJsonObject("header").getString("groupId"));

    JavaClient.get(group.leave());
    ClientEvent left = server.await("leave");
    assertEquals("java", left.text("endpointId"));
    assertEquals(groupId, left.data().getJsonObject("header").getString("groupId"));
    JavaClient.get(group.join());
    assertEquals("java", server.await("join").text("endpointId"));
    server.call("groups.leave", "groupId", groupId);
    assertEquals("server", java.await(MemberLeft.class).connection().endpoint().id());
    assertEquals(1, JavaClient.get(group.members()).size());
  }

  @Test
  void presence_is_set_and_observed() {
    NodeAdmin server = connectedServer();
    JavaClient java = interop.java("java").connect();
    java.await(OwnPresenceChanged.class, event -> event.presence().text().equals("available"));

    JsonArray states = server.observe(Json.strings(List.of("java", "nobody")));
    assertEquals("java", states.getJsonObject(0).getString("endpointId"));
    assertEquals(
        "available",
        states
            .getJsonObject(0)
            .getJsonObject("connectionStates")
            .getJsonObject(java.client().connectionId().orElseThrow())
            .getString("type"));
    assertTrue(states.getJsonObject(1).getJsonObject("connectionStates").isEmpty());
    JavaClient.get(java.client().setPresence("dnd"));
    ClientEvent busy = server.await("presence", "type", "dnd");
    assertEquals("java", busy.data().getJsonObject("header").getString("from"));

    JavaClient.get(java.client().endpoint("server").observePresence());
    server.call("presence.set", "presence", "away", "status", "at lunch");
    PresenceChanged away =
        java.await(PresenceChanged.class, event -> event.presence().text().equals("away"));
    assertEquals("server", away.endpoint().id());
    server.call("close");
    server.await("disconnect");
    java.await(PresenceChanged.class, event -> event.presence().text().equals("unavailable"));
    java.close();
  }

  @Test
  void both_come_back_after_a_restart_of_the_service() {
    NodeAdmin server = connectedServer();
    JavaClient java = interop.java("java").connect();
    String before = server.ask("state").getString("connectionId");

    interop.service().restart();

    server.await("disconnect");
    // respoke-admin's socket reconnects by itself when it has the secret, and registers again.
    server.await("connect");
    assertNotEquals(before, server.ask("state").getString("connectionId"));
    java.await(Reconnected.class);
    server.call("messages.send", "to", "java", "message", "still there?");
    assertEquals("still there?", java.await(MessageReceived.class).message().text());
  }

  private NodeAdmin connectedServer() {
    NodeAdmin server =
        interop.admin(
            "server", "App-Secret", interop.service().appSecret(), "endpointId", "server");
    server.call("auth.connect");
    server.await("connect");
    return server;
  }
}
