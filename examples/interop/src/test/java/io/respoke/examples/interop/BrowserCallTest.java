package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallTarget;
import io.respoke.HangupReason;
import io.respoke.event.CallConnected;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.event.MediaConnected;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls between respoke.js and the Java client: what each side sends is heard and seen at the
 * other.
 */
@Tag("browser")
@Tag("media")
class BrowserCallTest {
  @RegisterExtension final Interop interop = new Interop();
  private final MeasuredAudio.Ears ears = new MeasuredAudio.Ears();
  private final MeasuredVideo.Eyes eyes = new MeasuredVideo.Eyes();

  private CallOptions audio() {
    return CallOptions.builder().microphone(MeasuredAudio.tone(1000)).speaker(ears).build();
  }

  private CallOptions video() {
    return audio().toBuilder().camera(MeasuredVideo.quarters()).display(eyes).build();
  }

  private static void assertHears(BrowserPage page) {
    JsonObject sound = page.ask("listen");
    assertEquals(1000, sound.getJsonNumber("frequency").doubleValue(), 10, sound::toString);
  }

  private static void assertSeesQuarters(BrowserPage page) {
    JsonObject picture = page.ask("look");
    List<String> colours = List.of("red green blue", "green", "red", "");
    for (int i = 0; i < colours.size(); i++) {
      JsonObject quarter = picture.getJsonArray("quarters").getJsonObject(i);
      for (String colour : List.of("red", "green", "blue")) {
        boolean bright = quarter.getInt(colour) > 120;
        assertEquals(colours.get(i).contains(colour), bright, picture::toString);
      }
    }
  }

  @Test
  void java_calls_the_browser_with_audio() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();

    Call call =
        bob.client()
            .startAudioCall(
                "alice",
                audio().toBuilder().metadata(Json.object().add("topic", "tea").build()).build());

    assertEquals(
        "tea", alice.await("incoming-call").data().getJsonObject("metadata").getString("topic"));
    alice.await("call-connect");
    JavaClient.get(call.connected());
    bob.await(CallConnected.class);
    bob.await(MediaConnected.class);
    assertHears(alice);
    ears.awaitSound();

    alice.call("mute");
    ears.awaitSilence();
    alice.call("unmute");
    ears.awaitSound();
    JavaClient.get(call.muteAudio());
    alice.ask("listen", "silent", true);
    JavaClient.get(call.unmuteAudio());
    assertHears(alice);

    JavaClient.get(call.hangup());
    alice.await("call-hangup");
    assertEquals(HangupReason.LOCAL_HANGUP, bob.await(CallEnded.class).reason());
  }

  @Test
  void the_browser_calls_java_with_audio_and_hangs_up() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call(
        "startAudioCall",
        "endpointId",
        "bob",
        "metadata",
        Json.object().add("topic", "tea").build());
    Call call = bob.await(IncomingCall.class).call();
    assertEquals("tea", call.metadata().orElseThrow().asJsonObject().getString("topic"));
    assertTrue(call.isOffered(MediaKind.AUDIO));
    JavaClient.get(call.answer(audio()));

    alice.await("call-connect");
    assertHears(alice);
    ears.awaitSound();

    alice.call("hangup");
    assertEquals(HangupReason.REMOTE_HANGUP, bob.await(CallEnded.class).reason());
  }

  @Test
  void java_calls_the_browser_with_video() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();

    Call call = bob.client().startVideoCall("alice", video());

    alice.await("call-connect");
    JavaClient.get(call.connected());
    assertHears(alice);
    assertSeesQuarters(alice);
    ears.awaitSound();
    eyes.awaitPictures();
  }

  @Test
  void the_browser_calls_java_with_video() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startVideoCall", "endpointId", "bob");
    Call call = bob.await(IncomingCall.class).call();
    assertTrue(call.isOffered(MediaKind.VIDEO));
    JavaClient.get(call.answer(video()));

    alice.await("call-connect");
    assertHears(alice);
    assertSeesQuarters(alice);
    ears.awaitSound();
    eyes.awaitPictures();
  }

  @Test
  void java_shares_a_screen_with_the_browser() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();

    Call call = bob.client().endpoint("alice").startScreenShare(MeasuredVideo.quarters());

    assertEquals("screenshare", alice.await("incoming-call").text("target"));
    JavaClient.get(call.connected());
    alice.await("call-connect");
    assertSeesQuarters(alice);
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
  }

  @Test
  void the_browser_shares_a_screen_with_java() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startScreenShare", "endpointId", "bob");
    Call call = bob.await(IncomingCall.class).call();
    assertEquals(CallTarget.SCREEN_SHARE, call.target());
    assertTrue(call.isOffered(MediaKind.VIDEO));
    assertFalse(call.isOffered(MediaKind.AUDIO));
    JavaClient.get(call.answer(CallOptions.builder().display(eyes).build()));

    alice.await("call-connect");
    eyes.awaitPictures();
    alice.call("hangup");
    assertEquals(HangupReason.REMOTE_HANGUP, bob.await(CallEnded.class).reason());
  }

  @Test
  void each_side_rejects() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("ringOnly");
    JavaClient bob = interop.java("bob").connect();

    bob.client().startAudioCall("alice", audio());
    alice.await("incoming-call");
    alice.call("reject");
    assertEquals(HangupReason.REMOTE_HANGUP, bob.await(CallEnded.class).reason());

    alice.call("startAudioCall", "endpointId", "bob");
    JavaClient.get(bob.await(IncomingCall.class).call().reject("not now"));
    assertEquals(
        "not now",
        alice.await("call-hangup", e -> "not now".equals(e.text("reason"))).text("reason"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tab", "other", "java"})
  void the_one_of_three_who_answers_wins(String winner) {
    BrowserPage tab = interop.connectedPage("tab", "alice");
    BrowserPage other = interop.connectedPage("other", "alice");
    tab.call("ringOnly");
    other.call("ringOnly");
    JavaClient alice = interop.java("alice").connect();
    JavaClient bob = interop.java("bob").connect();

    Call call = bob.client().startAudioCall("alice", audio());
    tab.await("incoming-call");
    other.await("incoming-call");
    Call ringing = alice.await(IncomingCall.class).call();
    if (winner.equals("java")) {
      JavaClient.get(
          ringing.answer(CallOptions.builder().speaker(new MeasuredAudio.Ears()).build()));
      JavaClient.get(call.connected());
      tab.await("call-hangup");
      other.await("call-hangup");
      return;
    }
    BrowserPage won = winner.equals("tab") ? tab : other;
    won.call("answer");

    JavaClient.get(call.connected());
    (won == tab ? other : tab).await("call-hangup");
    assertEquals(HangupReason.ANSWERED_ELSEWHERE, alice.await(CallEnded.class).reason());
    assertEquals(HangupReason.ANSWERED_ELSEWHERE, ringing.hangupReason().orElseThrow());
    assertHears(won);
  }
}
