package io.respoke.core.call;

import io.respoke.MediaException;
import io.respoke.protocol.CallerId;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A machine of alice's, in a call with bob, and the inputs a test gives it. */
final class CallCase {
  static final String SESSION = "S1";
  static final String BOB = "bob-1";
  static final CallMachine.Sender PEER = new CallMachine.Sender("bob", BOB, false);
  static final CallMachine.Sender OTHER = new CallMachine.Sender("bob", "bob-2", false);
  static final CallMachine.Sender STRANGER = new CallMachine.Sender("eve", "eve-1", false);
  static final CallMachine.Sender SELF = new CallMachine.Sender("alice", "alice-2", true);
  static final Throwable FAILURE =
      new MediaException(MediaException.Reason.OTHER, "something failed");
  static final CallTimes TIMES = CallTimes.of(Duration.ofSeconds(60), Duration.ofSeconds(30));

  final CallMachine machine;
  final CallIdentity identity;
  private int negotiation;
  private Signal lastSent;
  private int names;

  CallCase(boolean caller, boolean data) {
    identity =
        new CallIdentity(
            SESSION,
            data ? Signal.DIRECT_CONNECTION : Signal.CALL,
            caller,
            OutgoingSignal.WEB,
            "bob",
            OutgoingSignal.WEB,
            caller ? "bob" : "alice",
            null,
            caller ? JsonValue.TRUE : null,
            caller ? new CallerId("Alice", "1") : null,
            () -> "n" + ++names);
    machine = new CallMachine(identity, TIMES);
  }

  List<CallEffect> run(List<CallEffect> effects) {
    for (CallEffect effect : effects) {
      if (effect instanceof CallEffect.MakeOffer e) {
        negotiation = e.negotiation();
      } else if (effect instanceof CallEffect.MakeAnswer e) {
        negotiation = e.negotiation();
      } else if (effect instanceof CallEffect.ApplyAnswer e) {
        negotiation = e.negotiation();
      } else if (effect instanceof CallEffect.Send e) {
        lastSent = e.signal();
      }
    }
    return effects;
  }

  CallCase with(Function<CallCase, List<CallEffect>> input) {
    run(input.apply(this));
    return this;
  }

  int negotiation() {
    return negotiation;
  }

  Signal lastSent() {
    return lastSent;
  }

  List<CallEffect> receive(Signal signal, CallMachine.Sender sender) {
    String sdp =
        signal instanceof Signal.Offer offer
            ? offer.sdp()
            : signal instanceof Signal.Answer answer ? answer.sdp() : null;
    return machine.received(signal, sdp, sender, false, 0);
  }

  Signal offer() {
    return new Signal.Offer(SESSION, identity.target(), "x", "their offer");
  }

  Signal answer() {
    return new Signal.Answer(SESSION, identity.target(), "x", "their answer", "alice-1");
  }

  Signal modify(@Nullable String action) {
    return new Signal.Modify(SESSION, identity.target(), "x", action, "alice-1");
  }

  Signal bye() {
    return new Signal.Bye(SESSION, identity.target(), "x", null, "alice-1");
  }

  Signal status(String word) {
    return new Signal.Status(SESSION, identity.target(), "x", word);
  }

  Signal candidates(int count) {
    return new Signal.IceCandidates(
        SESSION,
        identity.target(),
        "x",
        java.util.Collections.nCopies(count, candidate()),
        null,
        "alice-1");
  }

  static Candidate candidate() {
    return new Candidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0", 0);
  }

  // --- the ways into each state

  static CallCase caller(boolean data) {
    return new CallCase(true, data);
  }

  static CallCase offering(boolean data) {
    return caller(data)
        .with(c -> c.machine.start(false))
        .with(c -> c.machine.mediaOpened())
        .with(c -> c.machine.described(c.negotiation, "my offer"))
        .with(c -> c.machine.acked(c.lastSent));
  }

  static CallCase callerConnecting(boolean data) {
    return offering(data)
        .with(c -> c.receive(c.answer(), PEER))
        .with(c -> c.machine.answerApplied(c.negotiation));
  }

  static CallCase callerConnected(boolean data) {
    return callerConnecting(data).with(c -> c.machine.mediaConnected());
  }

  static CallCase ringing(boolean data) {
    return new CallCase(false, data).with(c -> c.receive(c.offer(), PEER));
  }

  static CallCase answering(boolean data) {
    return ringing(data).with(c -> c.machine.answer(false)).with(c -> c.machine.mediaOpened());
  }

  static CallCase calleeConnecting(boolean data) {
    return answering(data)
        .with(c -> c.machine.offerApplied(c.negotiation))
        .with(c -> c.machine.described(c.negotiation, "my answer"))
        .with(c -> c.machine.acked(c.lastSent));
  }

  static CallCase calleeConnected(boolean data) {
    return calleeConnecting(data).with(c -> c.machine.mediaConnected());
  }

  static CallCase modifyAsking() {
    return callerConnected(false).with(c -> c.machine.modify(0, 0.5));
  }
}
