package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.respoke.Client;
import io.respoke.Connection;
import io.respoke.Conversation;
import io.respoke.Endpoint;
import io.respoke.Group;
import io.respoke.HistoryQuery;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.Presence;
import io.respoke.PushService;
import io.respoke.ReadMark;
import io.respoke.protocol.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each method asks the service for, to the letter, and what it makes of the answer. */
class WireTest {
  @RegisterExtension final Stage stage = new Stage();

  /** A call of the API. */
  private interface Call extends Function<Client, CompletionStage<?>> {}

  private static Arguments row(String request, Call call) {
    return arguments(request, call);
  }

  private static final MessageOptions PLAIN = MessageOptions.defaults();

  private static Connection jimsPhone(Client client) {
    return client.connection("jim-1").orElseThrow();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        // messages: own connections get a copy of what goes to an endpoint, not to a connection
        row(
            "post /v1/messages {\"to\":\"jim\",\"message\":\"hi\",\"ccSelf\":true,\"push\":false}",
            c -> c.sendMessage("jim", "hi")),
        row(
            "post /v1/messages {\"to\":\"jim\",\"message\":\"hi\",\"ccSelf\":true,\"push\":false}",
            c -> c.endpoint("jim").sendMessage("hi")),
        row(
            "post /v1/messages {\"to\":\"jim\",\"message\":\"hi\",\"ccSelf\":false,\"push\":true}",
            c -> c.endpoint("jim").sendMessage("hi", PLAIN.withCcSelf(false).withPush(true))),
        row(
            "post /v1/messages {\"to\":\"jim\",\"toConnection\":\"jim-1\",\"message\":\"hi\","
                + "\"ccSelf\":false,\"push\":false}",
            c -> jimsPhone(c).sendMessage("hi")),
        row(
            "post /v1/messages {\"to\":\"jim\",\"toConnection\":\"jim-1\",\"message\":\"hi\","
                + "\"ccSelf\":true,\"push\":false}",
            c -> jimsPhone(c).sendMessage("hi", PLAIN.withCcSelf(true))),
        row(
            "post /v1/messages {\"to\":\"jim\",\"message\":{\"a\":[1,true]},\"ccSelf\":true,"
                + "\"push\":false}",
            c -> c.sendMessage("jim", Map.of("a", List.of(1, true)))),
        // groups
        row("post /v1/groups {\"groups\":[\"a\"]}", c -> c.join("a")),
        row("post /v1/groups {\"groups\":[\"a\",\"b\"]}", c -> c.join(List.of("a", "b", "a"))),
        row("delete /v1/groups {\"groups\":[\"a\"]}", c -> c.group("a").leave()),
        row("delete /v1/groups {\"groups\":[\"a\",\"b\"]}", c -> c.leave(List.of("a", "b"))),
        row("get /v1/groups", Client::listGroups),
        row(
            "post /v1/channels/a%20b%2F%C3%A9/publish/ {\"to\":\"a b/\\u00e9\",\"message\":\"hi\","
                + "\"push\":false,\"persist\":false}",
            c -> c.group("a b/\u00e9").sendMessage("hi")),
        row(
            "post /v1/channels/a/publish/ {\"to\":\"a\",\"message\":\"hi\",\"push\":true,"
                + "\"persist\":true}",
            c -> c.group("a").sendMessage("hi", PLAIN.withPush(true).withPersist(true))),
        row("get /v1/channels/a/subscribers/", c -> c.group("a").members()),
        row("get /v1/groups/a/history {\"limit\":50}", c -> c.group("a").history()),
        row(
            "get /v1/groups/a/history {\"limit\":7,\"before\":1500}",
            c -> c.group("a").history(HistoryQuery.newest(7).before(Instant.ofEpochMilli(1500)))),
        row(
            "post /v1/group-history-search {\"groupIds\":[\"a\",\"b\"],\"limit\":3}",
            c -> c.groupHistories(List.of("a", "b"), 3)),
        row("get /v1/endpoints/joe/conversations", Client::conversations),
        row(
            "put /v1/endpoints/joe/conversations {\"groups\":[{\"groupId\":\"a\","
                + "\"timestamp\":1500}]}",
            c -> c.markRead(List.of(new ReadMark("a", Instant.ofEpochSecond(1, 500_900_000))))),
        // presence
        row("post /v1/presence {\"presence\":{\"type\":\"away\"}}", c -> c.setPresence("away")),
        row("post /v1/presence {\"presence\":{\"type\":\"available\"}}", Client::setOnline),
        row("post /v1/presence {\"presence\":{\"type\":\"unavailable\"}}", Client::setOffline),
        row(
            "post /v1/presence {\"presence\":{\"show\":\"dnd\",\"status\":{\"till\":5},"
                + "\"type\":[1]}}",
            c -> c.setPresence(List.of(1), Map.of("till", 5), "dnd")),
        row(
            "post /v1/presenceobservers {\"endpointList\":[\"jim\"]}",
            c -> c.endpoint("jim").observePresence()),
        row(
            "post /v1/presenceobservers {\"endpointList\":[\"jim\",\"kim\"]}",
            c -> c.observePresence(List.of("jim", "kim", "jim"))),
        // the rest
        row(
            "post /v1/connections/conn-1/push-token {\"token\":\"device\",\"service\":\"google\"}",
            c -> c.registerPush(PushService.GOOGLE, "device")),
        row("get /v1/turn", c -> c.request("get", "/v1/turn", null)),
        row(
            "put /v1/anything?x=1 {\"a\":1}",
            c -> c.request("PUT", "/v1/anything?x=1", Json.object().add("a", 1).build())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void everyMethodAsksForExactlyThis(String request, Call call) {
    Client client = stage.connected();
    stage.service.push(
        "presence",
        "{\"header\":{\"from\":\"jim\",\"fromConnection\":\"jim-1\"},\"type\":\"available\"}");

    join(call.apply(client));

    assertEquals(List.of(request), stage.takeLog());
  }

  @Test
  void whatNeedsNoRequestMakesNone() {
    Client client = stage.connected();
    join(client.join("a"));
    stage.takeLog();

    join(client.join("a"));
    join(client.join(List.of()));
    join(client.observePresence(List.of()));
    join(client.unregisterPush());
    client.endpoint("jim");
    client.group("b");

    assertEquals(List.of(), stage.takeLog());
  }

  static Stream<Arguments> misuses() {
    return Stream.of(
        row("", c -> c.sendMessage("", "x")),
        row("", c -> c.group("").join()),
        row("", c -> c.join(List.of("a", ""))),
        row("", c -> c.observePresence(List.of(""))),
        row("", c -> c.groupHistories(List.of("a"), 0)),
        row("", c -> c.registerPush(PushService.APPLE, "")),
        row("", c -> c.markRead(List.of(new ReadMark("", Instant.EPOCH)))));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void emptyIdsAndNumbersAreRefusedBeforeAnyRequest(String unused, Call call) {
    Client client = stage.connected();
    assertThrows(IllegalArgumentException.class, () -> call.apply(client));
    assertEquals(List.of(), stage.takeLog());
  }

  @Test
  void nothingIsNotAMessageNorAPresence() {
    Client client = stage.connected();
    assertThrows(NullPointerException.class, () -> client.sendMessage("jim", null));
    assertThrows(NullPointerException.class, () -> client.group("a").sendMessage(null));
    assertThrows(NullPointerException.class, () -> client.setPresence(null));
    assertThrows(NullPointerException.class, () -> client.endpoint(null));
  }

  // --- answers

  @Test
  void membersAreConnectionsAndTheOthersAreKnownAfterwards() {
    Client client = stage.connected();
    stage.service.next(
        "get",
        "/v1/channels/a/subscribers/",
        200,
        """
        [{"endpointId":"joe","connectionId":"conn-1"},{"endpointId":"jim","connectionId":"j1"},
        {"endpointId":"jim"},"odd"]""");

    List<Connection> members = join(client.group("a").members());

    assertEquals(List.of("conn-1", "j1"), members.stream().map(Connection::id).toList());
    assertEquals(
        List.of("j1"), client.group("a").knownMembers().stream().map(Connection::id).toList());
    assertEquals("jim", members.get(1).endpoint().id());
  }

  @Test
  void historyIsOldestFirstHoweverItComes() {
    Client client = stage.connected();
    stage.service.next(
        "get",
        "/v1/groups/a/history",
        200,
        """
        [{"header":{"from":"jim","channel":"a","timestamp":3},"message":"new"},
        {"header":{"from":"kim","channel":"a","timestamp":1},"message":{"x":1}},
        {"odd":true}]""");

    List<Message> history = join(client.group("a").history());

    assertEquals(List.of("{\"x\":1}", "new"), history.stream().map(Message::text).toList());
    assertEquals("kim", history.get(0).from());
    assertEquals("a", history.get(0).group().map(Group::id).orElseThrow());
    assertEquals(List.of(), stage.takeEvents(), "what is asked for is no event");
  }

  @Test
  void historiesOfSeveralGroupsComeByGroupAndMissingOnesAreEmpty() {
    Client client = stage.connected();
    stage.service.next(
        "post",
        "/v1/group-history-search",
        200,
        "{\"a\":[{\"header\":{\"from\":\"jim\",\"channel\":\"a\"},\"message\":\"1\"}]}");

    Map<String, List<Message>> histories = join(client.groupHistories(List.of("a", "b"), 1));

    assertEquals(List.of("a", "b"), new ArrayList<>(histories.keySet()));
    assertEquals("1", histories.get("a").get(0).text());
    assertEquals(List.of(), histories.get("b"));
  }

  @Test
  void conversationsAreReadInBothFormsOfTheirLatestMessage() {
    Client client = stage.connected();
    stage.service.next(
        "get",
        "/v1/endpoints/joe/conversations",
        200,
        """
        [{"groupId":"a","sourceId":"jim","unreadCount":3,"timestamp":1500,
          "latestMsg":{"header":{"from":"jim","timestamp":1500},"message":"hi"}},
         {"groupId":"b","sourceId":"kim","unreadCount":0,"timestamp":7,
          "latestMsg":"{\\"header\\":{\\"from\\":\\"kim\\"},\\"message\\":\\"text\\"}"},
         {"groupId":"c","latestMsg":"no json"},{"noGroup":1}]""");

    List<Conversation> conversations = join(client.conversations());

    assertEquals(
        List.of("a", "b", "c"), conversations.stream().map(Conversation::groupId).toList());
    Conversation a = conversations.get(0);
    assertEquals(3, a.unread());
    assertEquals("jim", a.sourceId());
    assertEquals(Instant.ofEpochMilli(1500), a.timestamp());
    assertEquals("hi", a.latest().orElseThrow().text());
    assertEquals("text", conversations.get(1).latest().orElseThrow().text());
    assertTrue(conversations.get(2).latest().isEmpty());
  }

  @Test
  void groupIdsAreReadWhateverTheirForm() {
    Client client = stage.connected();
    stage.service.next(
        "get", "/v1/groups", 200, "[\"a\",{\"id\":\"b\"},{\"name\":\"c\"},{\"odd\":1},[]]");
    assertEquals(List.of("a", "b", "c"), join(client.listGroups()));
  }

  @Test
  void observingTakesOverTheStatesOfTheAnswer() {
    Client client = stage.connected();
    stage.service.next(
        "post",
        "/v1/presenceobservers",
        200,
        """
        [{"endpointId":"jim","connectionStates":{"j1":{"type":"away","status":"lunch"},
          "j2":{"type":"xa"},"j3":{"odd":1}}},{"endpointId":"kim"},{"odd":1}]""");

    Map<String, Presence> presences = join(client.observePresence(List.of("jim", "kim")));

    assertEquals("away", presences.get("jim").text());
    assertEquals("lunch", Json.text(presences.get("jim").status().orElseThrow()));
    assertEquals("unavailable", presences.get("kim").text());
    Endpoint jim = client.endpoint("jim");
    assertEquals(List.of("j1", "j2"), jim.connections().stream().map(Connection::id).toList());
    assertEquals("xa", jim.connection("j2").orElseThrow().presence().text());
    assertEquals(List.of("jim", "kim"), client.inspect().observed());
  }

  @Test
  void aDeviceTokenIsRegisteredOnceThenRenewedThenTakenBack() {
    Client client = stage.connected();
    stage.service.next("post", "/v1/connections/conn-1/push-token", 200, "{\"id\":\"push/1\"}");
    join(client.registerPush(PushService.APPLE, "one"));
    stage.service.next(
        "put", "/v1/connections/conn-1/push-token/push%2F1", 200, "{\"id\":\"push/1\"}");
    join(client.registerPush(PushService.APPLE, "two"));
    join(client.unregisterPush());
    join(client.unregisterPush());

    assertEquals(
        List.of(
            "post /v1/connections/conn-1/push-token {\"token\":\"one\",\"service\":\"apple\"}",
            "put /v1/connections/conn-1/push-token/push%2F1"
                + " {\"token\":\"two\",\"service\":\"apple\"}",
            "delete /v1/connections/conn-1/push-token/push%2F1"),
        stage.takeLog());
  }

  @Test
  void ownPresenceIsKeptOnceTheServiceHasTakenIt() {
    Client client = stage.connected();
    assertTrue(client.presence().isEmpty());
    stage.service.next("post", "/v1/presence", 500, "{}");
    client.setPresence("refused");
    assertTrue(client.presence().isEmpty());

    join(client.setPresence("away", "lunch", null));

    assertEquals("away", client.presence().orElseThrow().text());
    assertEquals("lunch", Json.text(client.presence().orElseThrow().status().orElseThrow()));
    Presence kept = client.presence().orElseThrow();
    join(client.setPresence(kept));
    assertEquals(kept, client.presence().orElseThrow());
  }
}
