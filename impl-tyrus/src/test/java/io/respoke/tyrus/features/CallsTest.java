package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AddressType;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.CallerId;
import io.respoke.Client;
import io.respoke.ConnectionLostException;
import io.respoke.HangupReason;
import io.respoke.MediaException;
import io.respoke.event.CallAnswered;
import io.respoke.event.CallEnded;
import io.respoke.event.CallEvent;
import io.respoke.event.CallProgressed;
import io.respoke.event.CallStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.IncomingCall;
import io.respoke.event.Reconnected;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Json;
import io.respoke.tyrus.features.Stage.Seen;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The signalling of calls between two clients; their media is a media server that only describes.
 */
@DisplayName("M10 calls, their signalling")
class CallsTest {
  private final Stage stage = new Stage();
  private final Client alice = stage.connected(stage.brokered("alice"));
  private final Client bob = stage.connected(stage.brokered("bob"));
  private final Seen<IncomingCall> ringing = seen(bob, IncomingCall.class);
  private final MediaServer alicesMedia = new MediaServer("alice");
  private final MediaServer bobsMedia = new MediaServer("bob");

  /** Describes what it would do, and remembers what it is told. */
  private static final class MediaServer implements ExternalMedia {
    final Seen<String> told = new Seen<>();
    private final String name;

    MediaServer(String name) {
      this.name = name;
    }

    private String sdp() {
      return "v=0\r\no="
          + name
          + " 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
          + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\na=sendrecv\r\n";
    }

    @Override
    public CompletionStage<String> createOffer() {
      return CompletableFuture.completedFuture(sdp());
    }

    @Override
    public CompletionStage<String> createAnswer(String offer) {
      told.add(offer);
      return CompletableFuture.completedFuture(sdp());
    }

    @Override
    public CompletionStage<Void> applyAnswer(String answer) {
      told.add(answer);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private CallOptions alices() {
    return CallOptions.builder().externalMedia(alicesMedia).build();
  }

  private CallOptions bobs() {
    return CallOptions.builder().externalMedia(bobsMedia).build();
  }

  @Test
  void callsAnswersAndHangsUp() {
    Seen<CallStateChanged> states = new Seen<>();
    Call call =
        alice.startCall(
            "bob",
            alices().toBuilder()
                .metadata(Json.object().add("topic", "lunch").build())
                .callerId(CallerId.of("Alice", "123"))
                .on(CallStateChanged.class, states::add)
                .build());

    Call incoming = ringing.next().call();
    assertEquals(call.id(), incoming.id());
    assertEquals("alice", incoming.remoteId());
    assertEquals(AddressType.WEB, incoming.remoteType());
    assertEquals(alice.connectionId(), incoming.connectionId());
    assertEquals("{\"topic\":\"lunch\"}", incoming.metadata().orElseThrow().toString());
    assertEquals(Optional.of(CallerId.of("Alice", "123")), incoming.callerId());
    assertTrue(incoming.isOffered(MediaKind.AUDIO));
    assertFalse(incoming.isOffered(MediaKind.VIDEO));
    assertFalse(incoming.isOutgoing());
    assertEquals(CallState.RINGING, incoming.state());
    assertEquals(List.of(incoming), bob.calls());

    Seen<CallEnded> ended = new Seen<>();
    call.listen(CallEnded.class, ended::add);
    get(incoming.answer(bobs()));
    get(call.connected());

    assertTrue(bobsMedia.told.next().contains("o=alice"));
    assertTrue(alicesMedia.told.next().contains("o=bob"));
    assertEquals(bob.connectionId(), call.connectionId());
    assertTrue(call.isOffered(MediaKind.AUDIO));

    get(incoming.hangup("bye for now"));

    CallEnded end = ended.next();
    assertEquals(HangupReason.REMOTE_HANGUP, end.reason());
    assertEquals(Optional.of("bye for now"), end.text());
    assertEquals(Optional.of(HangupReason.LOCAL_HANGUP), incoming.hangupReason());
    assertEquals("closed", alicesMedia.told.next());
    assertEquals("closed", bobsMedia.told.next());
    assertEquals(List.of(), alice.calls());
    assertEquals(List.of(), bob.calls());
    List<CallState> path =
        List.of(
            CallState.PREPARING,
            CallState.OFFERING,
            CallState.CONNECTING,
            CallState.CONNECTED,
            CallState.TERMINATED);
    for (CallState state : path) {
      assertEquals(state, states.next().newState());
    }
  }

  @Test
  void rejects() {
    Call call = alice.startCall("bob", alices());
    Seen<CallEnded> ended = new Seen<>();
    call.listen(CallEnded.class, ended::add);

    get(ringing.next().call().reject("busy"));

    assertEquals(HangupReason.BUSY, ended.next().reason());
    assertInstanceOf(MediaException.class, failure(call.connected()));
  }

  @Test
  void theCallerGivesUp() {
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    Call call = alice.startCall("bob", alices());
    Call incoming = ringing.next().call();

    get(call.hangup());

    assertEquals(incoming, ended.next().call());
    assertEquals(HangupReason.REMOTE_HANGUP, incoming.hangupReason().orElseThrow());
  }

  @Test
  void tellsHowFarItIs() {
    Call call = alice.startCall("bob", alices());
    Seen<CallProgressed> progress = new Seen<>();
    call.listen(CallProgressed.class, progress::add);

    get(ringing.next().call().sendStatus(CallStatus.RINGING));

    assertEquals(CallStatus.RINGING, progress.next().status());
  }

  @Test
  void nobodyIsThere() {
    Seen<CallEnded> ended = seen(alice, CallEnded.class);

    Call call = alice.startCall("nobody", alices());

    assertEquals(call, ended.next().call());
    assertEquals(HangupReason.UNAVAILABLE, call.hangupReason().orElseThrow());
  }

  @Test
  void nobodyAnswers() {
    Client hasty = stage.connected(stage.brokered("hasty").ringTimeout(Duration.ofMillis(300)));
    Seen<CallEnded> ended = seen(hasty, CallEnded.class);
    Seen<CallEnded> endedThere = seen(bob, CallEnded.class);

    hasty.startCall("bob", alices());
    ringing.next();

    assertEquals(HangupReason.NO_ANSWER, ended.next().reason());
    assertEquals(HangupReason.NO_ANSWER, endedThere.next().reason());
  }

  @Test
  void oneOfTwoConnectionsTakesIt() {
    Client second = stage.connected(stage.brokered("bob"));
    Seen<IncomingCall> ringingThere = seen(second, IncomingCall.class);
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    Call call = alice.startCall("bob", alices());
    ringing.next();

    get(ringingThere.next().call().answer(bobs()));

    assertEquals(HangupReason.ANSWERED_ELSEWHERE, ended.next().reason());
    get(call.connected());
    assertEquals(second.connectionId(), call.connectionId());
  }

  @Test
  void oneOfTwoConnectionsRejectsForBoth() {
    Client second = stage.connected(stage.brokered("bob"));
    Seen<IncomingCall> ringingThere = seen(second, IncomingCall.class);
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    alice.startCall("bob", alices());
    ringing.next();

    get(ringingThere.next().call().reject());

    assertEquals(HangupReason.REJECTED_ELSEWHERE, ended.next().reason());
  }

  @Test
  void aConnectionWithoutListenersLeavesTheCallToOthers() {
    Client deaf = stage.connected(stage.brokered("bob"));
    Call call = alice.startCall("bob", alices());

    get(ringing.next().call().answer(bobs()));

    get(call.connected());
    assertEquals(List.of(), deaf.calls());
  }

  @Test
  void aConnectionThatIsToldToRejectsWhatNobodyListensFor() {
    Client carol = stage.connected(stage.brokered("carol").rejectUnhandledCalls(true));
    Seen<CallEnded> ended = seen(alice, CallEnded.class);

    Call call = alice.startCall("carol", alices());

    assertEquals(HangupReason.REMOTE_HANGUP, ended.next().reason());
    assertEquals(List.of(), carol.calls());
    assertEquals(CallState.TERMINATED, call.state());
  }

  @Test
  void onlyOneConnectionRings() {
    Client second = stage.connected(stage.brokered("bob"));
    Seen<IncomingCall> ringingThere = seen(second, IncomingCall.class);

    Call call =
        alice.startCall(
            "bob", alices().toBuilder().connectionId(second.connectionId().orElseThrow()).build());
    get(ringingThere.next().call().answer(bobs()));

    get(call.connected());
    assertEquals(0, ringing.left());
  }

  @Test
  void callsCrossAndAreTwoCalls() {
    Seen<IncomingCall> ringingAtAlice = seen(alice, IncomingCall.class);
    Call there = alice.startCall("bob", alices());
    Call back =
        bob.startCall("alice", CallOptions.builder().externalMedia(new MediaServer("bob")).build());

    get(ringing.next().call().answer(bobs()));
    get(
        ringingAtAlice
            .next()
            .call()
            .answer(CallOptions.builder().externalMedia(new MediaServer("alice")).build()));

    get(there.connected());
    get(back.connected());
    assertEquals(2, alice.calls().size());
  }

  @Test
  void previewsBeforeAnythingIsSent() {
    Seen<Call> shown = new Seen<>();
    Call call = alice.startCall("bob", alices().toBuilder().preview(shown::add).build());

    assertEquals(call, shown.next());
    assertEquals(CallState.APPROVING, call.state());
    assertEquals(0, ringing.left());
    call.approve();

    get(ringing.next().call().answer(bobs()));
    get(call.connected());
  }

  @Test
  void endpointsHearTheirOwnCalls() {
    Seen<CallEvent> heard = new Seen<>();
    bob.endpoint("alice").listen(IncomingCall.class, heard::add);
    alice.startCall("bob", alices());

    assertEquals("alice", heard.next().call().remoteId());
  }

  @Test
  void reportsEachCallWhenAskedTo() throws Exception {
    Client reporting = stage.connected(stage.brokered("carol").enableCallDebugReport(true));
    String connectionId = reporting.connectionId().orElseThrow();
    Call call = reporting.startCall("bob", alices());
    get(ringing.next().call().answer(bobs()));
    get(call.connected());
    get(call.hangup());

    // What is asked for later is answered later.
    get(reporting.endpoint("bob").sendMessage("after it"));
    JsonArray reports = callReports();
    assertEquals(1, reports.size()); // bob's client was not asked to
    JsonObject report = reports.getJsonObject(0).getJsonObject("debugData").getJsonObject("report");
    assertEquals(call.id(), report.getString("sessionId"));
    assertEquals("carol", report.getString("callerendpoint"));
    assertEquals(connectionId, report.getString("callerconnection"));
    assertEquals("bob", report.getString("calleeendpoint"));
    assertEquals("LOCAL_HANGUP", report.getString("callStoppedReason"));
    assertTrue(report.getJsonArray("sdpsSent").toString().contains("o=alice"));
    assertTrue(report.getJsonArray("sdpsReceived").toString().contains("o=bob"));
  }

  private JsonArray callReports() throws Exception {
    HttpURLConnection reports =
        (HttpURLConnection)
            stage.service.baseUrl().resolve("/v1/call-debugs").toURL().openConnection();
    reports.setRequestProperty("App-Secret", stage.service.app().secret());
    try (InputStream body = reports.getInputStream()) {
      return Json.parseArray(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void closesMediaThatNeverCameToUse() {
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    Call call = alice.startCall("bob", alices());
    Call incoming = ringing.next().call();
    get(call.hangup());
    ended.next();
    failure(incoming.answer(bobs()));
    assertEquals("closed", bobsMedia.told.next());

    // There is no backend here that could use it.
    Seen<String> closed = new Seen<>();
    Call unheard =
        alice.startCall("bob", CallOptions.builder().microphone(new Closing(closed)).build());
    failure(unheard.connected());
    assertEquals("closed", closed.next());
    assertEquals(0, closed.left());
  }

  @Test
  void aCallForcedThroughARelayThatIsNotThereSaysSo() {
    Seen<CallEnded> ended = seen(alice, CallEnded.class);
    alice.startCall("bob", CallOptions.builder().forceTurn(true).build());
    CallEnded end = ended.next();
    assertEquals(HangupReason.ICE_FAILED, end.reason());
    MediaException cause = assertInstanceOf(MediaException.class, end.cause().orElseThrow());
    assertTrue(cause.getMessage().contains("TURN"), cause::getMessage);
    assertEquals(0, ringing.left());
  }

  /** Says when it is closed. */
  private record Closing(Seen<String> told) implements AudioSource {
    @Override
    public AudioFormat format() {
      return AudioFormat.MONO_48K;
    }

    @Override
    public boolean read(short[] samples) {
      return false;
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  @Test
  void mediaOfTheApplicationsMayFail() {
    Call call =
        alice.startCall(
            "bob",
            CallOptions.builder()
                .externalMedia(
                    new ExternalMedia() {
                      @Override
                      public CompletionStage<String> createOffer() {
                        throw new IllegalStateException("no ports left");
                      }

                      @Override
                      public CompletionStage<String> createAnswer(String offer) {
                        return CompletableFuture.completedFuture("");
                      }

                      @Override
                      public CompletionStage<Void> applyAnswer(String answer) {
                        return CompletableFuture.completedFuture(null);
                      }
                    })
                .build());

    assertTrue(failure(call.connected()).getCause().getMessage().contains("no ports left"));
    assertEquals(HangupReason.NEGOTIATION_FAILED, call.hangupReason().orElseThrow());
  }

  @Test
  void withoutAMediaBackendSaysWhatToAdd() {
    Call call = alice.startAudioCall("bob", CallOptions.defaults());

    String why = String.valueOf(failure(call.connected()).getCause().getMessage());
    assertTrue(why.contains("io.respoke:respoke-impl-webrtc"), why);
    assertEquals(HangupReason.MEDIA_FAILED, call.hangupReason().orElseThrow());
  }

  @Test
  void needsAConnection() {
    get(alice.disconnect());

    assertThrows(ConnectionLostException.class, () -> alice.startCall("bob", alices()));
  }

  @Test
  void disconnectingHangsUp() {
    Call call = alice.startCall("bob", alices());
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    get(ringing.next().call().answer(bobs()));
    get(call.connected());

    get(alice.disconnect());

    assertEquals(HangupReason.REMOTE_HANGUP, ended.next().reason());
    assertEquals(HangupReason.CLIENT_CLOSED, call.hangupReason().orElseThrow());
  }

  @Test
  void aCallOutlivesItsLostConnections() {
    Call call = alice.startCall("bob", alices());
    Call incoming = ringing.next().call();
    get(incoming.answer(bobs()));
    get(call.connected());
    Seen<Reconnected> back = seen(alice, Reconnected.class);
    Seen<Reconnected> backThere = seen(bob, Reconnected.class);
    Seen<CallEnded> ended = seen(bob, CallEnded.class);

    assertEquals(2, stage.service.hooks().dropAll());
    back.next();
    backThere.next();
    assertEquals(CallState.CONNECTED, call.state());
    get(call.hangup());

    assertEquals(incoming, ended.next().call());
  }

  @Test
  void aCallThatEndedMeanwhileEndsForTheOneWhoWasAway() {
    Call call = alice.startCall("bob", alices());
    Call incoming = ringing.next().call();
    get(incoming.answer(bobs()));
    get(call.connected());
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    stage.service.hooks().refuseHandshakes(503, 1);
    assertEquals(1, stage.service.hooks().dropConnections("bob"));

    get(call.hangup());

    assertEquals(incoming, ended.next().call());
    assertEquals(HangupReason.REMOTE_HANGUP, incoming.hangupReason().orElseThrow());
  }

  @Test
  void whatTheCallerEndsWhileItIsAwayEndsForTheOtherWhenItIsBack() {
    Call call = alice.startCall("bob", alices());
    get(ringing.next().call().answer(bobs()));
    get(call.connected());
    Seen<Disconnected> away = seen(alice, Disconnected.class);
    Seen<CallEnded> ended = seen(bob, CallEnded.class);
    stage.service.hooks().refuseHandshakes(503, 1);
    assertEquals(1, stage.service.hooks().dropConnections("alice"));
    away.next();

    get(call.hangup("said later"));

    assertEquals(Optional.of("said later"), ended.next().text());
  }

  @Test
  void whatTheCalleeEndsWhileItIsAwayEndsForTheOtherWhenItIsBack() {
    Call call = alice.startCall("bob", alices());
    Call incoming = ringing.next().call();
    get(incoming.answer(bobs()));
    get(call.connected());
    Seen<Disconnected> away = seen(bob, Disconnected.class);
    Seen<CallEnded> ended = seen(alice, CallEnded.class);
    stage.service.hooks().refuseHandshakes(503, 1);
    assertEquals(1, stage.service.hooks().dropConnections("bob"));
    away.next();

    get(incoming.hangup("said later"));

    assertEquals(Optional.of("said later"), ended.next().text());
  }

  @Test
  void changesMediaWhenBothAgree() {
    Call call = alice.startCall("bob", alices());
    get(ringing.next().call().answer(bobs()));
    get(call.connected());
    bobsMedia.told.next();
    alicesMedia.told.next();

    get(call.removeVideo());

    assertTrue(bobsMedia.told.next().contains("o=alice"));
    assertTrue(alicesMedia.told.next().contains("o=bob"));
    assertEquals(CallState.CONNECTED, call.state());
  }

  @Test
  void whatTheMediaServerMustDoIsSaid() {
    Call call = alice.startCall("bob", alices());
    get(ringing.next().call().answer(bobs()));
    get(call.connected());

    MediaException failure = assertInstanceOf(MediaException.class, failure(call.sendTones("1")));

    assertEquals(MediaException.Reason.UNSUPPORTED, failure.reason());
  }

  @Test
  void answeredIsToldOnBothSides() {
    Seen<CallAnswered> here = seen(alice, CallAnswered.class);
    Seen<CallAnswered> there = seen(bob, CallAnswered.class);
    Call call = alice.startCall("bob", alices());
    get(ringing.next().call().answer(bobs()));

    assertEquals(call, here.next().call());
    assertEquals(call.id(), there.next().call().id());
  }

  @Test
  void afterTheEndNothingHappens() {
    Call call = alice.startCall("bob", alices());
    get(call.hangup());

    get(call.hangup());
    get(call.reject());
    get(call.muteAudio());
    assertInstanceOf(MediaException.class, failure(call.removeVideo()));
    assertInstanceOf(MediaException.class, failure(call.statistics()));
    assertInstanceOf(MediaException.class, failure(call.sendStatus(CallStatus.RINGING)));
    assertEquals(Optional.of(HangupReason.LOCAL_HANGUP), call.hangupReason());
  }
}
