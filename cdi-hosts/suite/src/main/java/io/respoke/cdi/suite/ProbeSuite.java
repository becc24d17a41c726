package io.respoke.cdi.suite;

import static io.respoke.cdi.suite.People.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.event.IncomingCall;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an application sees of the extension, in whatever container it is. The application is {@link
 * Probe} and {@link ProbeObservers}, configured with {@link People#properties}.
 */
public abstract class ProbeSuite {
  private static final int MANY = 200;

  private @Nullable People atTheService;

  /** The running application. */
  protected abstract Probe probe();

  /** Others at the service that the application was configured for. */
  protected abstract People meet();

  @BeforeEach
  void everybodyIsConnected() {
    atTheService = meet();
    await(probe().client().connect());
    await(probe().sales().connect());
  }

  private People people() {
    return Objects.requireNonNull(atTheService);
  }

  @AfterEach
  void nobodyIsLeft() {
    people().close();
    probe().clear();
  }

  private void hear(String text) throws Exception {
    String heard = probe().next("anyMessage");
    while (!heard.equals(text)) {
      heard = probe().next("anyMessage");
    }
  }

  @Test
  void clientsAreInjectedByTheirNames() {
    assertEquals("probe", probe().client().endpointId().orElseThrow());
    assertEquals("sales", probe().sales().endpointId().orElseThrow());
    assertEquals(ConnectionState.CONNECTED, probe().client().state());
  }

  @Test
  void theAdministrationClientHasTheSecret() {
    assertFalse(
        await(probe().admin().createToken(TokenSpec.of("ada", RoleRef.appDefault())))
            .token()
            .isEmpty());
  }

  @Test
  void messagesOfOneSenderComeInOrderToObserversOfBothKinds() throws Exception {
    Client kirk = people().connect("kirk");
    List<String> sent = IntStream.range(0, MANY).mapToObj(String::valueOf).toList();
    CompletionStage<Void> last = kirk.setOnline();
    for (String text : sent) {
      last = kirk.sendMessage("probe", text);
    }
    await(last);
    for (String text : sent) {
      assertEquals(text, probe().next("message"));
      assertEquals(text, probe().next("async"));
    }
  }

  @Test
  void copiesOfOwnMessagesBelongToTheConversationAndDoNotWaitForEachOther() throws Exception {
    Client desk = people().connect("probe");
    people().connect("kirk");
    people().connect("spock");
    await(desk.sendMessage("kirk", ProbeObservers.WAIT));
    await(desk.sendMessage("spock", ProbeObservers.GO_ON));
    assertEquals(ProbeObservers.GO_ON, probe().next("waited for"));
    List<String> both = List.of(probe().next("async"), probe().next("async"));
    assertTrue(both.contains(ProbeObservers.WAIT), both.toString());
  }

  @Test
  void anObserverThatNamesAClientHearsNoOther() throws Exception {
    Client kirk = people().connect("kirk");
    await(kirk.sendMessage("probe", "to the default"));
    await(kirk.sendMessage("sales", "to sales"));
    assertEquals("to sales", probe().next("sales"));
    assertEquals(0, probe().left("sales"));
  }

  @Test
  void anObserverThatNamesAnEndpointHearsNoOther() throws Exception {
    await(people().connect("spock").sendMessage("probe", "from spock"));
    hear("from spock");
    await(people().connect("kirk").sendMessage("probe", "from kirk"));
    assertEquals("from kirk", probe().next("kirk"));
    assertEquals(0, probe().left("kirk"));
  }

  @Test
  void anObserverThatNamesAGroupAndAnEndpointHearsWhatIsBoth() throws Exception {
    Client kirk = people().connect("kirk");
    Client spock = people().connect("spock");
    for (Client client : List.of(probe().client(), kirk, spock)) {
      await(client.join(List.of("bridge", "engine")));
    }
    await(spock.group("bridge").sendMessage("spock, bridge"));
    hear("spock, bridge");
    await(kirk.group("engine").sendMessage("kirk, engine"));
    hear("kirk, engine");
    await(kirk.group("bridge").sendMessage("kirk, bridge"));
    assertEquals("kirk, bridge", probe().next("kirkOnTheBridge"));
    assertEquals(0, probe().left("kirkOnTheBridge"));
    assertEquals("spock, bridge", probe().next("bridge"));
    assertEquals("kirk, bridge", probe().next("bridge"));
    assertEquals(0, probe().left("bridge"));
    await(probe().client().leave(List.of("bridge", "engine")));
  }

  @Test
  void eachEventHasARequestOfItsOwn() throws Exception {
    Client kirk = people().connect("kirk");
    await(kirk.sendMessage("probe", "one"));
    await(kirk.sendMessage("probe", "two"));
    String first = probe().next("request");
    assertNotEquals("several", first);
    assertNotEquals(first, probe().next("request"));
  }

  @Test
  void anObserverThatThrowsStopsNobodyAndIsReported() throws Exception {
    Client kirk = people().connect("kirk");
    await(kirk.sendMessage("probe", ProbeObservers.TROUBLE));
    assertEquals(ProbeObservers.TROUBLE, probe().next("message"));
    List<String> errors = List.of(probe().next("error"), probe().next("error"));
    assertTrue(errors.contains("LISTENER: in trouble"), errors.toString());
    assertTrue(errors.contains("LISTENER: in trouble elsewhere"), errors.toString());
    await(kirk.sendMessage("probe", "all is well"));
    assertEquals("all is well", probe().next("message"));
    assertEquals("all is well", probe().next("async"));
  }

  @Test
  void observersSeeTheApplicationsClassLoader() throws Exception {
    await(people().connect("kirk").sendMessage("probe", "hello"));
    assertEquals("Probe", probe().next("loader"));
  }

  @Test
  void whatNobodyObservesIsNotListenedTo() {
    assertTrue(probe().client().hasListeners(MessageReceived.class));
    assertFalse(probe().client().hasListeners(PresenceChanged.class));
  }

  @Test
  void observingIncomingCallsCountsAsListening() throws Exception {
    assertTrue(probe().client().hasListeners(IncomingCall.class));
    Client kirk = people().connect("kirk");
    kirk.startAudioCall("probe", CallOptions.builder().externalMedia(new FixedMedia()).build());
    assertEquals("kirk", probe().next("incoming"));
    assertEquals(0, probe().left("outgoing"));
  }

  @Test
  void aCallThatComesInHasAScopeFromItsOfferToItsEnd() throws Exception {
    Client kirk = people().connect("kirk");
    Call first = call(kirk, "probe");
    String one = probe().next("call " + first.id()).replaceFirst(".* ", "");
    Call second = call(kirk, "probe");
    String two = probe().next("call " + second.id()).replaceFirst(".* ", "");
    assertNotEquals(one, two);
    await(first.hangup());
    assertEquals(List.of(one), distinct("call " + first.id()));
    assertEquals(List.of(one), distinct("callAsync " + first.id()));
    assertEquals(one, probe().next("ended " + first.id()));
    assertEquals(one, probe().next("destroyed"));
    await(second.hangup());
    assertEquals(List.of(two), distinct("callAsync " + second.id()));
    assertEquals(two, probe().next("destroyed"));
    assertEquals(0, probe().left("destroyed"));
  }

  @Test
  void aCallThatTheApplicationMakesHasAScopeToo() throws Exception {
    people().connect("kirk");
    Call call = call(probe().client(), "kirk");
    String number = probe().next("call " + call.id()).replaceFirst(".* ", "");
    await(call.hangup());
    assertEquals(List.of(number), distinct("call " + call.id()));
    assertEquals(List.of(number), distinct("callAsync " + call.id()));
    assertEquals(number, probe().next("destroyed"));
    assertEquals(0, probe().left("destroyed"));
  }

  @Test
  void theScopeOfACallIsNowhereElse() {
    PerCall perCall = probe().perCall();
    assertThrows(ContextNotActiveException.class, perCall::number);
  }

  private static Call call(Client caller, String callee) {
    return caller.startAudioCall(
        callee, CallOptions.builder().externalMedia(new FixedMedia()).build());
  }

  /** The numbers that an observer saw until the end of its call. */
  private List<String> distinct(String observer) throws Exception {
    Set<String> numbers = new LinkedHashSet<>();
    String next;
    do {
      next = probe().next(observer);
      numbers.add(next.replaceFirst(".* ", ""));
    } while (!next.startsWith("CallEnded "));
    return List.copyOf(numbers);
  }
}
