package io.respoke.examples.callout;

import io.respoke.Call;
import io.respoke.CallStatus;
import io.respoke.Client;
import io.respoke.Respoke;
import io.respoke.Tones;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.Silence;
import io.respoke.media.Tone;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A number that is busy, and a SIP address where somebody listens and presses 1. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws Exception {
    try (Trunk trunk = new Trunk(call -> exchange(call, out));
        Client client =
            Respoke.connect(
                    CallOut.options(
                        Map.of(
                            "RESPOKE_BASE_URL", trunk.service.baseUrl().toString(),
                            "RESPOKE_APP_SECRET", trunk.service.app().secret()),
                        "announcer"))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join()) {
      CallOut announcer = new CallOut(client, out);
      announcer.announce("+15551234567");
      announcer.announce("sip:spock@example.com");
    }
    out.println("call-out: ok");
  }

  /** What a telephone exchange would do. */
  private static void exchange(Call call, PrintStream out) {
    out.println("trunk: " + call.remoteId() + " calls " + call.calledId());
    switch (call.calledType()) {
      case DID -> call.sendStatus(CallStatus.BUSY);
      case SIP -> new Thread(() -> listen(call), "callee").start();
      default -> call.reject();
    }
  }

  private static void listen(Call call) {
    try (Ivr callee = Ivr.answer(call)) {
      callee.play(Silence.of(Duration.ofSeconds(2)));
      callee.play(Tone.keys(Tones.of("1")));
      callee.collect(1, Duration.ofSeconds(20)); // until the other side hangs up
    } catch (CallEndedException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
