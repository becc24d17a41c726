package io.respoke.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.respoke.CallState;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByesTest {
  private static final CallMachine.Sender BOB = new CallMachine.Sender("bob", "bob-2", false);

  private int names;
  private final Byes byes = new Byes(() -> "n" + ++names);

  private void said(String session, boolean caller, CallState from, long now) {
    Signal.Bye bye = new Signal.Bye(session, Signal.CALL, "x", "words", "bob-1");
    byes.said(
        new Byes.Said(
            new OutgoingSignal("bob", OutgoingSignal.WEB, "bob-1", true, bye), caller, from),
        now);
  }

  private static Signal answer(String session) {
    return new Signal.Answer(session, Signal.CALL, "x", "v=0", null);
  }

  private static Signal status(String session, String word) {
    return new Signal.Status(session, Signal.CALL, "x", word);
  }

  private static OutgoingSignal bye(String session, String id, String connection) {
    return new OutgoingSignal(
        "bob",
        OutgoingSignal.WEB,
        connection,
        true,
        new Signal.Bye(session, Signal.CALL, id, "words", connection));
  }

  @Test
  void whatWasSentIsNotSentAgain() {
    said("s", true, CallState.CONNECTED, 0);
    assertEquals(List.of(), byes.again(1));
  }

  @Test
  void whatWasNotSentIsSentOnceToWhicheverConnectionTheOtherSideHas() {
    said("s", true, CallState.CONNECTED, 0);
    byes.notSent("s");

    assertEquals(List.of(bye("s", "n1", null)), byes.again(Byes.MILLIS - 1));
    assertEquals(List.of(), byes.again(Byes.MILLIS - 1));
  }

  @Test
  void aCalleeShowsFirstThatItTookTheCall() {
    said("s", false, CallState.CONNECTED, 0);
    said("rang", false, CallState.RINGING, 0);
    byes.notSent("s");
    byes.notSent("rang");

    OutgoingSignal claim =
        new OutgoingSignal(
            "bob",
            OutgoingSignal.WEB,
            null,
            false,
            new Signal.Status("s", Signal.CALL, "n1", "in progress"));
    assertEquals(List.of(claim, bye("s", "n2", null), bye("rang", "n3", null)), byes.again(1));
  }

  @Test
  void afterAMinuteItIsTooLate() {
    said("s", true, CallState.CONNECTED, 0);
    byes.notSent("s");

    assertEquals(List.of(), byes.again(Byes.MILLIS));
    assertNull(byes.answerTo(answer("s"), BOB, Byes.MILLIS));
  }

  @Test
  void theOldestGivesWayWhenThereAreTooMany() {
    for (int i = 0; i <= Byes.LIMIT; i++) {
      said("s" + i, true, CallState.OFFERING, 0);
      byes.notSent("s" + i);
    }
    assertEquals(
        List.of("s1", "s" + Byes.LIMIT),
        List.of(
            first(byes.again(1)),
            byes.answerTo(answer("s" + Byes.LIMIT), BOB, 1).signal().sessionId()));
    assertNull(byes.answerTo(answer("s0"), BOB, 1));
  }

  private static String first(List<OutgoingSignal> signals) {
    assertEquals(Byes.LIMIT, signals.size());
    return signals.get(0).signal().sessionId();
  }

  @Test
  void whoAnswersTooLateIsToldByACaller() {
    said("called", true, CallState.OFFERING, 0);
    said("taken", false, CallState.CONNECTED, 0);

    assertEquals(bye("called", "n1", "bob-2"), byes.answerTo(answer("called"), BOB, 1));
    assertNull(byes.answerTo(answer("taken"), BOB, 1));
    assertNull(byes.answerTo(answer("unknown"), BOB, 1));
  }

  @Test
  void whoClaimsACallIsToldByWhoWasInIt() {
    said("s", false, CallState.MODIFYING, 0);
    said("rang", false, CallState.RINGING, 0);

    assertEquals(bye("s", "n1", "bob-2"), byes.answerTo(status("s", "in progress"), BOB, 1));
    assertNull(byes.answerTo(status("s", "ringing"), BOB, 1));
    // Another connection may have taken it: the claim is for that one.
    assertNull(byes.answerTo(status("rang", "in progress"), BOB, 1));
  }

  @Test
  void strangersAndOwnConnectionsAreToldNothing() {
    said("s", true, CallState.OFFERING, 0);

    assertNull(byes.answerTo(answer("s"), new CallMachine.Sender("eve", "eve-1", false), 1));
    assertNull(byes.answerTo(answer("s"), new CallMachine.Sender("bob", "bob-2", true), 1));
  }
}
