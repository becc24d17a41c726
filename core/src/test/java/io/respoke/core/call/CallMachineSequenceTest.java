package io.respoke.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.media.MediaKind;
import io.respoke.protocol.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sequence of inputs, however odd. */
@Tag("once")
class CallMachineSequenceTest {
  private static final int CALLS = 2_000;
  private static final int STEPS = 40;

  /** Carries out effects as the driver would, and checks each against what is under way. */
  private static final class World {
    final CallCase call;
    final Set<CallTimer> timers = EnumSet.noneOf(CallTimer.class);
    CallState state = CallState.IDLE;
    int ends;
    int byes;
    int finals;
    int modifications;
    boolean sent;
    boolean heard;
    boolean refused;
    boolean nobodyIsToBeTold;
    boolean describedAcked;

    World(CallCase call) {
      this.call = call;
    }

    void run(List<CallEffect> effects) {
      if (ends > 0) {
        // what an application asks for after the end is told that there is nothing to change
        effects = effects.stream().filter(e -> !(e instanceof CallEffect.ModifyFailed)).toList();
        assertEquals(List.of(), effects, "effects after the end");
      }
      call.run(effects);
      effects.forEach(this::run);
      assertEquals(state, call.machine.state());
      if (state == CallState.TERMINATED) {
        assertEquals(1, ends);
        assertTrue(timers.isEmpty(), () -> "timers left: " + timers);
        if ((sent || heard) && !refused && !nobodyIsToBeTold) {
          assertEquals(1, byes, "a bye whenever the other side may believe in the call");
        }
      } else {
        assertEquals(0, ends);
        assertEquals(0, byes);
      }
    }

    private void run(CallEffect effect) {
      assertEquals(0, ends, "after the end: " + effect);
      if (effect instanceof CallEffect.ChangeState e) {
        assertEquals(state, e.oldState());
        state = e.newState();
      } else if (effect instanceof CallEffect.Send e) {
        sent(e);
      } else if (effect instanceof CallEffect.StartTimer e) {
        timers.add(e.timer());
      } else if (effect instanceof CallEffect.StopTimer e) {
        assertTrue(timers.remove(e.timer()), () -> "not running: " + e.timer());
      } else if (effect instanceof CallEffect.ChangeMedia) {
        assertTrue(modifications > 0);
      } else if (effect instanceof CallEffect.ModifyDone
          || effect instanceof CallEffect.ModifyFailed) {
        modifications--;
        assertTrue(modifications >= 0, "an answer to a change nobody waits for");
      } else if (effect instanceof CallEffect.End) {
        ends++;
      }
    }

    private void sent(CallEffect.Send send) {
      Signal signal = send.signal();
      if (signal instanceof Signal.Bye) {
        byes++;
        assertTrue(send.ccSelf());
      } else {
        assertFalse(send.ccSelf());
        sent = true;
      }
      if (signal instanceof Signal.IceCandidates e) {
        assertTrue(describedAcked, "candidates before the description was acknowledged");
        if (e.finalCandidates() != null) {
          finals++;
          assertEquals(1, finals, "finalCandidates exactly once");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everySequenceKeepsThePromises(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CALLS; i++) {
      boolean caller = random.nextBoolean();
      World world = new World(new CallCase(caller, random.nextInt(4) == 0));
      for (int step = 0; step < STEPS; step++) {
        // most steps go where a call would go, so that the late states are met too
        world.run(random.nextInt(3) > 0 ? onward(world, random) : any(world, random));
      }
      world.run(world.call.machine.hangup(null));
      assertEquals(CallState.TERMINATED, world.state);
    }
  }

  private static List<CallEffect> onward(World w, Random random) {
    CallCase c = w.call;
    CallMachine m = c.machine;
    return switch (m.phase()) {
      case IDLE -> {
        w.heard |= !c.identity.caller();
        yield c.identity.caller()
            ? m.start(random.nextInt(4) == 0)
            : c.receive(c.offer(), CallCase.PEER);
      }
      case RINGING -> m.answer(random.nextInt(4) == 0);
      case OPENING -> m.mediaOpened();
      case APPROVING -> m.approve();
      case DESCRIBING, MODIFY_DESCRIBING -> m.described(c.negotiation(), "my offer");
      case OFFERING -> {
        if (!w.describedAcked) {
          w.describedAcked = true;
          yield m.acked(new Signal.Offer(CallCase.SESSION, "call", "x", "sdp"));
        }
        yield c.receive(c.answer(), random.nextBoolean() ? CallCase.PEER : CallCase.OTHER);
      }
      case ANSWERING -> m.described(c.negotiation(), "my answer");
      case CONNECTING -> {
        if (!w.describedAcked) {
          w.describedAcked = true;
          yield m.acked(new Signal.Answer(CallCase.SESSION, "call", "x", "sdp", null));
        }
        yield m.mediaConnected();
      }
      case CONNECTED -> {
        if (random.nextBoolean()) {
          w.modifications++;
          yield m.modify(random.nextInt(200_000), random.nextDouble());
        }
        yield c.receive(c.modify("initiate"), peer(c));
      }
      case MODIFY_WAITING -> timeout(w, CallTimer.MODIFY_PAUSE);
      case MODIFY_ASKING -> c.receive(c.modify(random.nextBoolean() ? "accept" : null), peer(c));
      case MODIFY_OFFERING ->
          random.nextBoolean() ? c.receive(c.answer(), peer(c)) : m.answerApplied(c.negotiation());
      case MODIFY_AGREED -> c.receive(c.offer(), peer(c));
      case MODIFY_ANSWERING -> m.described(c.negotiation(), "my answer");
      case TERMINATED -> any(w, random);
    };
  }

  private static CallMachine.Sender peer(CallCase c) {
    return new CallMachine.Sender("bob", c.machine.peerConnection(), false);
  }

  private static List<CallEffect> timeout(World w, CallTimer timer) {
    w.timers.remove(timer);
    return w.call.machine.timeout(timer);
  }

  private static List<CallEffect> any(World w, Random random) {
    CallCase c = w.call;
    CallMachine m = c.machine;
    CallMachine.Sender sender =
        switch (random.nextInt(5)) {
          case 0 -> CallCase.OTHER;
          case 1 -> CallCase.STRANGER;
          case 2 -> CallCase.SELF;
          default -> CallCase.PEER;
        };
    int negotiation = c.negotiation() - random.nextInt(2);
    return switch (random.nextInt(30)) {
      case 0 -> m.start(random.nextBoolean());
      case 1 -> m.answer(random.nextBoolean());
      case 2 -> m.approve();
      case 3 -> random.nextInt(10) == 0 ? m.reject("no") : List.of();
      case 4 -> {
        if (random.nextInt(10) > 0) {
          yield List.of();
        }
        w.nobodyIsToBeTold |= m.phase() == CallPhase.RINGING; // others may still answer
        yield m.clientClosed();
      }
      case 5 -> {
        w.modifications++;
        yield m.modify(random.nextInt(200_000), random.nextDouble());
      }
      case 6 -> m.status(CallStatus.RINGING);
      case 7 -> m.mediaOpened();
      case 8 -> random.nextInt(10) == 0 ? m.mediaFailed(CallCase.FAILURE) : List.of();
      case 9 -> m.described(negotiation, "sdp");
      case 10 -> m.offerApplied(negotiation);
      case 11 -> m.answerApplied(negotiation);
      case 12 ->
          random.nextInt(5) == 0
              ? m.negotiationFailed(negotiation, CallCase.FAILURE)
              : m.gatheringComplete();
      case 13 -> m.candidate(CallCase.candidate());
      case 14 -> m.mediaConnected();
      case 15 -> m.mediaInterrupted();
      case 16 -> m.remoteMedia(MediaKind.VIDEO);
      case 17 -> random.nextInt(10) == 0 ? channelClosed(w) : List.of();
      case 18 -> m.acked(c.candidates(1));
      case 19 -> m.notAcked(c.candidates(1), CallCase.FAILURE, true, false);
      case 20 -> {
        if (m.phase() != CallPhase.OFFERING || random.nextInt(5) > 0) {
          yield List.of();
        }
        w.refused = true;
        yield m.notAcked(c.offer(), CallCase.FAILURE, true, random.nextBoolean());
      }
      case 21 -> {
        w.heard |= m.phase() == CallPhase.IDLE && !c.identity.caller();
        yield c.receive(c.offer(), sender);
      }
      case 22 -> c.receive(c.answer(), sender);
      case 23 -> connected(w, sender, random);
      case 24 -> c.receive(c.candidates(random.nextInt(40)), sender);
      case 25 -> random.nextInt(5) == 0 ? bye(w, sender) : List.of();
      case 26 ->
          c.receive(
              c.modify(List.of("initiate", "accept", "reject", "?").get(random.nextInt(4))),
              sender);
      case 27 -> c.receive(c.status(random.nextInt(5) == 0 ? "busy" : "trying"), sender);
      case 28 -> m.reconnected();
      default -> {
        if (w.timers.isEmpty() || random.nextInt(4) > 0) {
          CallTimer stray = CallTimer.values()[random.nextInt(CallTimer.values().length)];
          yield w.timers.contains(stray) ? List.of() : m.timeout(stray);
        }
        yield timeout(w, w.timers.iterator().next());
      }
    };
  }

  private static List<CallEffect> channelClosed(World w) {
    return w.call.machine.channelClosed();
  }

  private static List<CallEffect> connected(World w, CallMachine.Sender sender, Random random) {
    boolean ours = random.nextInt(5) > 0;
    List<CallEffect> effects =
        w.call.machine.received(
            new Signal.Connected(CallCase.SESSION, "call", "x", "alice-2"), null, sender, ours, 0);
    w.nobodyIsToBeTold |= ends(effects);
    return effects;
  }

  private static List<CallEffect> bye(World w, CallMachine.Sender sender) {
    List<CallEffect> effects = w.call.receive(w.call.bye(), sender);
    w.nobodyIsToBeTold |= ends(effects);
    return effects;
  }

  private static boolean ends(List<CallEffect> effects) {
    return effects.stream().anyMatch(CallEffect.End.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatGoesWellConnects(boolean data) {
    assertEquals(CallState.CONNECTED, CallCase.callerConnected(data).machine.state());
    assertEquals(CallState.CONNECTED, CallCase.calleeConnected(data).machine.state());
  }
}
