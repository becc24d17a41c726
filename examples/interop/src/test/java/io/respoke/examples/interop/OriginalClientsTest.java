package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientFailure;
import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The original clients among themselves, on this service: no Java client takes part. */
@Tag("browser")
class OriginalClientsTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void two_browsers_connect_chat_and_log_out() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    JsonObject order = Json.object().add("item", "tea").add("count", 3).build();

    alice.call("sendMessage", "endpointId", "bob", "message", "hello");
    alice.call("sendMessage", "endpointId", "bob", "message", order);
    assertEquals("hello", bob.await("message", "from", "alice").text("message"));
    assertEquals(order, bob.await("message", "from", "alice").data().get("message"));

    bob.call("disconnect");
    bob.await("disconnect");
    assertFalse(bob.ask("state").getBoolean("connected"));
    bob.call("connect");
    bob.call("sendMessage", "endpointId", "alice", "message", "back");
    assertEquals("back", alice.await("message", "from", "bob").text("message"));
  }

  @Test
  void a_brokered_token_from_node_connects_a_browser_without_development_mode() {
    NodeAdmin broker = interop.admin("broker", "App-Secret", interop.service().appSecret());
    String token =
        broker
            .ask(
                "auth.endpoint", "endpointId", "billy", "roleId", interop.service().defaultRoleId())
            .getString("tokenId");

    BrowserPage billy = interop.page("billy");
    billy.call("createClient", "baseURL", interop.service().url());
    JsonObject state = billy.ask("connect", "token", token);

    assertEquals("billy", state.getString("endpointId"));
    broker.call("messages.send", "to", "billy", "message", "welcome");
    assertEquals("welcome", billy.await("message", "from", "__SYSTEM__").text("message"));
  }

  @Test
  void presence_of_two_tabs_is_one_presence_for_a_third() {
    BrowserPage first = interop.connectedPage("first", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    bob.call("getEndpoint", "id", "alice");
    bob.await("endpoint-presence", "presence", "available");

    BrowserPage second = interop.connectedPage("second", "alice");
    first.call("setPresence", "presence", "away");
    second.call("setPresence", "presence", "dnd");
    bob.await("endpoint-presence", "presence", "away");
    first.close();
    bob.await("endpoint-presence", "presence", "dnd");
    second.call("disconnect");
    bob.await("endpoint-presence", "presence", "unavailable");
  }

  @Test
  void a_group_of_browsers_and_node_sees_joins_messages_members_and_leaves() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    NodeAdmin server =
        interop.admin(
            "server", "App-Secret", interop.service().appSecret(), "endpointId", "server");
    server.call("auth.connect");
    server.await("connect");

    alice.call("join", "id", "bridge");
    bob.call("join", "id", "bridge");
    alice.await("group-join", "endpointId", "bob");
    server.call("groups.join", "groupId", "bridge");
    alice.await("group-join", "endpointId", "server");
    assertEquals(
        Set.of("alice", "bob", "server"),
        alice.call("getMembers", "id", "bridge").asJsonArray().stream()
            .map(JsonValue::asJsonObject)
            .map(member -> member.getString("endpointId"))
            .collect(Collectors.toSet()));

    bob.call("publish", "id", "bridge", "message", "aye");
    assertEquals("aye", alice.await("group-message").text("message"));
    assertEquals("aye", server.await("pubsub").text("message"));
    server.call("groups.publish", "groupId", "bridge", "message", "from Node");
    assertEquals("from Node", alice.await("group-message").text("message"));
    assertEquals("from Node", bob.await("group-message").text("message"));

    bob.call("leave", "id", "bridge");
    alice.await("group-leave", "endpointId", "bob");
    assertEquals("bob", server.await("leave").text("endpointId"));
    assertEquals(List.of(), bob.rest("group-message"));
  }

  @Test
  void a_browser_survives_a_restart_of_the_service_and_rejoins_its_groups() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    alice.call("join", "id", "bridge");
    bob.call("join", "id", "bridge");
    alice.await("join");
    bob.await("join");

    interop.service().restart();

    for (BrowserPage tab : List.of(alice, bob)) {
      tab.await("disconnect");
      tab.await("reconnect");
      // "reconnect" comes before the groups are joined again.
      tab.await("join");
    }
    bob.call("publish", "id", "bridge", "message", "again");
    assertEquals("again", alice.await("group-message").text("message"));
  }

  @Test
  void a_browser_that_is_dropped_comes_back_and_still_sees_the_presence_it_observed() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    alice.call("getEndpoint", "id", "bob");
    alice.await("endpoint-presence", "presence", "available");

    interop.service().drop("alice");

    alice.await("disconnect");
    alice.await("reconnect");
    bob.call("setPresence", "presence", "dnd");
    alice.await("endpoint-presence", "presence", "dnd");
  }

  @Test
  void group_ids_may_hold_any_character() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");

    for (String id : List.of("№ 1 + 50% off", "a/b", "a+b", "x?y=z", "%41", "..")) {
      alice.call("join", "id", id);
      bob.call("join", "id", id);
      alice.await("group-join", joined -> id.equals(joined.text("group")));
      assertEquals(2, alice.call("getMembers", "id", id).asJsonArray().size(), id);
      alice.call("publish", "id", id, "message", "in " + id);
      assertEquals("in " + id, bob.await("group-message", "group", id).text("message"));
    }
  }

  @Test
  void a_role_without_publish_lets_a_browser_listen_and_tells_it_why_it_may_not_speak() {
    NodeAdmin server = interop.admin("server", "App-Secret", interop.service().appSecret());
    JsonObject listen =
        Json.object().add("*", Json.object().add("subscribe", true).add("create", true)).build();
    String roleId =
        server
            .ask("roles.create", "appId", interop.service().appId(), "name", "r", "groups", listen)
            .getString("id");
    String token =
        server.ask("auth.endpoint", "endpointId", "billy", "roleId", roleId).getString("tokenId");
    BrowserPage billy = interop.page("billy");
    billy.call("createClient", "baseURL", interop.service().url());
    billy.call("connect", "token", token);
    BrowserPage alice = interop.connectedPage("alice", "alice");

    billy.call("join", "id", "bridge");
    alice.call("join", "id", "bridge");
    alice.call("publish", "id", "bridge", "message", "hello");
    assertEquals("hello", billy.await("group-message").text("message"));
    ClientFailure refused =
        assertThrows(
            ClientFailure.class, () -> billy.call("publish", "id", "bridge", "message", "hi"));
    assertTrue(refused.getMessage().contains("publish"), refused.getMessage());
  }

  @Test
  void an_audio_call_of_two_browsers_is_signalled_and_hung_up() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    bob.call("acceptCalls");

    alice.call("startAudioCall", "endpointId", "bob");

    assertEquals("alice", bob.await("incoming-call").text("endpoint"));
    for (BrowserPage tab : List.of(alice, bob)) {
      tab.await("call-connect");
      tab.await("call-media");
    }
    alice.call("hangup");
    alice.await("call-hangup");
    assertEquals("Remote side hung up", bob.await("call-hangup").text("reason"));
  }
}
