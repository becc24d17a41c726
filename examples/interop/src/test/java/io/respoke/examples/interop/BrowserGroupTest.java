package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Connection;
import io.respoke.Group;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientEvent;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups that respoke.js and the Java client share. */
@Tag("browser")
class BrowserGroupTest {
  /** With every character that could be taken apart in a path. */
  private static final String GROUP = "the bridge/№ 1 + 50% off";

  @RegisterExtension final Interop interop = new Interop();

  @Test
  void each_sees_the_other_join_and_leave() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("join", "id", GROUP);
    alice.await("join", "group", GROUP);
    Group group = JavaClient.get(bob.client().join(GROUP));
    ClientEvent joined = alice.await("group-join", "endpointId", "bob");
    assertEquals(bob.client().connectionId().orElseThrow(), joined.text("connectionId"));

    alice.call("leave", "id", GROUP);
    alice.await("leave", "group", GROUP);
    MemberLeft left = bob.await(MemberLeft.class);
    assertEquals("alice", left.connection().endpoint().id());
    assertEquals(GROUP, left.group().id());

    alice.call("join", "id", GROUP);
    MemberJoined back = bob.await(MemberJoined.class);
    assertEquals("alice", back.connection().endpoint().id());
    // respoke.js reports who leaves only if it knew them as members.
    alice.call("getMembers", "id", GROUP);
    JavaClient.get(group.leave());
    assertFalse(group.isJoined());
    alice.await("group-leave", "endpointId", "bob");
  }

  @Test
  void messages_reach_every_member_but_the_one_that_sends() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage other = interop.connectedPage("other", "alice");
    JavaClient bob = interop.java("bob").connect();
    alice.call("join", "id", GROUP);
    other.call("join", "id", GROUP);
    Group group = JavaClient.get(bob.client().join(GROUP));

    alice.call("publish", "id", GROUP, "message", "from the browser");
    GroupMessageReceived received = bob.await(GroupMessageReceived.class);
    assertEquals("from the browser", received.message().text());
    assertEquals("alice", received.message().from());
    assertEquals(group, received.group());

    JavaClient.get(group.sendMessage("from Java"));
    ClientEvent message = alice.await("group-message");
    assertEquals("from Java", message.text("message"));
    assertEquals("bob", message.text("from"));
    assertEquals("from the browser", other.await("group-message").text("message"));
    assertEquals("from Java", other.await("group-message").text("message"));
    assertEquals(List.of(), bob.rest(GroupMessageReceived.class));
    assertEquals(List.of(), alice.rest("group-message"));

    JsonObject order = Json.object().add("item", "tea").build();
    alice.call("publish", "id", GROUP, "message", order);
    assertEquals(order, bob.await(GroupMessageReceived.class).message().json());
    JavaClient.get(group.sendMessage(order));
    assertEquals(order, alice.await("group-message").data().get("message"));
  }

  @Test
  void both_list_the_same_members() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage other = interop.connectedPage("other", "alice");
    JavaClient bob = interop.java("bob").connect();
    alice.call("join", "id", GROUP);
    other.call("join", "id", GROUP);
    Group group = JavaClient.get(bob.client().join(GROUP));

    Set<String> members =
        Set.of(
            "alice " + alice.ask("state").getString("connectionId"),
            "alice " + other.ask("state").getString("connectionId"),
            "bob " + bob.client().connectionId().orElseThrow());
    assertEquals(members, membersAsSeenBy(alice));
    assertEquals(
        members,
        JavaClient.get(group.members()).stream()
            .map(BrowserGroupTest::name)
            .collect(Collectors.toSet()));
  }

  @Test
  void closing_a_tab_leaves_its_groups() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    Group group = JavaClient.get(bob.client().join(GROUP));
    alice.call("join", "id", GROUP);
    bob.await(MemberJoined.class);

    alice.close();

    assertEquals("alice", bob.await(MemberLeft.class).connection().endpoint().id());
    assertTrue(group.isJoined());
    assertEquals(1, JavaClient.get(group.members()).size());
  }

  private static Set<String> membersAsSeenBy(BrowserPage page) {
    return page.call("getMembers", "id", GROUP).asJsonArray().stream()
        .map(JsonValue::asJsonObject)
        .map(member -> member.getString("endpointId") + " " + member.getString("connectionId"))
        .collect(Collectors.toSet());
  }

  private static String name(Connection member) {
    return member.endpoint().id() + " " + member.id();
  }
}
