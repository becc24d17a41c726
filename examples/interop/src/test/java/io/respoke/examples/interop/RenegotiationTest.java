package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.MediaException;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Video comes into a running audio call and goes again. */
@Tag("browser")
@Tag("media")
class RenegotiationTest {
  @RegisterExtension final Interop interop = new Interop();
  private final MeasuredAudio.Ears ears = new MeasuredAudio.Ears();
  private final MeasuredVideo.Eyes eyes = new MeasuredVideo.Eyes();

  private static CallOptions audio(MeasuredAudio.Ears ears) {
    return CallOptions.builder().microphone(MeasuredAudio.tone(1000)).speaker(ears).build();
  }

  @Test
  void between_two_jvms_video_is_added_seen_and_removed() {
    JavaClient alice = interop.java("alice").connect();
    JavaClient bob = interop.java("bob").connect();
    Call call = bob.client().startAudioCall("alice", audio(ears));
    Call other = alice.await(IncomingCall.class).call();
    JavaClient.get(other.answer(audio(new MeasuredAudio.Ears()).toBuilder().display(eyes).build()));
    JavaClient.get(call.connected());
    ears.awaitSound();

    JavaClient.get(call.addVideo(MeasuredVideo.quarters(), frame -> {}));
    eyes.awaitPictures();
    ears.awaitMoreSound();

    JavaClient.get(call.removeVideo());
    eyes.awaitEnd();
    ears.awaitMoreSound();
    JavaClient.get(call.hangup());
    alice.await(CallEnded.class);
  }

  /** respoke.js 1.56.0 answers the offer that began the call once more. */
  @Test
  void a_change_that_respoke_js_cannot_follow_fails_and_the_call_goes_on() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();
    Call call = bob.client().startAudioCall("alice", audio(ears));
    JavaClient.get(call.connected());
    alice.await("call-connect");
    ears.awaitSound();

    MediaException failure =
        assertThrows(
            MediaException.class,
            () -> JavaClient.get(call.addVideo(MeasuredVideo.quarters(), eyes)));

    alice.await("call-modify");
    assertEquals(MediaException.Reason.BAD_DESCRIPTION, failure.reason());
    assertEquals(CallState.CONNECTED, call.state());
    ears.awaitMoreSound();
    alice.ask("listen");
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
  }
}
