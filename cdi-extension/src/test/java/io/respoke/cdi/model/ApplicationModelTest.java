package io.respoke.cdi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.event.Connected;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageEvent;
import io.respoke.event.MessageReceived;
import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicationModelTest {
  private static final Narrowing KIRK = new Narrowing(Narrowing.Kind.ENDPOINT, "kirk");
  private static final Narrowing BRIDGE = new Narrowing(Narrowing.Kind.GROUP, "bridge");

  private static ObserverSpec observer(Class<?> type, String client, Narrowing... narrowings) {
    return new ObserverSpec(
        type.getName(), Optional.ofNullable(client), Set.of(narrowings), "App.observer");
  }

  private static ApplicationModel model(ObserverSpec... observers) {
    ModelBuilder builder = new ModelBuilder();
    List.of(observers).forEach(builder::observer);
    return builder.build();
  }

  @Test
  void onlyWhatSomeObserverNamesIsWanted() {
    ApplicationModel model =
        model(observer(MessageEvent.class, null), observer(Connected.class, "sales"));
    assertEquals(Set.of(MessageReceived.class, GroupMessageReceived.class), model.wanted(""));
    assertEquals(
        Set.of(MessageReceived.class, GroupMessageReceived.class, Connected.class),
        model.wanted("sales"));
    assertEquals(Set.of("sales"), model.namedClients());
    assertTrue(model.observesAll());
  }

  @Test
  void narrowingLeavesOutEventsThatCannotHaveIt() {
    ApplicationModel model = model(observer(RespokeEvent.class, null, KIRK, BRIDGE));
    assertEquals(
        Set.of("GroupMessageReceived", "MemberJoined", "MemberLeft"),
        Set.copyOf(model.wanted("").stream().map(Class::getSimpleName).toList()));
    assertEquals(Set.of(KIRK, BRIDGE), model.narrowings(""));
  }

  @Test
  void observersOfEverythingAreNotOurs() {
    assertTrue(model(observer(Object.class, null)).isEmpty());
    assertTrue(!model(observer(Object.class, "sales")).wanted("sales").isEmpty());
  }

  @Test
  void anObserverOfWhatIsNoEventIsAProblem() {
    List<String> problems = model(observer(String.class, "sales")).problems();
    assertEquals(1, problems.size());
    assertTrue(
        problems
            .get(0)
            .startsWith(
                "App.observer observes java.lang.String with a qualifier of Respoke, but that is no"
                    + " event of Respoke. Observe one of: CallAnswered, "),
        problems.get(0));
  }

  @Test
  void aQualifierThatNoSuchEventHasIsAProblem() {
    assertEquals(
        List.of(
            "App.observer observes io.respoke.event.Connected with @InGroup, which no such event"
                + " has. Leave the qualifier out, or observe another event."),
        model(observer(Connected.class, null, BRIDGE)).problems());
  }

  @Test
  void twoBeansForOneInjectedClientAreAProblem() {
    ModelBuilder builder = new ModelBuilder();
    builder.client("", "App.client");
    builder.ownBean("", "App.one");
    assertEquals(List.of(), builder.build().problems());
    builder.ownBean("", "App.two");
    assertEquals(
        List.of(
            "There is more than one Client for the default client: App.one, App.two; injected into"
                + " App.client. Keep one, or tell them apart with @RespokeClient(\"name\")."),
        builder.build().problems());
  }

  @Test
  void aModelSurvivesBeingWrittenDown() {
    ModelBuilder builder = new ModelBuilder();
    builder.client("", "App.client");
    builder.client("a:b", "App.other");
    builder.admin("sales", "App.admin");
    builder.ownBean("own", "App.own");
    builder.observer(observer(MessageEvent.class, null, KIRK));
    builder.observer(observer(RespokeEvent.class, "", BRIDGE, KIRK));
    builder.observer(observer(Connected.class, "a:b"));
    assertEquals(builder.build(), ModelBuilder.decode(builder.encode()));
  }
}
