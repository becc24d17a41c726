package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.media.Ivr;
import io.respoke.media.Tone;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser calls a menu that is written as straight-line code, and presses keys. */
@Tag("browser")
@Tag("media")
class BrowserIvrTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension final Interop interop = new Interop();

  @Test
  void a_menu_is_heard_and_its_keys_are_collected() throws InterruptedException {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    alice.call("startAudioCall", "endpointId", "bob");
    try (Ivr ivr = Ivr.answer(bob.await(IncomingCall.class).call())) {
      alice.await("call-connect");
      ivr.play(Tone.of(1000, -12, Duration.ofSeconds(3)));
      alice.call("sendTones", "tones", "159#");
      assertEquals("159", ivr.collect(8, PATIENCE, '#'));
    }
    alice.await("call-hangup");
    bob.await(CallEnded.class);
  }
}
