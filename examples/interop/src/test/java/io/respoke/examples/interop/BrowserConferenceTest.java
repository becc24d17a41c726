package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AddressType;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.event.IncomingCall;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.media.AudioMixer;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two browsers and a Java client in a conference that another Java client hosts and mixes. */
@Tag("browser")
@Tag("media")
class BrowserConferenceTest {
  @RegisterExtension final Interop interop = new Interop();
  private final MeasuredAudio.Ears ears = new MeasuredAudio.Ears();
  private final AudioMixer mixer = new AudioMixer();

  private void take(Call call) {
    assertEquals(AddressType.CONFERENCE, call.calledType());
    AudioMixer.Participant participant = mixer.join();
    call.answer(
        CallOptions.builder()
            .microphone(participant.microphone())
            .speaker(participant.speaker())
            .build());
  }

  private static double loudest(BrowserPage page) {
    JsonObject sound = page.ask("listen");
    return sound.getJsonNumber("frequency").doubleValue();
  }

  @Test
  void each_hears_the_others_and_not_itself() {
    JavaClient host = interop.java("host");
    host.client().listen(IncomingCall.class, e -> take(e.call()));
    host.connect();
    JavaClient.get(host.client().hostConference("room"));
    BrowserPage alice = interop.connectedPage("alice", "alice");
    BrowserPage carol = interop.connectedPage("carol", "carol");
    JavaClient bob = interop.java("bob").connect();

    alice.call("joinConference", "id", "room");
    alice.await("call-connect");
    carol.call("joinConference", "id", "room");
    carol.await("call-connect");
    Call call =
        bob.client()
            .joinConference(
                "room",
                CallOptions.builder().microphone(MeasuredAudio.tone(1000)).speaker(ears).build())
            .call();
    JavaClient.get(call.connected());

    // The browsers beep once a second; in between there is bob's tone alone, once it comes.
    alice.ask("listen", "near", 1000);
    carol.ask("listen", "near", 1000);
    ears.awaitSound();

    // The others are silent: alice, who beeps, hears nothing.
    JavaClient.get(call.muteAudio());
    carol.call("mute");
    alice.ask("listen", "silent", true);
    // But bob hears her.
    ears.awaitMoreSound();

    // And she hears carol again, whose beep is another sound than bob's.
    carol.call("unmute");
    double beep = loudest(alice);
    assertTrue(Math.abs(beep - 1000) > 50, () -> "heard " + beep + " Hz");
  }
}
