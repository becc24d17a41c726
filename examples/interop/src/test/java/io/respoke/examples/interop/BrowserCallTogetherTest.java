package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.DirectConnection;
import io.respoke.event.DirectMessageReceived;
import io.respoke.event.IncomingCall;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call and a direct connection between the same two, at once. */
@Tag("browser")
@Tag("media")
class BrowserCallTogetherTest {
  @RegisterExtension final Interop interop = new Interop();
  private final MeasuredAudio.Ears ears = new MeasuredAudio.Ears();

  private CallOptions audio() {
    return CallOptions.builder().microphone(MeasuredAudio.tone(1000)).speaker(ears).build();
  }

  private void assertBoth(BrowserPage alice, JavaClient bob, Call call, DirectConnection direct) {
    JavaClient.get(call.connected());
    JavaClient.get(direct.opened());
    alice.await("direct-open");
    alice.ask("listen");
    ears.awaitSound();
    JavaClient.get(direct.sendMessage("do you hear me?"));
    assertEquals(
        "do you hear me?",
        alice.await("direct-message").data().getJsonObject("message").getString("message"));
    alice.call("sendDirect", "message", "yes");
    assertEquals("yes", bob.await(DirectMessageReceived.class).message().text());

    JavaClient.get(call.hangup());
    alice.await("call-hangup");
    alice.call("sendDirect", "message", "still here");
    assertEquals("still here", bob.await(DirectMessageReceived.class).message().text());
    JavaClient.get(direct.close());
    alice.await("direct-close");
  }

  @Test
  void java_starts_both() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    alice.call("acceptDirectConnections");
    JavaClient bob = interop.java("bob").connect();

    Call call = bob.client().startAudioCall("alice", audio());
    DirectConnection direct = bob.client().startDirectConnection("alice");
    alice.await("call-connect");
    assertBoth(alice, bob, call, direct);
  }

  @Test
  void the_browser_starts_both() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startAudioCall", "endpointId", "bob");
    alice.call("startDirectConnection", "endpointId", "bob");
    Call call = bob.await(IncomingCall.class).call();
    call.answer(audio());
    DirectConnection direct = bob.await(IncomingDirectConnection.class).directConnection();
    direct.accept();
    alice.await("call-connect");
    assertBoth(alice, bob, call, direct);
  }
}
