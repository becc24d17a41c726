package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Candidate;
import io.respoke.service.state.CallSession.Move;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service knows of a call, without any network. */
class CallSessionTest {
  private final Set<String> connected = new HashSet<>(Set.of("A1", "B1", "B2"));
  private final CallSessions sessions = new CallSessions(3);

  private CallSession begin(String id) {
    return sessions.begin(
        id,
        "call",
        new Party("alice", "web", "alice", "A1"),
        new Party("bob", "web", "bob", null),
        0);
  }

  private Move take(CallSession session, String type, Side side, String connection) {
    return session.take(type, null, side, connection, connected::contains, 0);
  }

  /** The states: R ringing, A answered by B1, O offered anew, E ended. */
  private CallSession in(char state) {
    CallSession session = begin("s");
    if (state != 'R') {
      take(session, "answer", Side.CALLEE, "B1");
    }
    if (state == 'O') {
      take(session, "offer", Side.CALLEE, "B1");
    }
    if (state == 'E') {
      take(session, "bye", Side.CALLEE, "B1");
    }
    return session;
  }

  @ParameterizedTest
  @CsvSource({
    "R, offer, CALLER, A1, FORK",
    "R, offer, CALLEE, B1, SWALLOW",
    "R, answer, CALLEE, B1, PEER",
    "R, answer, CALLER, A1, SWALLOW",
    "R, connected, CALLER, A1, SWALLOW",
    "R, iceCandidates, CALLER, A1, FORK",
    "R, iceCandidates, CALLEE, B2, PEER",
    "R, status, CALLEE, B2, PEER",
    "R, bye, CALLER, A1, FORK",
    "R, bye, CALLEE, B2, PEER",
    "R, modify, CALLER, A1, SWALLOW",
    "A, offer, CALLER, A1, PEER",
    "A, offer, CALLEE, B1, PEER",
    "A, offer, CALLEE, B2, SWALLOW",
    "A, answer, CALLEE, B1, SWALLOW",
    "A, answer, CALLEE, B2, TELL_WINNER",
    "A, answer, CALLER, A1, SWALLOW",
    "A, connected, CALLER, A1, EVERYBODY",
    "A, connected, CALLEE, B1, PEER",
    "A, iceCandidates, CALLER, A1, PEER",
    "A, iceCandidates, CALLEE, B1, PEER",
    "A, iceCandidates, CALLEE, B2, SWALLOW",
    "A, bye, CALLEE, B1, PEER",
    "A, bye, CALLEE, B2, SWALLOW",
    "A, wave, CALLEE, B1, PEER",
    "O, answer, CALLER, A1, PEER",
    "O, answer, CALLEE, B1, SWALLOW",
    "O, answer, CALLEE, B2, TELL_WINNER",
    "E, offer, CALLER, A1, OVER",
    "E, answer, CALLEE, B2, OVER",
    "E, status, CALLEE, B1, OVER",
    "E, iceCandidates, CALLER, A1, SWALLOW",
    "E, bye, CALLER, A1, SWALLOW"
  })
  void everySignalHasOneWay(char state, String type, Side side, String connection, Move move) {
    assertEquals(move, take(in(state), type, side, connection));
  }

  @Test
  void partiesAreKnownByEndpointAndConnection() {
    CallSession session = in('A');
    assertEquals(Side.CALLER, session.side("alice", "A1", connected::contains));
    assertEquals(Side.CALLER, session.side("alice", null, connected::contains));
    assertNull(session.side("alice", "A2", connected::contains));
    assertNull(session.side("carol", "C1", connected::contains));
    assertEquals(Side.CALLEE, session.side("bob", "B2", connected::contains));
    connected.remove("A1");
    assertEquals(Side.CALLER, session.side("alice", "A2", connected::contains));
    assertEquals("A2", session.party(Side.CALLER).connectionId());
  }

  @Test
  void anEndpointMayCallItself() {
    CallSession session =
        sessions.begin(
            "s",
            "call",
            new Party("alice", "web", "alice", "A1"),
            new Party("alice", "web", "alice", null),
            0);
    assertEquals(Side.CALLER, session.side("alice", "A1", connected::contains));
    assertEquals(Side.CALLEE, session.side("alice", "A2", connected::contains));
  }

  @Test
  void aRequestToRenegotiateIsForgottenAfterAMinute() {
    CallSession session = in('A');
    assertEquals(Move.PEER, modify(session, Side.CALLER, "A1", "initiate", 0));
    assertEquals(Move.REJECT_MODIFY, modify(session, Side.CALLEE, "B1", "initiate", 59_999));
    assertEquals(Move.PEER, modify(session, Side.CALLEE, "B1", "initiate", 60_000));
    assertEquals(Move.REJECT_MODIFY, modify(session, Side.CALLER, "A1", "initiate", 60_001));
    assertEquals(Move.PEER, modify(session, Side.CALLER, "A1", "reject", 60_002));
    assertEquals(Move.PEER, modify(session, Side.CALLER, "A1", "initiate", 60_003));
    assertEquals(Move.REJECT_MODIFY, modify(begin("t"), Side.CALLER, "A1", "initiate", 0));
  }

  private Move modify(CallSession session, Side side, String connection, String action, long now) {
    return session.take("modify", action, side, connection, connected::contains, now);
  }

  @Test
  void theTableForgetsWhatWasQuietLongest() {
    begin("1");
    begin("2");
    begin("3");
    assertNotNull(sessions.find("1"));
    begin("4");
    assertNull(sessions.find("2"));
    assertNotNull(sessions.find("1"));
    assertEquals(3, sessions.size());
    assertEquals(3, sessions.live());
    assertEquals(1, sessions.forgotten());
    sessions.find("3").end(0);
    sessions.find("1");
    sessions.find("4");
    begin("5");
    assertNull(sessions.find("3"));
    assertEquals(1, sessions.forgotten());
  }

  @Test
  void endedSessionsAreRememberedForAMinute() {
    ConnectionRegistry nobody = new ConnectionRegistry();
    CallSession session = begin("s");
    session.end(1_000);
    assertTrue(sessions.sweep(nobody, 90_000, 0, 60_999).isEmpty());
    assertEquals(1, sessions.size());
    assertTrue(sessions.sweep(nobody, 90_000, 0, 61_000).isEmpty());
    assertEquals(0, sessions.size());
  }

  @Test
  void aHeldDescriptionGoesWhenItIsCompleteOrQuietOrOld() {
    Candidate one = new Candidate("candidate:1", "0", 0);
    CandidateHold complete = new CandidateHold(0);
    complete.add(List.of(one), List.of(one), 0);
    assertFalse(complete.due(0));
    complete.hold("v=0", 0);
    assertTrue(complete.due(0));
    assertEquals(List.of(one), complete.candidates());
    complete.release();
    complete.add(List.of(new Candidate("candidate:2", "0", 0)), null, 0);
    assertEquals(List.of(one), complete.candidates());
    assertFalse(complete.due(100_000));

    CandidateHold busy = new CandidateHold(0);
    busy.hold("v=0", 0);
    for (long now = 2_000; now < 10_000; now += 2_000) {
      busy.add(List.of(one), null, now);
      assertFalse(busy.due(now + 1_999));
    }
    assertTrue(busy.due(10_000));

    CandidateHold quiet = new CandidateHold(0);
    quiet.hold("v=0", 0);
    assertFalse(quiet.due(2_999));
    assertTrue(quiet.due(3_000));
  }

  /** Whatever clients say, in whatever order. */
  @Test
  void noSequenceBreaksACall() {
    List<String> types =
        List.of("offer", "answer", "connected", "iceCandidates", "modify", "bye", "status", "wave");
    List<String> actions = List.of("initiate", "accept", "reject");
    SplittableRandom random = new SplittableRandom(29);
    int answeredSessions = 0;
    for (int run = 0; run < 2_000; run++) {
      CallSession session = begin("s");
      String winner = null;
      int offers = 1;
      int answers = 0;
      for (int step = 0; step < 40; step++) {
        String type = types.get(random.nextInt(random.nextInt(4) == 0 ? types.size() : 5));
        boolean calls = random.nextBoolean();
        String connection = calls ? "A1" : random.nextBoolean() ? "B1" : "B2";
        boolean over = session.ended();
        boolean answeredBefore = session.answered();
        Move move =
            session.take(
                type,
                actions.get(random.nextInt(3)),
                calls ? Side.CALLER : Side.CALLEE,
                connection,
                connected::contains,
                step);
        boolean forwarded = Set.of(Move.FORK, Move.PEER, Move.EVERYBODY).contains(move);
        if (over) {
          assertFalse(forwarded, type);
        }
        if (winner != null && !calls && !connection.equals(winner)) {
          assertFalse(forwarded, type + " of a loser");
        }
        if (forwarded && type.equals("offer") && answeredBefore) {
          offers++;
        }
        if (forwarded && type.equals("answer")) {
          answers++;
          winner = winner == null ? connection : winner;
          assertEquals(winner, session.party(Side.CALLEE).connectionId());
        }
        assertTrue(answers <= offers, "more answers than offers");
      }
      answeredSessions += winner == null ? 0 : 1;
    }
    assertTrue(answeredSessions > 200, "too few calls were answered: " + answeredSessions);
  }
}
