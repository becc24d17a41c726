package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.HangupReason;
import io.respoke.event.CallEnded;
import io.respoke.event.Disconnected;
import io.respoke.event.IncomingCall;
import io.respoke.event.Reconnected;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service is restarted while a call is on. */
@Tag("browser")
@Tag("media")
class CallRecoveryTest {
  @RegisterExtension final Interop interop = new Interop();
  private final MeasuredAudio.Ears ears = new MeasuredAudio.Ears();

  private CallOptions audio() {
    return CallOptions.builder().microphone(MeasuredAudio.tone(1000)).speaker(ears).build();
  }

  @Test
  void between_two_jvms_media_goes_on_and_hanging_up_works_afterwards() {
    JavaClient alice = interop.java("alice").connect();
    JavaClient bob = interop.java("bob").connect();
    Call call = bob.client().startAudioCall("alice", audio());
    Call other = alice.await(IncomingCall.class).call();
    JavaClient.get(other.answer(audio()));
    JavaClient.get(call.connected());
    ears.awaitSound();

    interop.service().restart();
    alice.await(Disconnected.class);
    bob.await(Disconnected.class);
    alice.await(Reconnected.class);
    bob.await(Reconnected.class);

    ears.awaitMoreSound();
    assertEquals(CallState.CONNECTED, call.state());
    assertEquals(CallState.CONNECTED, other.state());
    JavaClient.get(call.hangup());
    assertEquals(HangupReason.LOCAL_HANGUP, bob.await(CallEnded.class).reason());
    assertEquals(HangupReason.REMOTE_HANGUP, alice.await(CallEnded.class).reason());
  }

  @Test
  void a_browser_hangs_up_by_itself_and_java_ends_with_a_reason() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();
    Call call = bob.client().startAudioCall("alice", audio());
    JavaClient.get(call.connected());
    alice.await("call-connect");
    ears.awaitSound();

    interop.service().restart();

    alice.await("disconnect");
    alice.await("call-hangup");
    // respoke.js cannot say its bye, and throws.
    alice.await("page-error", e -> e.text("message").contains("when not connected"));
    CallEnded ended = bob.await(CallEnded.class);
    assertTrue(
        Set.of(HangupReason.ICE_FAILED, HangupReason.REMOTE_HANGUP, HangupReason.UNAVAILABLE)
            .contains(ended.reason()),
        ended::toString);
    assertTrue(bob.client().calls().isEmpty());
  }
}
