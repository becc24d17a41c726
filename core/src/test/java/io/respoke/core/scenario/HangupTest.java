package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import io.respoke.ReconnectPolicy;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.media.ExternalMedia;
import io.respoke.protocol.Json;
import io.respoke.protocol.Signal;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How calls end when the connection does too, or is crowded. */
class HangupTest {
  private static final String SIGNALING = "/v1/signaling";

  @RegisterExtension final Stage stage = new Stage();

  private static CallOptions options() {
    return CallOptions.builder()
        .externalMedia(
            new ExternalMedia() {
              @Override
              public CompletionStage<String> createOffer() {
                return CompletableFuture.completedFuture("v=0");
              }

              @Override
              public CompletionStage<String> createAnswer(String offer) {
                return CompletableFuture.completedFuture("v=0");
              }

              @Override
              public CompletionStage<Void> applyAnswer(String answer) {
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void close() {}
            })
        .build();
  }

  private Call offered(Client client) {
    return client.startCall("jim", options());
  }

  private Call answered(Client client) {
    Call call = offered(client);
    stage.service.push("signal", Pushed.answer("jim", call.id()));
    assertEquals(CallState.CONNECTED, call.state());
    return call;
  }

  private Call ringing(Client client) {
    stage.service.push("signal", Pushed.offer("jim", "s1", Signal.CALL));
    return client.call("s1").orElseThrow();
  }

  /** The signals that were sent since {@code from}, each as its type and its recipient. */
  private List<String> sent(int from) {
    return stage.service.received().stream()
        .skip(from)
        .filter(one -> one.request().path().equals(SIGNALING))
        .map(HangupTest::words)
        .toList();
  }

  private static String words(ScriptedService.Received one) {
    JsonObject data = one.request().data();
    JsonObject signal = (JsonObject) Json.parse(Json.text(data, "signal"));
    return Json.text(signal, "signalType")
        + " "
        + Json.text(data, "to")
        + " "
        + Json.text(data, "toConnection");
  }

  private int requests() {
    return stage.service.received().size();
  }

  private void reconnect(Client client) {
    stage.time.advance(Duration.ofSeconds(10));
    assertEquals(ConnectionState.CONNECTED, client.state());
  }

  private void cut(Client client) {
    stage.cut();
    assertEquals(ConnectionState.RECONNECTING, client.state());
  }

  // --- a bye that cannot be sent

  @Test
  void whatTheCallerEndsWithoutAConnectionIsSaidOverTheNext() {
    Client client = stage.connected();
    Call call = answered(client);
    cut(client);
    int before = requests();

    join(call.hangup());
    assertEquals(HangupReason.LOCAL_HANGUP, stage.event(CallEnded.class).reason());
    assertEquals(List.of(), sent(before));
    reconnect(client);

    assertEquals(List.of("bye jim null"), sent(before));
    cut(client);
    reconnect(client);
    assertEquals(List.of("bye jim null"), sent(before), "once");
  }

  @Test
  void whatTheCalleeEndsWithoutAConnectionIsSaidOverTheNextAsTheOneWhoTookIt() {
    Client client = stage.connected();
    Call call = ringing(client);
    join(call.answer(options()));
    assertEquals(CallState.CONNECTED, call.state());
    cut(client);
    int before = requests();

    join(call.hangup());
    reconnect(client);

    assertEquals(List.of("status jim null", "bye jim null"), sent(before));
  }

  @Test
  void whatIsRejectedOrGivenUpWithoutAConnectionIsToo() {
    Client client = stage.connected();
    Call incoming = ringing(client);
    Call outgoing = offered(client);
    cut(client);
    int before = requests();

    join(incoming.reject());
    join(outgoing.hangup());
    reconnect(client);

    assertEquals(List.of("bye jim null", "bye jim null"), sent(before));
  }

  @Test
  void aByeUnderWayWhenTheConnectionIsLostIsSaidAgain() {
    Client client = stage.connected();
    Call call = answered(client);
    int before = requests();
    stage.service.nextHangs("post", SIGNALING);

    CompletionStage<Void> hangup = call.hangup();
    assertFalse(isDone(hangup));
    cut(client);
    join(hangup);
    reconnect(client);

    assertEquals(List.of("bye jim jim-1", "bye jim null"), sent(before));
  }

  @Test
  void afterAMinuteNobodyWaitsForItAnyMore() {
    Duration away = Duration.ofSeconds(60);
    Client client =
        stage.connected(
            stage
                .options()
                .reconnectPolicy(
                    ReconnectPolicy.defaults().withDelays(away, away).withJitter(false))
                .build());
    Call call = answered(client);
    int before = requests();
    cut(client);
    join(call.hangup());
    stage.time.advance(away);
    assertEquals(ConnectionState.CONNECTED, client.state());

    assertEquals(List.of(), sent(before));
  }

  @Test
  void aByeIsSentHoweverManyRequestsAreUnderWay() {
    Client client = stage.connected(stage.options().outboundLimit(1).build());
    Call call = answered(client);
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<?> waiting = client.request("get", "/v1/turn", null);
    assertFalse(isDone(waiting));
    int before = requests();

    join(call.hangup());

    assertEquals(List.of("bye jim jim-1"), sent(before));
  }

  @Test
  void anOfferThatWasNotSentNeedsNoBye() {
    Client client = stage.connected(stage.options().outboundLimit(1).build());
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<?> waiting = client.request("get", "/v1/turn", null);
    assertFalse(isDone(waiting));
    int before = requests();

    offered(client);

    assertEquals(HangupReason.SIGNALING_FAILED, stage.event(CallEnded.class).reason());
    assertEquals(List.of(), sent(before));
  }

  // --- who does not know that it is over

  @Test
  void whoAnswersTooLateIsToldThatItIsOver() {
    Client client = stage.connected();
    Call call = offered(client);
    join(call.hangup());
    int before = requests();

    stage.service.push("signal", Pushed.answer("jim", call.id()));

    assertEquals(List.of("bye jim jim-1"), sent(before));
  }

  @Test
  void whoClaimsACallThatIsOverIsTold() {
    Client client = stage.connected();
    Call call = answered(client);
    join(call.hangup());
    int before = requests();

    stage.service.push("signal", Pushed.status("jim", call.id(), "in progress"));

    assertEquals(List.of("bye jim jim-1"), sent(before));
  }

  @Test
  void whoHungUpItselfIsToldNothing() {
    Client client = stage.connected();
    Call call = offered(client);
    stage.service.push("signal", Pushed.bye("jim", call.id()));
    int before = requests();

    stage.service.push("signal", Pushed.answer("jim", call.id()));

    assertEquals(HangupReason.REMOTE_HANGUP, stage.event(CallEnded.class).reason());
    assertEquals(List.of(), sent(before));
  }

  // --- logging out

  @Test
  void anOfferThatComesWhileLoggingOutDoesNotRing() {
    Client client = stage.connected();
    stage.service.nextHangs("delete", "/v1/connections/conn-1/");
    CompletionStage<Void> disconnecting = client.disconnect();
    assertEquals(ConnectionState.DISCONNECTING, client.state());
    int before = requests();

    stage.service.push("signal", Pushed.offer("jim", "late", Signal.CALL));
    stage.time.advance(client.options().closeTimeout());

    join(disconnecting);
    assertEquals(List.of(), stage.events(IncomingCall.class));
    assertEquals(List.of(), client.calls());
    assertEquals(List.of(), stage.time.pending(), "nothing rings");
    assertEquals(List.of(), sent(before), "another connection of this endpoint may take it");
  }

  @Test
  void aCallThatComesJustBeforeLoggingOutEndsWithIt() {
    Client client = stage.connected();
    answered(client);
    client.once(
        CallEnded.class,
        ended -> stage.service.push("signal", Pushed.offer("jim", "late", Signal.CALL)));

    join(client.disconnect());

    assertEquals("late", stage.event(IncomingCall.class).call().id());
    assertEquals(2, stage.events(CallEnded.class).size());
    assertTrue(
        stage.events(CallEnded.class).stream()
            .allMatch(ended -> ended.reason() == HangupReason.CLIENT_CLOSED));
    assertEquals(List.of(), client.calls());
    assertEquals(List.of(), stage.time.pending(), "nothing rings");
  }
}
