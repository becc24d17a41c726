package io.respoke.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.MediaException;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What the machine does in every state with every input, as the table in {@code
 * docs/call-states.md}. Run with {@code -Drespoke.docs.write=true} to write the file anew; the
 * difference is then to be reviewed.
 */
class CallMachineTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "call-states.md");

  private static Map<String, Supplier<CallCase>> states() {
    Map<String, Supplier<CallCase>> states = new LinkedHashMap<>();
    states.put("IDLE, caller", () -> CallCase.caller(false));
    states.put("IDLE, callee", () -> new CallCase(false, false));
    states.put("RINGING", () -> CallCase.ringing(false));
    states.put(
        "PREPARING, media is opened",
        () -> CallCase.caller(false).with(c -> c.machine.start(false)));
    states.put(
        "APPROVING",
        () ->
            CallCase.caller(false)
                .with(c -> c.machine.start(true))
                .with(c -> c.machine.mediaOpened()));
    states.put(
        "PREPARING, the offer is made",
        () ->
            CallCase.caller(false)
                .with(c -> c.machine.start(false))
                .with(c -> c.machine.mediaOpened()));
    states.put("OFFERING", () -> CallCase.offering(false));
    states.put("CONNECTING, the answer is made", () -> CallCase.answering(false));
    states.put("CONNECTING, caller", () -> CallCase.callerConnecting(false));
    states.put("CONNECTING, callee", () -> CallCase.calleeConnecting(false));
    states.put("CONNECTED, caller", () -> CallCase.callerConnected(false));
    states.put("CONNECTED, callee", () -> CallCase.calleeConnected(false));
    states.put(
        "CONNECTED, interrupted",
        () -> CallCase.callerConnected(false).with(c -> c.machine.mediaInterrupted()));
    states.put(
        "MODIFYING, a callee pauses",
        () -> CallCase.calleeConnected(false).with(c -> c.machine.modify(0, 0.5)));
    states.put("MODIFYING, asked", CallCase::modifyAsking);
    states.put(
        "MODIFYING, the new offer is made",
        () -> CallCase.modifyAsking().with(c -> c.receive(c.modify("accept"), CallCase.PEER)));
    states.put(
        "MODIFYING, the new offer is out",
        () ->
            CallCase.modifyAsking()
                .with(c -> c.receive(c.modify("accept"), CallCase.PEER))
                .with(c -> c.machine.described(c.negotiation(), "my new offer")));
    states.put(
        "MODIFYING, agreed",
        () ->
            CallCase.callerConnected(false)
                .with(c -> c.receive(c.modify("initiate"), CallCase.PEER)));
    states.put(
        "MODIFYING, the new answer is made",
        () ->
            CallCase.callerConnected(false)
                .with(c -> c.receive(c.modify("initiate"), CallCase.PEER))
                .with(c -> c.receive(c.offer(), CallCase.PEER)));
    states.put("TERMINATED", () -> CallCase.ringing(false).with(c -> c.machine.hangup(null)));
    states.put("A direct connection: OFFERING", () -> CallCase.offering(true));
    states.put("A direct connection: RINGING", () -> CallCase.ringing(true));
    states.put("A direct connection: CONNECTED", () -> CallCase.callerConnected(true));
    return states;
  }

  private static Map<String, Function<CallCase, List<CallEffect>>> inputs() {
    Map<String, Function<CallCase, List<CallEffect>>> inputs = new LinkedHashMap<>();
    inputs.put("start", c -> c.machine.start(false));
    inputs.put("answer", c -> c.machine.answer(false));
    inputs.put("approve", c -> c.machine.approve());
    inputs.put("reject", c -> c.machine.reject(null));
    inputs.put("hangup", c -> c.machine.hangup("enough"));
    inputs.put("the client is disconnected", c -> c.machine.clientClosed());
    inputs.put("modify", c -> c.machine.modify(0, 0.5));
    inputs.put("status ringing", c -> c.machine.status(CallStatus.RINGING));
    inputs.put("media is open", c -> c.machine.mediaOpened());
    inputs.put("media fails", c -> c.machine.mediaFailed(CallCase.FAILURE));
    inputs.put(
        "the path fails",
        c ->
            c.machine.mediaFailed(new MediaException(MediaException.Reason.ICE_FAILED, "no path")));
    inputs.put("a description is made", c -> c.machine.described(c.negotiation(), "sdp"));
    inputs.put("the offer is applied", c -> c.machine.offerApplied(c.negotiation()));
    inputs.put("the answer is applied", c -> c.machine.answerApplied(c.negotiation()));
    inputs.put(
        "negotiating fails", c -> c.machine.negotiationFailed(c.negotiation(), CallCase.FAILURE));
    inputs.put(
        "an older negotiation fails",
        c -> c.machine.negotiationFailed(c.negotiation() - 1, CallCase.FAILURE));
    inputs.put("a local candidate", c -> c.machine.candidate(CallCase.candidate()));
    inputs.put("gathering is complete", c -> c.machine.gatheringComplete());
    inputs.put("media can flow", c -> c.machine.mediaConnected());
    inputs.put("media is interrupted", c -> c.machine.mediaInterrupted());
    inputs.put("remote audio", c -> c.machine.remoteMedia(MediaKind.AUDIO));
    inputs.put("the channel is closed", c -> c.machine.channelClosed());
    inputs.put("an offer is acknowledged", c -> c.machine.acked((Signal.Offer) c.offer()));
    inputs.put(
        "an offer is refused", c -> c.machine.notAcked(c.offer(), CallCase.FAILURE, true, false));
    inputs.put(
        "an offer to nobody", c -> c.machine.notAcked(c.offer(), CallCase.FAILURE, true, true));
    inputs.put(
        "an offer is lost", c -> c.machine.notAcked(c.offer(), CallCase.FAILURE, false, false));
    inputs.put(
        "an answer is refused", c -> c.machine.notAcked(c.answer(), CallCase.FAILURE, true, false));
    inputs.put(
        "a claim is refused: the session is over",
        c -> c.machine.notAcked(c.status("in progress"), CallCase.FAILURE, true, true));
    inputs.put("receives offer", c -> c.receive(c.offer(), CallCase.PEER));
    inputs.put("receives answer", c -> c.receive(c.answer(), CallCase.PEER));
    inputs.put("receives another's answer", c -> c.receive(c.answer(), CallCase.OTHER));
    inputs.put(
        "receives an answer without description",
        c -> c.machine.received(c.answer(), null, CallCase.PEER, false, 0));
    inputs.put(
        "receives connected, ours",
        c ->
            c.machine.received(
                new Signal.Connected(CallCase.SESSION, "call", "x", "alice-1"),
                null,
                CallCase.PEER,
                true,
                0));
    inputs.put(
        "receives connected, another's",
        c ->
            c.receive(
                new Signal.Connected(CallCase.SESSION, "call", "x", "alice-2"), CallCase.PEER));
    inputs.put("receives candidates", c -> c.receive(c.candidates(1), CallCase.PEER));
    inputs.put("receives 300 candidates", c -> c.receive(c.candidates(300), CallCase.PEER));
    inputs.put("receives bye", c -> c.receive(c.bye(), CallCase.PEER));
    inputs.put("receives bye of another connection", c -> c.receive(c.bye(), CallCase.OTHER));
    inputs.put("receives bye of an own connection", c -> c.receive(c.bye(), CallCase.SELF));
    inputs.put("receives bye of a stranger", c -> c.receive(c.bye(), CallCase.STRANGER));
    inputs.put("receives modify initiate", c -> c.receive(c.modify("initiate"), CallCase.PEER));
    inputs.put("receives modify accept", c -> c.receive(c.modify("accept"), CallCase.PEER));
    inputs.put("receives modify reject", c -> c.receive(c.modify("reject"), CallCase.PEER));
    inputs.put("receives modify without action", c -> c.receive(c.modify(null), CallCase.PEER));
    inputs.put("receives status ringing", c -> c.receive(c.status("ringing"), CallCase.PEER));
    inputs.put("receives status busy", c -> c.receive(c.status("busy"), CallCase.PEER));
    inputs.put("this client reconnected", c -> c.machine.reconnected());
    inputs.put(
        "receives error",
        c ->
            c.receive(
                new Signal.CallError(CallCase.SESSION, "call", null, "no codec"), CallCase.PEER));
    for (CallTimer timer : CallTimer.values()) {
      inputs.put("timer " + timer, c -> c.machine.timeout(timer));
    }
    return inputs;
  }

  @Test
  void theDocumentShowsWhatEveryInputDoesInEveryState() throws IOException {
    String table = document();
    if (Boolean.getBoolean("respoke.docs.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, table);
    }
    assertEquals(Files.readString(DOCUMENT), table);
  }

  private static String document() {
    StringBuilder out =
        new StringBuilder(
            """
            # Call states

            What `CallMachine` does with every input in every state. Inputs that are not listed for a state do nothing in it.
            Written by `CallMachineTableTest`, which fails when this page and the code differ; run it with
            `-Drespoke.docs.write=true` to write the page anew.

            The states are those of `io.respoke.CallState`. The effects are those of `CallEffect`, carried out in this order by
            `CallDriver`; the change of state is among them where the arrow stands. A signal to "the peer" names one connection
            of the other side, a signal to "all" none.
            """);
    states()
        .forEach(
            (state, make) -> {
              out.append("\n## ").append(state).append("\n\n| input | effects |\n|---|---|\n");
              inputs()
                  .forEach(
                      (input, apply) -> {
                        String effects = effects(make.get(), apply);
                        if (!effects.isEmpty()) {
                          out.append("| ").append(input).append(" | ").append(effects);
                          out.append(" |\n");
                        }
                      });
            });
    return out.toString();
  }

  private static String effects(CallCase c, Function<CallCase, List<CallEffect>> input) {
    CallState before = c.machine.state();
    List<CallEffect> effects = c.run(input.apply(c));
    List<String> words = new ArrayList<>();
    CallState announced = before;
    for (CallEffect effect : effects) {
      if (effect instanceof CallEffect.ChangeState change) {
        assertEquals(announced, change.oldState(), "changes of state must be gapless");
        announced = change.newState();
      }
      words.add(words(effect));
    }
    assertEquals(c.machine.state(), announced, "every change of state must be announced");
    return String.join(", ", words);
  }

  private static String words(CallEffect effect) {
    if (effect instanceof CallEffect.ChangeState e) {
      return "**→ " + e.newState() + "**" + (e.cause() == null ? "" : " with the cause");
    }
    if (effect instanceof CallEffect.Send e) {
      return "Send "
          + signal(e.signal())
          + (e.toConnection() == null ? " to all" : " to " + peer(e.toConnection()))
          + (e.ccSelf() ? ", copied to own connections" : "");
    }
    if (effect instanceof CallEffect.StartTimer e) {
      return "start " + e.timer() + " " + e.delay().toMillis() + " ms";
    }
    if (effect instanceof CallEffect.StopTimer e) {
      return "stop " + e.timer();
    }
    if (effect instanceof CallEffect.ApplyCandidates e) {
      return "ApplyCandidates " + e.candidates().size();
    }
    if (effect instanceof CallEffect.CandidatesDropped e) {
      return "CandidatesDropped " + e.count();
    }
    if (effect instanceof CallEffect.Progressed e) {
      return "Progressed " + e.status();
    }
    if (effect instanceof CallEffect.RemoteMedia e) {
      return "RemoteMedia " + e.kind() + (e.first() ? ", the first" : "");
    }
    if (effect instanceof CallEffect.ModifyFailed e) {
      return "ModifyFailed"
          + (e.failure() instanceof MediaException media ? " " + media.reason() : "");
    }
    if (effect instanceof CallEffect.End e) {
      return "End " + e.reason() + (e.text() == null ? "" : " \"" + e.text() + '"');
    }
    return effect.getClass().getSimpleName();
  }

  private static String signal(Signal signal) {
    if (signal instanceof Signal.Modify e) {
      return "modify " + e.action();
    }
    if (signal instanceof Signal.IceCandidates e) {
      return e.candidates().size()
          + " candidates"
          + (e.finalCandidates() == null ? "" : ", the final ones");
    }
    if (signal instanceof Signal.Bye e) {
      return "bye" + (e.reason() == null ? "" : " \"" + e.reason() + '"');
    }
    if (signal instanceof Signal.Status e) {
      return "status " + e.status();
    }
    return signal.signalType();
  }

  private static String peer(String connection) {
    return connection.equals(CallCase.BOB) ? "the peer" : "the other one";
  }
}
