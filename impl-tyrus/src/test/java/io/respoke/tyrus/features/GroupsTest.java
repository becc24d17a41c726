package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.Conversation;
import io.respoke.Group;
import io.respoke.HistoryQuery;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.ReadMark;
import io.respoke.RequestRejectedException;
import io.respoke.Role;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.tyrus.features.Stage.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M8 groups")
class GroupsTest {
  private static final MessageOptions PERSIST = MessageOptions.defaults().withPersist(true);

  private final Stage stage = new Stage();
  private final Client kirk = stage.connected(stage.brokered("kirk"));
  private final Client spock = stage.connected(stage.brokered("spock"));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void joinsAndLeavesOneOrManyEachOnce() {
    Seen<GroupJoined> joins = seen(kirk, GroupJoined.class);
    Group bridge = get(kirk.join("bridge"));
    assertTrue(bridge.isJoined());
    get(kirk.join(List.of("bridge", "mess", "50% off/a b")));
    get(bridge.join());

    assertEquals(
        Set.of("bridge", "mess", "50% off/a b"),
        kirk.groups().stream().map(Group::id).collect(Collectors.toSet()));
    assertEquals(
        List.of("bridge", "mess", "50% off/a b"),
        List.of(joins.next(), joins.next(), joins.next()).stream()
            .map(e -> e.group().id())
            .sorted((a, b) -> a.equals("bridge") ? -1 : b.equals("bridge") ? 1 : b.compareTo(a))
            .toList());

    get(kirk.leave(List.of("mess", "50% off/a b")));
    assertEquals(List.of(bridge), kirk.groups());
    get(kirk.group("never joined").leave());
    get(kirk.drain(Duration.ofSeconds(10)));
    assertEquals(0, joins.left());
  }

  @Test
  void seesMembersComeAndGo() {
    Group bridge = get(kirk.join("bridge"));
    Seen<MemberJoined> joins = new Seen<>();
    Seen<MemberLeft> leaves = new Seen<>();
    bridge.listen(MemberJoined.class, joins::add);
    bridge.listen(MemberLeft.class, leaves::add);

    get(spock.join("bridge"));
    assertEquals("spock", joins.next().connection().endpoint().id());
    assertEquals(1, bridge.knownMembers().size());
    assertEquals(
        Set.of(kirk.connectionId().orElseThrow(), spock.connectionId().orElseThrow()),
        get(bridge.members()).stream().map(c -> c.id()).collect(Collectors.toSet()));

    get(spock.group("bridge").leave());
    assertEquals("spock", leaves.next().connection().endpoint().id());
    assertEquals(List.of(), bridge.knownMembers());

    get(spock.join("bridge"));
    joins.next();
    get(spock.disconnect());
    leaves.next();
    assertEquals(List.of(), bridge.knownMembers());
  }

  @Test
  void publishesToAllOthersAndNotToItself() {
    Seen<GroupMessageReceived> own = seen(kirk, GroupMessageReceived.class);
    Seen<GroupMessageReceived> others = seen(spock, GroupMessageReceived.class);
    get(kirk.join("bridge"));
    get(spock.join("bridge"));

    get(kirk.group("bridge").sendMessage(Map.of("course", "mark")));
    GroupMessageReceived event = others.next();
    assertEquals("{\"course\":\"mark\"}", event.message().text());
    assertEquals("bridge", event.group().id());
    assertEquals(spock.group("bridge"), event.message().group().orElseThrow());
    assertTrue(event.message().endpoint().isEmpty());

    get(spock.group("bridge").sendMessage("aye"));
    assertEquals("aye", own.next().message().text());
    assertEquals(0, own.left());
  }

  @Test
  void keepsAHistoryOfWhatWasPersisted() {
    Group bridge = get(kirk.join("bridge"));
    get(bridge.sendMessage("forgotten"));
    for (int i = 0; i < 5; i++) {
      get(bridge.sendMessage("kept " + i, PERSIST));
    }
    List<Message> all = get(bridge.history());
    assertEquals(
        List.of("kept 0", "kept 1", "kept 2", "kept 3", "kept 4"),
        all.stream().map(Message::text).toList());
    assertEquals("kirk", all.get(0).from());
    assertFalse(all.get(0).isBackfilled());

    assertEquals(
        List.of("kept 3", "kept 4"),
        get(bridge.history(HistoryQuery.newest(2))).stream().map(Message::text).toList());
    Message third = all.get(2);
    assertTrue(
        get(bridge.history(HistoryQuery.newest(50).before(third.timestamp()))).stream()
            .allMatch(m -> m.timestamp().isBefore(third.timestamp())));

    get(kirk.join("mess"));
    Map<String, List<Message>> both = get(kirk.groupHistories(List.of("bridge", "mess"), 1));
    assertEquals("kept 4", both.get("bridge").get(0).text());
    assertEquals(List.of(), both.get("mess"));
  }

  @Test
  void countsWhatWasNotRead() {
    get(kirk.join("bridge"));
    get(spock.join("bridge"));
    get(kirk.group("bridge").sendMessage("one", PERSIST));
    get(kirk.group("bridge").sendMessage("two", PERSIST));

    Conversation conversation = get(spock.conversations()).get(0);
    assertEquals("bridge", conversation.groupId());
    assertEquals(2, conversation.unread());
    assertEquals("two", conversation.latest().orElseThrow().text());
    assertEquals("kirk", conversation.sourceId());

    get(spock.markRead(List.of(new ReadMark("bridge", conversation.timestamp()))));
    assertEquals(0, get(spock.conversations()).get(0).unread());
  }

  @Test
  void listsTheGroupsOfTheApp() {
    get(kirk.join(List.of("bridge", "mess")));
    assertEquals(Set.of("bridge", "mess"), Set.copyOf(get(spock.listGroups())));
  }

  @Test
  void whatTheRoleDoesNotAllowIsRefusedAndNamed() {
    Role reader =
        get(
            stage
                .admin()
                .createRole(
                    Role.named("reader")
                        .group("news*", Role.Permission.SUBSCRIBE, Role.Permission.CREATE)
                        .build()));
    String token =
        get(stage
                .admin()
                .createToken(
                    new TokenSpec(
                        "reader", RoleRef.id(reader.id().orElseThrow()), Duration.ofHours(1))))
            .token();
    Client client = stage.connected(stage.options("reader").token(token));
    get(client.join("news-today"));

    RequestRejectedException refusal =
        assertInstanceOf(
            RequestRejectedException.class,
            failure(client.group("news-today").sendMessage("fake")));
    assertEquals(403, refusal.status());
    assertTrue(refusal.error().contains("publish"), refusal.error());

    assertEquals(
        403,
        assertInstanceOf(RequestRejectedException.class, failure(client.join("private"))).status());
    assertFalse(client.group("private").isJoined());
  }
}
