package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.RequestRejectedException;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.event.RestoreReport;
import io.respoke.event.RestoreReport.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestoreTest {
  @RegisterExtension final Stage stage = new Stage();

  private static final long T = ManualScheduler.EPOCH.toEpochMilli();
  private static final String SEARCH = "/v1/group-history-search";

  /** A message of a group as the service pushes and stores it; its text is its request id too. */
  private static String message(String group, String text, long at) {
    return message(group, text, at, "jims-connection");
  }

  private static String message(String group, String text, long at, String fromConnection) {
    return """
        {"header":{"type":"pubsub","from":"jim","fromConnection":"%s","channel":"%s",
        "timestamp":%d,"requestId":"%s"},"message":"%s"}"""
        .formatted(fromConnection, group, T + at, text, text);
  }

  private static String history(String group, String... messages) {
    return "{\"" + group + "\":[" + String.join(",", messages) + "]}";
  }

  private Client joined(String... groups) {
    Client client = stage.connected();
    join(client.join(List.of(groups)));
    stage.takeLog();
    stage.takeEvents();
    return client;
  }

  private void comeBack(Client client) {
    stage.cut();
    client.reconnectNow();
  }

  private List<String> texts() {
    return stage.events(GroupMessageReceived.class).stream()
        .map(e -> (e.message().isBackfilled() ? "missed " : "live ") + e.message().text())
        .toList();
  }

  private RestoreReport report() {
    return stage.event(Reconnected.class).restored();
  }

  private static Map<Gap.Kind, String> reasons(RestoreReport report, String group) {
    Map<Gap.Kind, String> reasons = new java.util.EnumMap<>(Gap.Kind.class);
    report.gaps().stream()
        .filter(gap -> gap.groupId().equals(group))
        .forEach(gap -> reasons.put(gap.kind(), gap.reason()));
    return reasons;
  }

  @Test
  void withoutGroupsAndObserversOnlyPrivateMessagesCannotBeKnown() {
    comeBack(stage.connected());

    RestoreReport report = report();
    assertEquals(
        List.of(Gap.Kind.PRIVATE_MESSAGES), report.gaps().stream().map(Gap::kind).toList());
    assertEquals(Set.of(), report.groups());
    assertEquals(Set.of(), report.observed());
    assertTrue(report.presenceRestored());
  }

  @Test
  void presenceGroupsAndObserversAreRestoredWithOneRequestEach() {
    Client client = stage.connected();
    join(client.setPresence("dnd"));
    join(client.join(List.of("a", "b")));
    join(client.observePresence(List.of("jim", "kim")));
    stage.takeEvents();
    stage.takeLog();

    comeBack(client);

    assertEquals(
        List.of(
            "post /v1/presence {\"presence\":{\"type\":\"dnd\"}}",
            "post /v1/groups {\"groups\":[\"a\",\"b\"]}",
            "post /v1/group-history-search {\"groupIds\":[\"a\",\"b\"],\"limit\":50}",
            "post /v1/presenceobservers {\"endpointList\":[\"kim\",\"jim\"]}"),
        stage.takeLog().stream()
            .filter(line -> line.startsWith("post /v1/p") || line.startsWith("post /v1/g"))
            .sorted(RestoreTest::byRoute)
            .toList());
    RestoreReport report = report();
    assertEquals(Set.of("a", "b"), report.groups());
    assertEquals(Set.of("jim", "kim"), report.observed());
    assertEquals(Map.of("a", 0, "b", 0), report.backfilled());
    assertEquals(Map.of(), report.refusedGroups());
    assertEquals(Map.of(), report.refusedObservers());
    assertTrue(report.presenceRestored());
    assertEquals(List.of(), stage.events(GroupJoined.class), "a restored membership is no news");
    assertTrue(client.group("a").isJoined());
    assertEquals("dnd", client.presence().orElseThrow().text());
  }

  private static int byRoute(String one, String other) {
    List<String> order = List.of("presence ", "groups ", "group-history", "presenceobservers");
    return Integer.compare(rank(order, one), rank(order, other));
  }

  private static int rank(List<String> order, String line) {
    for (int i = 0; i < order.size(); i++) {
      if (line.startsWith("post /v1/" + order.get(i))) {
        return i;
      }
    }
    return order.size();
  }

  @Test
  void missedMessagesComeOldestFirstBeforeTheLiveOnesAndEachOnce() {
    Client client = joined("lobby");
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.nextHangs("post", SEARCH);
    stage.cut();
    client.reconnectNow();
    stage.service.push("pubsub", message("lobby", "live, stored too", 400));
    stage.service.push("pubsub", message("lobby", "live", 500));
    assertEquals(List.of("live seen"), texts(), "live ones wait for the older ones");
    assertEquals(List.of(), stage.events(Reconnected.class));

    stage
        .service
        .last(SEARCH)
        .answer(
            200,
            history(
                "lobby",
                message("lobby", "live, stored too", 400),
                message("lobby", "second", 300),
                message("lobby", "seen", 100),
                message("lobby", "first", 200)));

    assertEquals(
        List.of(
            "live seen", "missed first", "missed second", "missed live, stored too", "live live"),
        texts());
    assertEquals(Map.of("lobby", 3), report().backfilled());
    assertEquals(Set.of(Gap.Kind.UNPERSISTED_GROUP_MESSAGES), reasons(report(), "lobby").keySet());
    assertEquals(
        "Reconnected", stage.events.get(stage.events.size() - 1).getClass().getSimpleName());
    stage.service.push("pubsub", message("lobby", "after", 600));
    assertEquals("live after", texts().get(5));
  }

  @Test
  void messagesFromBeforeTheMembershipAreNotTakenForMissedOnes() {
    stage.time.advance(1000);
    Client client = stage.connected();
    stage.service.next("post", "/v1/groups", 200, "{\"timestamp\":" + (T + 5000) + "}");
    join(client.join("lobby"));
    stage.service.next(
        "post",
        SEARCH,
        200,
        history("lobby", message("lobby", "old", 4999), message("lobby", "new", 5001)));

    comeBack(client);

    assertEquals(List.of("missed new"), texts());
  }

  @Test
  void whatThisClientPublishedItselfWasNotMissed() {
    Client client = joined("lobby");
    stage.service.next(
        "post",
        SEARCH,
        200,
        history(
            "lobby",
            message("lobby", "mine", 100, "conn-1"),
            message("lobby", "of my other device", 200, "other")));

    comeBack(client);

    assertEquals(List.of("missed of my other device"), texts());
  }

  @Test
  void anAnswerThatDoesNotReachBackIsAGap() {
    Client client = stage.connected(stage.options().backfillLimit(2).build());
    join(client.join("lobby"));
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.next(
        "post",
        SEARCH,
        200,
        history("lobby", message("lobby", "eighth", 800), message("lobby", "ninth", 900)));

    comeBack(client);

    assertEquals(2, report().backfilled().get("lobby"));
    String reason = reasons(report(), "lobby").get(Gap.Kind.PERSISTED_GROUP_MESSAGES);
    assertTrue(reason.contains("more than 2 messages"), reason);
  }

  @Test
  void aShortAnswerThatDoesNotReachBackMayBeAllThatTheServiceKeeps() {
    Client client = stage.connected(stage.options().backfillLimit(50).build());
    join(client.join("lobby"));
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.next(
        "post",
        SEARCH,
        200,
        history("lobby", message("lobby", "eighth", 800), message("lobby", "ninth", 900)));

    comeBack(client);

    assertEquals(2, report().backfilled().get("lobby"));
    String reason = reasons(report(), "lobby").get(Gap.Kind.PERSISTED_GROUP_MESSAGES);
    assertTrue(reason.contains("not known"), reason);
  }

  @Test
  void aHistoryThatCannotBeReadIsAGapAndLiveMessagesGoOn() {
    Client client = joined("lobby");
    stage.service.nextHangs("post", SEARCH);
    stage.cut();
    client.reconnectNow();
    stage.service.push("pubsub", message("lobby", "live", 500));

    stage.service.last(SEARCH).answer(403, "{\"error\":\"no history for you\"}");

    assertEquals(List.of("live live"), texts());
    assertEquals(Map.of(), report().backfilled());
    String reason = reasons(report(), "lobby").get(Gap.Kind.PERSISTED_GROUP_MESSAGES);
    assertTrue(reason.contains("no history for you"), reason);
  }

  @Test
  void aHistoryThatIsNotUnderstoodIsAGapToo() {
    Client client = joined("lobby");
    stage.service.next("post", SEARCH, 200, "[1,2]");

    comeBack(client);

    assertTrue(reasons(report(), "lobby").containsKey(Gap.Kind.PERSISTED_GROUP_MESSAGES));
  }

  @Test
  void withoutBackfillNoHistoryIsAskedFor() {
    Client client = stage.connected(stage.options().backfillLimit(0).build());
    join(client.join("lobby"));

    comeBack(client);

    assertTrue(stage.takeLog().stream().noneMatch(line -> line.contains(SEARCH)));
    assertEquals(
        Set.of(Gap.Kind.UNPERSISTED_GROUP_MESSAGES, Gap.Kind.PERSISTED_GROUP_MESSAGES),
        reasons(report(), "lobby").keySet());
    stage.service.push("pubsub", message("lobby", "live", 500));
    assertEquals(List.of("live live"), texts());
  }

  @Test
  void whenGroupsAreRefusedTogetherEachIsAskedForByItself() {
    Client client = joined("a", "b", "c");
    stage.service.always(
        "post",
        "/v1/groups",
        request ->
            request.line().contains("\"b\"")
                ? ScriptedService.response(403, "{\"error\":\"b is closed\"}")
                : ScriptedService.response(200, "{}"));

    comeBack(client);

    assertEquals(
        List.of(
            "post /v1/groups {\"groups\":[\"a\",\"b\",\"c\"]}",
            "post /v1/groups {\"groups\":[\"a\"]}",
            "post /v1/groups {\"groups\":[\"b\"]}",
            "post /v1/groups {\"groups\":[\"c\"]}",
            "post /v1/group-history-search {\"groupIds\":[\"a\",\"c\"],\"limit\":50}"),
        stage.takeLog().stream().filter(line -> line.startsWith("post /v1/group")).toList());
    RestoreReport report = report();
    assertEquals(Set.of("a", "c"), report.groups());
    assertEquals(Set.of("b"), report.refusedGroups().keySet());
    assertInstanceOf(RequestRejectedException.class, report.refusedGroups().get("b"));
    assertFalse(client.group("b").isJoined());
    assertTrue(client.group("a").isJoined());

    stage.takeEvents();
    comeBack(client);
    assertEquals(Set.of(), report().refusedGroups().keySet(), "it is given up");
    assertEquals(Set.of("a", "c"), report().groups());
  }

  @Test
  void whenObserversAreRefusedTogetherEachIsAskedForByItself() {
    Client client = stage.connected();
    join(client.observePresence(List.of("jim", "kim")));
    stage.service.always(
        "post",
        "/v1/presenceobservers",
        request ->
            request.line().contains("kim")
                ? ScriptedService.response(404, "{\"error\":\"no kim\"}")
                : ScriptedService.response(200, "[]"));

    comeBack(client);

    assertEquals(Set.of("jim"), report().observed());
    assertEquals(Set.of("kim"), report().refusedObservers().keySet());
    assertEquals(List.of("jim"), client.inspect().observed());
  }

  @Test
  void presenceOfOthersIsUnknownDuringTheDropAndCurrentAfterIt() {
    Client client = stage.connected();
    stage.service.next(
        "post",
        "/v1/presenceobservers",
        200,
        "[{\"endpointId\":\"jim\",\"connectionStates\":{\"j1\":{\"type\":\"available\"}}}]");
    join(client.endpoint("jim").observePresence());
    assertEquals("available", client.endpoint("jim").presence().text());
    stage.takeEvents();
    stage.cut();
    assertEquals("unavailable", client.endpoint("jim").presence().text());
    assertEquals(List.of(), client.endpoint("jim").connections());

    stage.service.next(
        "post",
        "/v1/presenceobservers",
        200,
        "[{\"endpointId\":\"jim\",\"connectionStates\":{\"j2\":{\"type\":\"away\"}}}]");
    client.reconnectNow();

    assertEquals("away", client.endpoint("jim").presence().text());
    assertEquals("away", stage.event(PresenceChanged.class).presence().text());
  }

  @Test
  void presenceThatCannotBeAnnouncedIsReportedTwice() {
    Client client = stage.connected(stage.options().presence("available").build());
    stage.service.next("post", "/v1/presence", 500, "{}");

    comeBack(client);

    assertFalse(report().presenceRestored());
    assertEquals(ErrorOccurred.Origin.PRESENCE, stage.event(ErrorOccurred.class).origin());
  }

  @Test
  void aDropWhileRestoringStartsAfreshAndIsOneReconnect() {
    Client client = joined("lobby");
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.nextHangs("post", SEARCH);
    stage.cut();
    stage.time.advance(500);
    client.reconnectNow();
    stage.service.push("pubsub", message("lobby", "live", 300));
    stage.time.advance(500);

    stage.cut();
    assertEquals(List.of(), stage.events(Reconnected.class));
    stage.service.next(
        "post",
        SEARCH,
        200,
        history("lobby", message("lobby", "missed", 200), message("lobby", "later", 400)));
    stage.time.advance(500);
    client.reconnectNow();

    assertEquals(List.of("live seen", "missed missed", "missed later", "live live"), texts());
    Reconnected back = stage.event(Reconnected.class);
    assertEquals(1500, back.downtime().toMillis());
    assertEquals("conn-3", back.connectionId());
    assertEquals(1, client.inspect().reconnects());
  }

  @Test
  void afterALogoutWhileRestoringANewMembershipHearsItsMessages() {
    Client client = joined("lobby");
    stage.service.nextHangs("post", SEARCH);
    stage.cut();
    client.reconnectNow();
    join(client.disconnect());
    join(client.connect());
    join(client.join("lobby"));

    stage.service.push("pubsub", message("lobby", "live", 500));

    assertEquals(List.of("live live"), texts());
    assertEquals(List.of(), stage.events(Reconnected.class));
  }

  @Test
  void aGroupThatWasLeftDuringTheDropIsNotJoinedAgain() {
    Client client = joined("a", "b");
    stage.cut();
    join(client.group("a").leave());
    client.reconnectNow();

    assertEquals(Set.of("b"), report().groups());
    assertFalse(client.group("a").isJoined());
  }

  @Test
  void aGroupThatIsLeftAndJoinedAgainHearsItsMessages() {
    Client client = joined("a");
    stage.service.nextHangs("post", SEARCH);
    stage.cut();
    client.reconnectNow(); // messages are held back now
    stage.cut();
    join(client.group("a").leave());
    client.reconnectNow();
    join(client.join("a"));

    stage.service.push("pubsub", message("a", "live", 500));

    assertEquals(List.of("live live"), texts());
  }

  @Test
  void afterALogoutNothingIsRestored() {
    Client client = joined("lobby");
    join(client.observePresence(List.of("jim")));
    join(client.disconnect());
    stage.takeLog();
    join(client.connect());

    assertTrue(
        stage.takeLog().stream().noneMatch(l -> l.contains("group") || l.contains("observers")));
    assertFalse(client.group("lobby").isJoined());
    assertEquals(List.of(), client.inspect().observed());
  }

  @Test
  void whatAnAdministratorDidIsKeptAcrossADrop() {
    Client client = joined("mine");
    stage.service.push(
        "join",
        """
        {"header":{"channel":"given","timestamp":%d},"endpointId":"joe","connectionId":"conn-1"}"""
            .formatted(T + 10));
    stage.service.push(
        "leave",
        """
        {"header":{"channel":"mine"},"endpointId":"joe","connectionId":"conn-1"}""");
    assertEquals("given", stage.event(GroupJoined.class).group().id());
    assertEquals("mine", stage.event(GroupLeft.class).group().id());

    comeBack(client);

    assertEquals(Set.of("given"), report().groups());
  }

  @Test
  void aRequestThatTimesOutWhileRestoringIsARefusalOfWhatItAskedFor() {
    Client client = joined("lobby");
    stage.service.always("post", "/v1/groups", request -> null);
    stage.cut();
    client.reconnectNow();
    stage.time.advance(59_000); // requests end after 30 s

    assertEquals(Set.of("lobby"), report().refusedGroups().keySet());
    assertFalse(client.group("lobby").isJoined());
  }

  /** As an application does that knows what fits into one request. */
  private static void joinAndObserve(Client client, List<String> ids) {
    for (int from = 0; from < ids.size(); from += 500) {
      List<String> some = ids.subList(from, Math.min(from + 500, ids.size()));
      join(client.join(some));
      join(client.observePresence(some));
    }
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a-long-enough-id-" + i).toList();
  }

  @Test
  void moreThanFitIntoOneRequestAreRestoredButTheOneThatIsRefused() {
    Client client = stage.connected();
    List<String> all = ids(1500);
    joinAndObserve(client, all);
    String bad = all.get(1234);
    for (String path : List.of("/v1/groups", "/v1/presenceobservers")) {
      stage.service.always(
          "post",
          path,
          request ->
              request.line().contains('"' + bad + '"')
                  ? ScriptedService.response(403, "{\"error\":\"not that one\"}")
                  : ScriptedService.response(200, "{}"));
    }
    stage.takeEvents();
    stage.takeLog();

    comeBack(client);

    Set<String> rest = new HashSet<>(all);
    rest.remove(bad);
    RestoreReport report = report();
    assertEquals(rest, report.groups());
    assertEquals(rest, report.observed());
    assertEquals(rest, report.backfilled().keySet());
    assertEquals(Set.of(bad), report.refusedGroups().keySet());
    assertEquals(Set.of(bad), report.refusedObservers().keySet());
    assertEquals(1499, client.groups().size());
    assertEquals(1499, client.inspect().observed().size());
    assertTrue(stage.takeLog().size() < 100, "few requests find the one that is refused");
  }

  @Test
  void whatMeetsTheClientsOwnLimitIsAskedForAgain() {
    Client client = stage.connected(stage.options().presence("dnd").outboundLimit(1).build());
    join(client.join("lobby"));
    join(client.observePresence(List.of("jim")));
    stage.service.nextHangs("post", "/v1/presence");
    comeBack(client);
    stage.time.advance(100);
    assertEquals(List.of(), stage.events(Reconnected.class));

    stage.service.last("/v1/presence").answer(200, "{}");
    stage.time.advance(4000);

    assertEquals(Set.of("lobby"), report().groups());
    assertEquals(Set.of("jim"), report().observed());
    assertEquals(Map.of(), report().refusedGroups());
    assertEquals(Map.of(), report().refusedObservers());
  }

  @Test
  void whatMeetsTheServicesRateLimitIsNotGivenUp() {
    Client client = joined("a", "b");
    join(client.observePresence(List.of("jim")));
    for (String path : List.of("/v1/groups", "/v1/presenceobservers")) {
      stage.service.always("post", path, request -> ScriptedService.rateLimited(10));
    }
    comeBack(client);
    stage.time.advance(30_000);
    assertEquals(Set.of("a", "b"), report().refusedGroups().keySet(), "it had its tries");
    assertEquals(Set.of("jim"), report().refusedObservers().keySet());
    assertFalse(client.group("a").isJoined());

    stage.takeEvents();
    for (String path : List.of("/v1/groups", "/v1/presenceobservers")) {
      stage.service.always("post", path, request -> ScriptedService.response(200, "{}"));
    }
    comeBack(client);

    assertEquals(Set.of("a", "b"), report().groups());
    assertEquals(Set.of("jim"), report().observed());
  }

  @Test
  void whatTheServiceDidNotAnswerIsRestoredAfterTheNextDropWithWhatWasMissed() {
    Client client = joined("lobby");
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.nextHangs("post", "/v1/groups");
    comeBack(client);
    stage.time.advance(31_000);
    assertEquals(Set.of("lobby"), report().refusedGroups().keySet());
    assertTrue(reasons(report(), "lobby").containsKey(Gap.Kind.PERSISTED_GROUP_MESSAGES));

    stage.takeEvents();
    stage.service.next(
        "post",
        SEARCH,
        200,
        history("lobby", message("lobby", "missed", 200), message("lobby", "seen", 100)));
    comeBack(client);

    assertEquals(Set.of("lobby"), report().groups());
    assertEquals(List.of("missed missed"), texts());
    assertTrue(client.group("lobby").isJoined());
  }

  @Test
  void whatWaitsForALimitEndsWithItsConnection() {
    Client client = stage.connected(stage.options().presence("dnd").outboundLimit(1).build());
    join(client.join("lobby"));
    stage.service.nextHangs("post", "/v1/presence");
    comeBack(client);
    stage.time.advance(100);
    stage.takeLog();

    comeBack(client);
    stage.time.advance(4000);

    assertEquals(Set.of("lobby"), report().groups());
    assertEquals(
        1,
        stage.takeLog().stream().filter(line -> line.startsWith("post /v1/groups ")).count(),
        "the former one asks no more");
  }

  @Test
  void aGroupThatIsLeftBeforeItsTurnIsNotJoinedAgain() {
    Client client = joined("a", "b");
    stage.service.nextHangs("post", "/v1/groups");
    comeBack(client);
    ScriptedService.Received both = stage.service.last("/v1/groups");
    join(client.group("a").leave());
    stage.takeLog();

    both.answer(403, "{\"error\":\"not these\"}");

    assertEquals(
        List.of("post /v1/groups {\"groups\":[\"b\"]}"),
        stage.takeLog().stream().filter(line -> line.startsWith("post /v1/groups")).toList());
    assertEquals(Set.of("b"), report().groups());
    assertEquals(Map.of(), report().refusedGroups());
  }

  @Test
  void whileRestoringAnApplicationMayJoinTheSameGroup() {
    Client client = joined("lobby");
    stage.service.push("pubsub", message("lobby", "seen", 100));
    stage.service.nextHangs("post", "/v1/groups");
    stage.service.next("post", SEARCH, 200, history("lobby", message("lobby", "missed", 200)));
    stage.cut();
    client.reconnectNow();
    ScriptedService.Received restoring = stage.service.last("/v1/groups");
    stage.time.advance(1000);
    List<CompletionStage<?>> byHand = new ArrayList<>();
    byHand.add(client.join("lobby"));

    restoring.answer(200, "{}");

    join(byHand.get(0));
    assertEquals(List.of("live seen", "missed missed"), texts());
    assertEquals(Map.of("lobby", 1), report().backfilled());
  }
}
