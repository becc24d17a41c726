package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.HangupReason;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Either side hangs up: while it rings, right after the answer, and in the call. */
@Tag("browser")
@Tag("media")
class BrowserHangupTest {
  @RegisterExtension final Interop interop = new Interop();

  private static CallOptions options() {
    return CallOptions.builder().microphone(MeasuredAudio.tone(1000)).build();
  }

  private static void assertEnded(JavaClient client, HangupReason reason) {
    assertEquals(reason, client.await(CallEnded.class).reason());
    assertTrue(client.client().calls().isEmpty());
    assertTrue(client.rest(CallEnded.class).isEmpty());
  }

  @Test
  void while_the_browser_rings() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("ringOnly");
    JavaClient bob = interop.java("bob").connect();

    Call call = bob.client().startAudioCall("alice", options());
    alice.await("incoming-call");
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
    assertEnded(bob, HangupReason.LOCAL_HANGUP);

    bob.client().startAudioCall("alice", options());
    alice.await("incoming-call");
    alice.call("hangup");
    assertEnded(bob, HangupReason.REMOTE_HANGUP);
  }

  @Test
  void while_java_rings() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startAudioCall", "endpointId", "bob");
    bob.await(IncomingCall.class);
    // respoke.js sends no bye before its offer is acknowledged, as it is before what comes later.
    alice.call("setPresence", "presence", "available");
    alice.call("hangup");
    assertEnded(bob, HangupReason.REMOTE_HANGUP);

    alice.call("startAudioCall", "endpointId", "bob");
    JavaClient.get(bob.await(IncomingCall.class).call().hangup());
    alice.await("call-hangup");
    assertEnded(bob, HangupReason.LOCAL_HANGUP);
  }

  @Test
  void right_after_the_answer() {
    // What respoke.js throws when its microphone is there only after the hang-up.
    interop.tolerate("Cannot read properties of null (reading 'state')");
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("ringOnly");
    JavaClient bob = interop.java("bob").connect();

    bob.client().startAudioCall("alice", options());
    alice.await("incoming-call");
    alice.call("answer");
    alice.call("hangup");
    assertEnded(bob, HangupReason.REMOTE_HANGUP);

    alice.call("startAudioCall", "endpointId", "bob");
    Call call = bob.await(IncomingCall.class).call();
    call.answer(options());
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
    assertEnded(bob, HangupReason.LOCAL_HANGUP);
  }

  @Test
  void in_the_call() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    JavaClient bob = interop.java("bob").connect();

    Call first = bob.client().startAudioCall("alice", options());
    JavaClient.get(first.connected());
    alice.await("call-connect");
    alice.call("hangup");
    assertEnded(bob, HangupReason.REMOTE_HANGUP);

    alice.call("startAudioCall", "endpointId", "bob");
    Call second = bob.await(IncomingCall.class).call();
    JavaClient.get(second.answer(options()));
    alice.await("call-connect");
    JavaClient.get(second.hangup());
    alice.await("call-hangup");
    assertEnded(bob, HangupReason.LOCAL_HANGUP);
  }
}
