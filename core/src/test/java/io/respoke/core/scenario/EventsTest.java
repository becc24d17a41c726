package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.CallTarget;
import io.respoke.Client;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.Message;
import io.respoke.OverflowPolicy;
import io.respoke.ReconnectPolicy;
import io.respoke.RequestTimeoutException;
import io.respoke.Subscription;
import io.respoke.event.CallEvent;
import io.respoke.event.CallStateChanged;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.DirectConnectionEvent;
import io.respoke.event.DirectConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.IncomingCall;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.event.MessageEvent;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.event.RespokeEvent;
import io.respoke.event.SlowConsumer;
import io.respoke.event.UnknownEvent;
import io.respoke.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventsTest {
  @RegisterExtension final Stage stage = new Stage();

  private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();

  private void runCallbacks() {
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }

  private static String message(String from, String text) {
    return """
        {"header":{"type":"message","from":"%s","fromConnection":"%s-1","timestamp":1000,
        "requestId":"r"},"body":"%s"}"""
        .formatted(from, from, text);
  }

  private static String published(String group, String text) {
    return """
        {"header":{"type":"pubsub","from":"jim","fromConnection":"jim-1","channel":"%s",
        "timestamp":1000},"message":"%s"}"""
        .formatted(group, text);
  }

  private static String member(String group, String endpoint, String connection) {
    return """
        {"header":{"channel":"%s"},"endpointId":"%s","connectionId":"%s"}"""
        .formatted(group, endpoint, connection);
  }

  private static String presence(String endpoint, String connection, String type) {
    return """
        {"header":{"from":"%s","fromConnection":"%s"},"type":%s}"""
        .formatted(endpoint, connection, type);
  }

  private static String offer(String target, String more) {
    return """
        {"header":{"from":"jim","fromConnection":"jim-1"},"body":{"signalType":"offer",
        "sessionId":"s-%s","sessionDescription":{"type":"offer","sdp":"v=0"},"target":"%s"%s}}"""
        .formatted(target, target, more);
  }

  private static Set<Class<?>> records(Class<?> sealed) {
    Set<Class<?>> records = new HashSet<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        records.add(permitted);
      } else {
        records.addAll(records(permitted));
      }
    }
    return records;
  }

  @Test
  void everyEventOfTheVocabularyHappens() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client(stage.options().presence("available").inboundLimit(8).build());
    client.connect();
    runCallbacks();
    client.join("lobby");
    stage.service.push("message", message("jim", "hi"));
    stage.service.push("pubsub", published("lobby", "all"));
    runCallbacks();
    stage.service.push("join", member("lobby", "jim", "jim-1"));
    stage.service.push("leave", member("lobby", "jim", "jim-1"));
    stage.service.push("presence", presence("jim", "jim-1", "\"away\""));
    stage.service.push("signal", offer("call", ""));
    stage.service.push("signal", offer("directConnection", ""));
    stage.service.push("brand-new", "{}");
    stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(10));
    client.request("get", "/v1/turn", null);
    stage.time.advance(100);
    runCallbacks();
    client.group("lobby").leave();
    for (int i = 0; i < 20; i++) {
      stage.service.push("odd" + i, "{}");
    }
    runCallbacks();
    stage.http.next("post", "/v1/session-tokens", ScriptedHttp.json(503, "{}"));
    stage.cut();
    for (int i = 0; i < 10; i++) {
      stage.time.advance(1000);
      runCallbacks();
    }

    Set<Class<?>> seen =
        stage.events.stream().map(RespokeEvent::getClass).collect(Collectors.toSet());
    Set<Class<?>> expected = records(RespokeEvent.class);
    // What happens in calls needs media; it is shown where there is some.
    for (Class<?> ofCalls : List.of(CallEvent.class, DirectConnectionEvent.class)) {
      expected.removeAll(records(ofCalls));
      seen.removeAll(records(ofCalls));
    }
    assertEquals(expected, seen);
    stage.events.forEach(event -> assertSame(client, event.client()));
  }

  @Test
  void eventsOfOneSourceKeepTheirOrderAndReachTheClientsListenersFirst() {
    Client client = stage.connected();
    List<String> heard = new ArrayList<>();
    client.listen(MessageEvent.class, e -> heard.add("client " + e.message().text()));
    client
        .endpoint("jim")
        .listen(MessageReceived.class, e -> heard.add("jim " + e.message().text()));
    client.endpoint("kim").listen(MessageReceived.class, e -> heard.add("never"));
    client
        .group("lobby")
        .listen(GroupMessageReceived.class, e -> heard.add("lobby " + e.message().text()));

    stage.service.push("message", message("jim", "1"));
    stage.service.push("pubsub", published("lobby", "2"));
    stage.service.push("message", message("jim", "3"));

    assertEquals(List.of("client 1", "jim 1", "client 2", "lobby 2", "client 3", "jim 3"), heard);
  }

  @Test
  void oneSlowSourceDoesNotHoldUpAnother() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client();
    client.connect();
    runCallbacks();
    stage.takeEvents();

    stage.service.push("message", message("jim", "slow"));
    stage.service.push("message", message("jim", "behind it"));
    stage.service.push("message", message("kim", "fast"));
    assertEquals(2, callbacks.size(), "one delivery for each source, however many events");
    callbacks.removeLast().run();

    assertEquals(
        List.of("fast"),
        stage.events(MessageReceived.class).stream().map(e -> e.message().text()).toList());
    runCallbacks();
    assertEquals(3, stage.events(MessageReceived.class).size());
  }

  // --- messages

  @Test
  void aPrivateMessageSaysEverythingTheServiceDid() {
    Client client = stage.connected();
    stage.service.push("message", message("jim", "hi"));

    Message message = stage.event(MessageReceived.class).message();
    assertEquals("hi", message.text());
    assertEquals("jim", message.from());
    assertSame(client.endpoint("jim"), message.sender());
    assertSame(client.endpoint("jim"), message.endpoint().orElseThrow());
    assertEquals(Optional.of("jim-1"), message.connectionId());
    assertEquals(Optional.empty(), message.group());
    assertEquals(Instant.ofEpochMilli(1000), message.timestamp());
    assertFalse(message.isOwnCopy());
    assertFalse(message.isBackfilled());
    assertEquals(Optional.of("r"), message.requestId());
  }

  @Test
  void anOwnCopyBelongsToTheConversationWithTheRecipient() {
    Client client = stage.connected();
    stage.service.push(
        "message",
        """
        {"header":{"from":"joe","fromConnection":"phone","toOriginal":"jim"},"body":"from my phone"}
        """);

    Message message = stage.event(MessageReceived.class).message();
    assertTrue(message.isOwnCopy());
    assertEquals(Optional.of("jim"), message.originalRecipient());
    assertEquals("joe", message.from());
    assertSame(client.endpoint("jim"), message.endpoint().orElseThrow());
    assertEquals(ManualScheduler.EPOCH, message.timestamp(), "when it came, for lack of better");
  }

  @Test
  void contentOfEitherNameAndAnyShapeIsUnderstood() {
    stage.connected();
    stage.service.push("message", "{\"header\":{\"from\":\"jim\"},\"message\":{\"a\":1}}");
    stage.service.push("message", "{\"header\":{\"from\":\"jim\"},\"body\":\"{\\\"a\\\":1}\"}");
    stage.service.push("message", "{\"header\":{\"from\":\"jim\"},\"body\":[1]}");

    List<Message> messages =
        stage.events(MessageReceived.class).stream().map(MessageReceived::message).toList();
    assertEquals(Json.parse("{\"a\":1}"), messages.get(0).json());
    assertEquals("{\"a\":1}", messages.get(0).text());
    assertEquals(Map.of("a", 1), numbers(messages.get(0).as(Map.class)));
    assertEquals(Map.of("a", 1), numbers(messages.get(1).as(Map.class)), "objects sent as text");
    assertEquals("[1]", messages.get(2).text());
  }

  private static Map<Object, Integer> numbers(Map<?, ?> map) {
    return map.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey(), e -> ((Number) e.getValue()).intValue()));
  }

  // --- presence

  @Test
  void presenceOfEachConnectionIsKeptAndResolved() {
    Client client = stage.connected();
    stage.service.push("presence", presence("jim", "j1", "\"away\""));
    stage.service.push("presence", presence("jim", "j2", "\"chat\""));
    stage.service.push("presence", presence("jim", "j2", "{\"mood\":\"sunny\"}"));
    stage.service.push("presence", presence("jim", "j1", "\"unavailable\""));

    List<PresenceChanged> changes = stage.events(PresenceChanged.class);
    assertEquals(
        List.of("unavailable>away", "away>chat", "chat>away", "away>{\"mood\":\"sunny\"}"),
        changes.stream().map(e -> e.oldPresence().text() + ">" + e.presence().text()).toList());
    assertEquals("j2", changes.get(1).connection().orElseThrow().id());
    assertEquals(1, client.endpoint("jim").connections().size(), "j1 is gone");
    assertTrue(client.connection("j1").isEmpty());
    assertEquals(
        "sunny", client.connection("j2").orElseThrow().presence().as(Map.class).get("mood"));
  }

  @Test
  void aResolverOfTheApplicationDecidesAndOneThatThrowsIsReported() {
    List<Integer> asked = new ArrayList<>();
    Client client =
        stage.connected(
            stage
                .options()
                .presenceResolver(
                    presences -> {
                      asked.add(presences.size());
                      if (presences.size() > 1) {
                        throw new AssertionError("expected by the test");
                      }
                      return Json.string("resolved");
                    })
                .build());
    stage.service.push("presence", presence("jim", "j1", "\"away\""));
    assertEquals("resolved", client.endpoint("jim").presence().text());

    stage.service.push("presence", presence("jim", "j2", "\"chat\""));
    assertEquals("chat", client.endpoint("jim").presence().text(), "the default order decides");
    assertEquals(ErrorOccurred.Origin.PRESENCE_RESOLVER, stage.event(ErrorOccurred.class).origin());
    assertEquals(List.of(1, 2), asked);
  }

  // --- groups

  @Test
  void membersComeAndGoAndWhoeverIsInNoGroupAnyMoreIsForgotten() {
    Client client = stage.connected();
    join(client.join(List.of("a", "b")));
    stage.service.push("join", member("a", "jim", "j1"));
    stage.service.push("join", member("a", "jim", "j1"));
    stage.service.push("join", member("b", "jim", "j1"));
    assertEquals(2, stage.events(MemberJoined.class).size(), "joining twice is one membership");
    assertEquals(
        List.of("j1"), client.group("a").knownMembers().stream().map(c -> c.id()).toList());

    stage.service.push("leave", member("a", "jim", "j1"));
    assertTrue(client.connection("j1").isPresent(), "it is in b still");
    stage.service.push("leave", member("b", "jim", "j1"));

    assertEquals(2, stage.events(MemberLeft.class).size());
    assertEquals(List.of(), client.group("b").knownMembers());
    assertTrue(client.connection("j1").isEmpty());
    assertEquals(List.of(), client.endpoint("jim").connections());
  }

  @Test
  void aConnectionThatIsGoneIsForgottenWhicheverOfItsGoodbyesComesFirst() {
    Client client = stage.connected();
    join(client.join("a"));
    for (boolean presenceFirst : new boolean[] {true, false}) {
      stage.service.push("join", member("a", "jim", "j1"));
      stage.service.push("presence", presence("jim", "j1", "\"available\""));
      if (presenceFirst) {
        stage.service.push("presence", presence("jim", "j1", "\"unavailable\""));
      }
      stage.service.push("leave", member("a", "jim", "j1"));
      if (!presenceFirst) {
        assertEquals("available", client.endpoint("jim").presence().text());
        stage.service.push("presence", presence("jim", "j1", "\"unavailable\""));
      }
      assertTrue(client.connection("j1").isEmpty());
      assertEquals("unavailable", client.endpoint("jim").presence().text());
    }
  }

  // --- offers and unknown events

  @Test
  void offersAreToldOfWithWhatTheCallerAttached() {
    Client client = stage.connected();
    stage.service.push("signal", offer("call", ",\"metadata\":{\"why\":\"lunch\"}"));
    stage.service.push("signal", offer("directConnection", ""));
    stage.service.push(
        "signal", "{\"header\":{\"from\":\"jim\"},\"body\":{\"signalType\":\"bye\"}}");

    var call = stage.event(IncomingCall.class).call();
    assertEquals("s-call", call.id());
    assertEquals(CallTarget.CALL, call.target());
    assertSame(client.endpoint("jim"), call.endpoint().orElseThrow());
    assertEquals(Optional.of("jim-1"), call.connectionId());
    assertEquals(Json.parse("{\"why\":\"lunch\"}"), call.metadata().orElseThrow());
    var direct = stage.event(IncomingDirectConnection.class).directConnection();
    assertEquals("s-directConnection", direct.id());
    assertTrue(direct.metadata().isEmpty());
    assertEquals(1, stage.events(CallStateChanged.class).size());
    assertEquals(1, stage.events(DirectConnectionStateChanged.class).size());
    assertEquals(1, stage.events(ErrorOccurred.class).size(), "a bye without a session id");
    assertEquals(5, stage.events.size());
  }

  @Test
  void whatIsNotKnownIsAnEventTooWithEverythingThatCame() {
    stage.connected();
    stage.service.push("conference-topic", "{\"topic\":\"x\"}");
    stage.service.push("presence", "{\"type\":\"available\"}");

    List<UnknownEvent> unknown = stage.events(UnknownEvent.class);
    assertEquals("conference-topic", unknown.get(0).name());
    assertEquals(Json.parse("[{\"topic\":\"x\"}]"), unknown.get(0).payload());
    assertEquals("presence", unknown.get(1).name());
    assertFalse(unknown.get(1).problem().isEmpty());
  }

  // --- listeners

  @Test
  void aListenerForOneEventGetsOneAndASubscriptionEnds() {
    Client client = stage.connected();
    List<String> heard = new ArrayList<>();
    client.once(UnknownEvent.class, e -> heard.add("once " + e.name()));
    Subscription all = client.listen(UnknownEvent.class, e -> heard.add("all " + e.name()));

    stage.service.push("a", "{}");
    stage.service.push("b", "{}");
    all.close();
    stage.service.push("c", "{}");

    assertEquals(List.of("once a", "all a", "all b"), heard);
  }

  @Test
  void itIsKnownWhetherAnybodyListens() {
    Client client = stage.client();
    assertTrue(client.hasListeners(Connected.class), "the recorder listens to everything");
    assertThrows(NullPointerException.class, () -> client.listen(Connected.class, null));
    assertThrows(NullPointerException.class, () -> client.listen(null, e -> {}));
  }

  @Test
  void aListenerThatThrowsIsReportedAndTheOthersAreCalled() {
    Client client = stage.connected();
    List<String> heard = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("expected by the test");
    client.listen(
        UnknownEvent.class,
        e -> {
          throw failure;
        });
    client.listen(UnknownEvent.class, e -> heard.add(e.name()));

    stage.service.push("a", "{}");

    assertEquals(List.of("a"), heard);
    assertEquals(ErrorOccurred.Origin.LISTENER, stage.event(ErrorOccurred.class).origin());
    assertSame(failure, stage.event(ErrorOccurred.class).error());
  }

  @Test
  void aCallbackOfConnectThatThrowsIsReportedLikeAListener() {
    Client client =
        stage.client(
            stage
                .options()
                .onSuccess(
                    c -> {
                      throw new IllegalStateException("expected by the test");
                    })
                .build());

    join(client.connect());

    assertEquals(ErrorOccurred.Origin.LISTENER, stage.event(ErrorOccurred.class).origin());
  }

  @Test
  void aStageOfTheClientCannotBeCompletedByItsCaller() {
    stage.service.nextHangs("post", "/v1/connections");
    Client client = stage.client();
    CompletionStage<Client> connecting = client.connect();

    connecting.toCompletableFuture().cancel(true);
    stage.service.last("/v1/connections").answer(200, "{\"id\":\"c\",\"endpointId\":\"joe\"}");

    assertSame(client, join(connecting));
  }

  // --- slow consumers

  @ParameterizedTest
  @EnumSource
  void aSlowConsumerIsToldWhatItMissed(OverflowPolicy policy) {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client(stage.options().inboundLimit(8).overflowPolicy(policy).build());
    client.connect();
    runCallbacks();
    stage.takeEvents();
    for (int i = 1; i <= 11; i++) {
      stage.service.push("message", message("jim", "m" + i));
    }
    runCallbacks();

    List<String> texts =
        stage.events(MessageReceived.class).stream().map(e -> e.message().text()).toList();
    int first = policy == OverflowPolicy.DROP_OLDEST ? 4 : 1;
    assertEquals(IntStream.range(first, first + 8).mapToObj(i -> "m" + i).toList(), texts);
    List<SlowConsumer> told = stage.events(SlowConsumer.class);
    assertEquals(2, told.size());
    told.forEach(e -> assertEquals("endpoint:jim", e.source()));
    told.forEach(e -> assertEquals(policy, e.policy()));
    assertEquals(1, told.get(0).dropped());
    if (policy == OverflowPolicy.DISCONNECT) {
      assertEquals(DisconnectReason.SLOW_CONSUMER, stage.event(Disconnected.class).reason());
      assertEquals(ConnectionState.RECONNECTING, client.state());
    } else {
      assertEquals(3, told.get(1).dropped());
      assertEquals(3, client.inspect().droppedEvents());
      assertEquals(ConnectionState.CONNECTED, client.state());
    }
  }

  /** Listeners that take one message for each three that come, and drops in between. */
  @Test
  void withThePolicyDisconnectEveryMessageOfAGroupArrivesOnceAndInOrder() {
    stage.callbacksOn(callbacks::add);
    Client client =
        stage.client(
            stage
                .options()
                .inboundLimit(5)
                .overflowPolicy(OverflowPolicy.DISCONNECT)
                .reconnectPolicy(
                    ReconnectPolicy.defaults()
                        .withDelays(Duration.ofMillis(10), Duration.ofSeconds(1)))
                .build());
    List<String> heard = new ArrayList<>();
    List<String> published = new ArrayList<>();
    stage.service.always(
        "post",
        "/v1/group-history-search",
        request ->
            ScriptedService.response(200, "{\"lobby\":[" + String.join(",", published) + "]}"));
    client.connect();
    runCallbacks();
    client.join("lobby");
    runCallbacks();
    ArrayDeque<Runnable> slow = new ArrayDeque<>();
    client.group("lobby").listen(GroupMessageReceived.class, e -> heard.add(e.message().text()));
    int next = 0;
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 3; i++) {
        String event = persisted("m" + next, 10_000 + next);
        next++;
        published.add(0, event);
        if (published.size() > 50) {
          published.remove(50);
        }
        if (client.isConnected()) {
          stage.service.push("pubsub", event);
        }
      }
      // Whatever does not deliver to the group goes on; the group's listener is slow.
      slow.addAll(callbacks);
      callbacks.clear();
      if (round % 4 == 3) {
        runCallbacksAnd(slow);
      }
      stage.time.advance(20);
      if (round % 4 == 3) {
        runCallbacksAnd(slow);
      }
    }
    for (int i = 0; i < 20; i++) {
      stage.time.advance(1000);
      runCallbacksAnd(slow);
    }

    List<String> expected = IntStream.range(0, next).mapToObj(i -> "m" + i).toList();
    assertEquals(expected, heard);
    assertTrue(stage.events(SlowConsumer.class).size() > 2, "it was too slow more than once");
    assertTrue(stage.service.opened() > 2);
  }

  private void runCallbacksAnd(ArrayDeque<Runnable> slow) {
    while (!slow.isEmpty() || !callbacks.isEmpty()) {
      Runnable task = slow.isEmpty() ? callbacks.remove() : slow.remove();
      task.run();
    }
  }

  private static String persisted(String text, long at) {
    return """
        {"header":{"type":"pubsub","from":"jim","fromConnection":"jim-1","channel":"lobby",
        "timestamp":%d,"requestId":"%s"},"message":"%s"}"""
        .formatted(ManualScheduler.EPOCH.toEpochMilli() + at, text, text);
  }

  // --- publishers

  /** Takes events when the test says so. */
  private static final class Taker<E> implements Flow.Subscriber<E> {
    final List<E> taken = new ArrayList<>();
    Flow.Subscription subscription;
    boolean completed;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(E event) {
      taken.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {
      completed = true;
    }
  }

  @Test
  void aPublisherGivesEventsAsTheyAreAskedFor() {
    Client client = stage.connected();
    Taker<UnknownEvent> taker = new Taker<>();
    client.events(UnknownEvent.class).subscribe(taker);
    stage.service.push("a", "{}");
    stage.service.push("b", "{}");
    assertEquals(List.of(), taker.taken);

    taker.subscription.request(1);
    assertEquals(List.of("a"), taker.taken.stream().map(UnknownEvent::name).toList());
    taker.subscription.request(10);
    stage.service.push("c", "{}");
    assertEquals(List.of("a", "b", "c"), taker.taken.stream().map(UnknownEvent::name).toList());
  }

  @Test
  void aSlowSubscriberLosesWhatDoesNotFitAndIsToldOfIt() {
    Client client = stage.connected(stage.options().inboundLimit(4).build());
    Taker<UnknownEvent> slow = new Taker<>();
    Taker<UnknownEvent> fast = new Taker<>();
    client.events(UnknownEvent.class).subscribe(slow);
    client.events(UnknownEvent.class).subscribe(fast);
    fast.subscription.request(Long.MAX_VALUE);
    for (int i = 0; i < 7; i++) {
      stage.service.push("e" + i, "{}");
    }
    slow.subscription.request(Long.MAX_VALUE);

    assertEquals(
        List.of("e0", "e1", "e2", "e3"), slow.taken.stream().map(UnknownEvent::name).toList());
    assertEquals(7, fast.taken.size());
    List<SlowConsumer> told = stage.events(SlowConsumer.class);
    assertEquals(3, told.size());
    told.forEach(e -> assertEquals("flow", e.source()));
    assertEquals(3, client.inspect().droppedEvents());
  }

  @Test
  void subscribersThatAreTooSlowForTheNewsOfThatTooAreCountedAndNoMore() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client(stage.options().inboundLimit(2).build());
    client.connect();
    runCallbacks();
    stage.takeEvents();
    Taker<RespokeEvent> all = new Taker<>();
    Taker<SlowConsumer> news = new Taker<>();
    client.events(RespokeEvent.class).subscribe(all);
    client.events(SlowConsumer.class).subscribe(news);

    for (int i = 0; i < 7; i++) {
      stage.service.push("e" + i, "{}");
      for (int task = 0; !callbacks.isEmpty(); task++) {
        assertTrue(task < 100, "the queue never empties");
        callbacks.remove().run();
      }
    }
    CompletionStage<Void> draining = client.drain(Duration.ofSeconds(10));
    stage.time.advance(1000);
    runCallbacks();

    join(draining);
    assertEquals(5, stage.events(SlowConsumer.class).size(), "one for each that did not fit");
    int droppedNews = 5 + 3; // of the one that takes everything, and of the one that takes news
    assertEquals(5 + droppedNews, client.inspect().droppedEvents());
    all.subscription.request(Long.MAX_VALUE);
    news.subscription.request(Long.MAX_VALUE);
    runCallbacks();
    assertEquals(
        List.of("e0", "e1"), all.taken.stream().map(e -> ((UnknownEvent) e).name()).toList());
    assertEquals(2, news.taken.size());
  }

  @Test
  void newsOfSlowSubscribersDoesNotPileUpBehindAListenerThatIsStuck() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client(stage.options().inboundLimit(2).build());
    client.connect();
    runCallbacks();
    stage.takeEvents();
    client.events(MessageReceived.class).subscribe(new Taker<>());
    List<Integer> waiting = new ArrayList<>();
    client.listen(
        UnknownEvent.class,
        stuck -> {
          for (int i = 0; i < 20; i++) {
            stage.service.push("message", message("jim", "m" + i));
            runCallbacks();
          }
          waiting.add(client.inspect().waitingEvents());
        });

    stage.service.push("stuck", "{}");
    runCallbacks();

    assertEquals(1, waiting.size());
    assertTrue(waiting.get(0) < 5, "there wait " + waiting);
    assertEquals(
        18, stage.events(SlowConsumer.class).stream().mapToLong(SlowConsumer::dropped).sum());
    assertEquals(2, stage.events(SlowConsumer.class).size(), "the first, and all the others");
  }

  @Test
  void aSubscriberThatCancelsGetsNothingMoreAndIsForgotten() {
    Client client = stage.connected();
    Taker<UnknownEvent> taker = new Taker<>();
    client.events(UnknownEvent.class).subscribe(taker);
    taker.subscription.request(10);
    taker.subscription.cancel();

    stage.service.push("a", "{}");
    stage.service.push("b", "{}");

    assertEquals(List.of(), taker.taken);
  }

  @Test
  void publishersCompleteWhenTheClientIsClosedAfterItsLastEvent() {
    Client client = stage.connected();
    Taker<RespokeEvent> taker = new Taker<>();
    client.events(RespokeEvent.class).subscribe(taker);
    taker.subscription.request(100);

    client.close();

    assertTrue(taker.completed);
    List<RespokeEvent> last = taker.taken.subList(taker.taken.size() - 2, taker.taken.size());
    assertEquals(
        ConnectionState.CLOSED,
        assertInstanceOf(ConnectionStateChanged.class, last.get(0)).newState());
    assertInstanceOf(Disconnected.class, last.get(1));
    Taker<RespokeEvent> late = new Taker<>();
    client.events(RespokeEvent.class).subscribe(late);
    assertTrue(late.completed);
  }

  // --- drain

  @Test
  void drainWaitsForRequestsAndEvents() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client();
    client.connect();
    runCallbacks();
    stage.service.nextHangs("get", "/v1/turn");
    client.request("get", "/v1/turn", null);
    stage.service.push("message", message("jim", "hi"));
    List<String> drained = new ArrayList<>();
    client.drain(Duration.ofSeconds(10)).thenRun(() -> drained.add("drained"));

    stage.time.advance(100);
    callbacks.poll().run(); // the message
    stage.time.advance(100);
    runCallbacks();
    assertEquals(List.of(), drained);
    stage.service.last("/v1/turn").answer(200, "{}");
    stage.time.advance(100);
    runCallbacks();

    assertEquals(List.of("drained"), drained);
  }

  @Test
  void drainGivesUpAtItsDeadline() {
    Client client = stage.connected();
    stage.service.nextHangs("get", "/v1/turn");
    client.request("get", "/v1/turn", null);

    CompletionStage<Void> draining = client.drain(Duration.ofSeconds(1));
    stage.time.advance(1000);

    failure(RequestTimeoutException.class, draining);
  }

  @Test
  void drainInsideAListenerDoesNotWaitForThatListener() {
    Client client = stage.connected();
    List<CompletionStage<Void>> draining = new ArrayList<>();
    client.once(UnknownEvent.class, e -> draining.add(client.drain(Duration.ofSeconds(1))));

    stage.service.push("a", "{}");

    join(draining.get(0));
  }

  @Test
  void drainEndsWithTheClient() {
    stage.callbacksOn(callbacks::add);
    Client client = stage.client();
    client.connect();
    runCallbacks();
    stage.service.push("message", message("jim", "hi"));
    List<Throwable> failures = new ArrayList<>();
    client.drain(Duration.ofSeconds(60)).whenComplete((done, failure) -> failures.add(failure));

    client.close();
    runCallbacks();

    assertEquals(1, failures.size());
    assertTrue(failures.get(0) instanceof ConnectionLostException, "" + failures);
    CompletionStage<Void> afterwards = client.drain(Duration.ofSeconds(60));
    runCallbacks();
    join(afterwards);
  }
}
