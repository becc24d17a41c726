package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sequence of inputs, however odd. */
@Tag("once")
class ConnectionMachineSequenceTest {
  private static final int STEPS = 20_000;

  /** The transitions that {@link ConnectionState} documents. */
  private static final Map<ConnectionState, Set<ConnectionState>> DOCUMENTED =
      new EnumMap<>(
          Map.of(
              ConnectionState.DISCONNECTED,
              EnumSet.of(ConnectionState.CONNECTING, ConnectionState.CLOSED),
              ConnectionState.CONNECTING,
              EnumSet.of(
                  ConnectionState.CONNECTED,
                  ConnectionState.RECONNECTING,
                  ConnectionState.DISCONNECTED,
                  ConnectionState.CLOSED),
              ConnectionState.CONNECTED,
              EnumSet.of(
                  ConnectionState.RECONNECTING,
                  ConnectionState.DISCONNECTED,
                  ConnectionState.DISCONNECTING),
              ConnectionState.RECONNECTING,
              EnumSet.of(
                  ConnectionState.CONNECTING, ConnectionState.DISCONNECTED, ConnectionState.CLOSED),
              ConnectionState.DISCONNECTING,
              EnumSet.of(ConnectionState.DISCONNECTED, ConnectionState.CLOSED),
              ConnectionState.CLOSED,
              EnumSet.noneOf(ConnectionState.class)));

  /** Carries out effects as the driver would, and checks each against what is under way. */
  private static final class World {
    final ConnectionMachine machine = new ConnectionMachine(true, ReconnectPolicy.defaults());
    ConnectionState state = ConnectionState.DISCONNECTED;
    long attempt = -1;
    long lastEpoch;
    long online = -1;
    long retry = -1;
    boolean logout;
    boolean wasOnline;
    int connecting;
    int disconnecting;
    int released;

    void run(List<ConnectionEffect> effects) {
      boolean closedBefore = released > 0;
      for (ConnectionEffect effect : effects) {
        if (closedBefore) {
          assertTrue(
              effect instanceof ConnectionEffect.CompleteDisconnect
                  || effect instanceof ConnectionEffect.FailConnect,
              "after the release: " + effect);
        }
        run(effect);
      }
      check();
    }

    private void run(ConnectionEffect effect) {
      if (effect instanceof ConnectionEffect.ChangeState e) {
        assertEquals(state, e.oldState());
        assertTrue(DOCUMENTED.get(state).contains(e.newState()), () -> "undocumented: " + e);
        state = e.newState();
      } else if (effect instanceof ConnectionEffect.BeginAttempt e) {
        assertEquals(-1, attempt, "two logins at once");
        assertEquals(-1, online, "a login beside a connection");
        assertTrue(e.epoch() > lastEpoch, "an epoch must be new");
        assertTrue(e.attempt() >= 1);
        attempt = e.epoch();
        lastEpoch = e.epoch();
        retry = -1; // either it has just been due, or it was cancelled
      } else if (effect instanceof ConnectionEffect.AbandonAttempt) {
        assertFalse(attempt < 0, "nothing to abandon");
        attempt = -1;
      } else if (effect instanceof ConnectionEffect.ScheduleRetry e) {
        assertEquals(-1, retry, "two waits at once");
        assertEquals(-1, attempt, "a wait beside a login");
        assertTrue(e.delay().compareTo(ReconnectPolicy.defaults().cap()) <= 0);
        assertFalse(e.delay().isNegative());
        retry = e.epoch();
      } else if (effect instanceof ConnectionEffect.CancelRetry) {
        assertFalse(retry < 0, "no wait to cancel");
        retry = -1;
      } else if (effect instanceof ConnectionEffect.Online e) {
        assertFalse(wasOnline, "online twice");
        assertTrue(e.attempts() >= 1);
        wasOnline = true;
      } else if (effect instanceof ConnectionEffect.AttemptFailed e) {
        assertEquals(e.willRetry(), state == ConnectionState.RECONNECTING, "told too early");
      } else if (effect instanceof ConnectionEffect.Offline e) {
        assertTrue(wasOnline, "offline twice");
        assertEquals(e.willReconnect(), state == ConnectionState.RECONNECTING, "told too early");
        assertFalse(
            state == ConnectionState.CONNECTED || state == ConnectionState.DISCONNECTING,
            "told too early");
        wasOnline = false;
        online = -1;
      } else if (effect instanceof ConnectionEffect.CompleteConnect) {
        assertEquals(ConnectionState.CONNECTED, state);
        connecting = 0;
      } else if (effect instanceof ConnectionEffect.FailConnect) {
        assertFalse(state == ConnectionState.CONNECTING, "told too early");
        connecting = 0;
      } else if (effect instanceof ConnectionEffect.Logout) {
        assertTrue(wasOnline, "nothing to log out of");
        assertFalse(logout, "two logouts at once");
        logout = true;
      } else if (effect instanceof ConnectionEffect.CompleteDisconnect) {
        assertTrue(
            state == ConnectionState.DISCONNECTED || state == ConnectionState.CLOSED,
            "told too early");
        disconnecting = 0;
      } else if (effect instanceof ConnectionEffect.Release) {
        released++;
      }
    }

    private void check() {
      assertEquals(state, machine.state());
      assertEquals(state == ConnectionState.CONNECTING, attempt >= 0, "login under way");
      assertEquals(state == ConnectionState.RECONNECTING, retry >= 0, "wait under way");
      assertEquals(state == ConnectionState.DISCONNECTING, logout, "logout under way");
      assertEquals(
          state == ConnectionState.CONNECTED || state == ConnectionState.DISCONNECTING, wasOnline);
      assertEquals(state == ConnectionState.CLOSED ? 1 : 0, released);
      if (state != ConnectionState.DISCONNECTING) {
        assertEquals(0, disconnecting, "somebody waits for a logout that is not under way");
      }
      if (state == ConnectionState.DISCONNECTED
          || state == ConnectionState.CONNECTED
          || state == ConnectionState.CLOSED) {
        assertEquals(0, connecting, "somebody waits for a connect that is not under way");
      }
    }
  }

  private static Throwable failure(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new AuthenticationException("no");
      case 1 -> new ConnectFailedException(Step.SESSION, Category.REJECTED, 401, "refused", null);
      case 2 -> new ConnectFailedException(Step.SOCKET, Category.LOST, 0, "lost", null);
      default -> new ConnectionLostException("lost", true, null);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thereIsNeverMoreThanOneLoginAndNobodyIsLeftWaiting(long seed) {
    Random random = new Random(seed);
    World world = new World();
    List<ConnectionState> visited = new ArrayList<>();
    long now = 0;
    for (int step = 0; step < STEPS; step++) {
      now += random.nextInt(1000);
      // Outcomes of attempts and connections that are gone come too, as they do in life.
      long epoch = random.nextInt(5) == 0 ? world.lastEpoch - 1 : world.lastEpoch;
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> {
          world.connecting++;
          world.run(world.machine.connect(now));
        }
        case 3 -> {
          world.disconnecting++;
          world.run(world.machine.disconnect());
        }
        case 4 -> world.run(world.machine.reconnectNow());
        case 5, 6 -> world.run(world.machine.retryDue(world.retry));
        case 7, 8, 9 -> online(world, epoch);
        case 10, 11 -> failed(world, epoch, failure(random), now, random.nextDouble());
        case 12 ->
            world.run(
                world.machine.lost(
                    epoch, DisconnectReason.NETWORK, null, now, random.nextDouble()));
        case 13 -> loggedOut(world, now);
        case 14 ->
            world.machine.configure(
                random.nextInt(4) != 0,
                random.nextBoolean()
                    ? ReconnectPolicy.defaults()
                    : ReconnectPolicy.defaults()
                        .withMaxAttempts(1 + random.nextInt(3))
                        .withMaxElapsed(Duration.ofSeconds(random.nextInt(10))));
        default -> {
          if (random.nextInt(50) == 0) {
            world.disconnecting++;
            world.run(world.machine.close());
          } else {
            world.machine.restored();
          }
        }
      }
      visited.add(world.state);
      if (world.released > 0 && random.nextInt(200) == 0) {
        world = new World();
      }
    }
    assertEquals(EnumSet.allOf(ConnectionState.class), EnumSet.copyOf(visited));
  }

  private static void online(World world, long epoch) {
    boolean current = epoch == world.attempt;
    if (current) {
      world.attempt = -1;
      world.online = epoch;
    }
    world.run(world.machine.online(epoch));
  }

  private static void failed(World world, long epoch, Throwable error, long now, double random) {
    if (epoch == world.attempt) {
      world.attempt = -1;
    }
    world.run(world.machine.failed(epoch, error, now, random));
  }

  private static void loggedOut(World world, long now) {
    world.logout = false;
    world.run(world.machine.loggedOut(now));
  }

  // --- the rules a sequence of states does not show

  private final ConnectionMachine machine =
      new ConnectionMachine(true, ReconnectPolicy.defaults().withJitter(false));
  private long epoch;

  private List<ConnectionEffect> run(List<ConnectionEffect> effects) {
    find(effects, ConnectionEffect.BeginAttempt.class).forEach(begin -> epoch = begin.epoch());
    return effects;
  }

  private static <E extends ConnectionEffect> List<E> find(
      List<ConnectionEffect> effects, Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static <E extends ConnectionEffect> E one(List<ConnectionEffect> effects, Class<E> type) {
    List<E> found = find(effects, type);
    assertEquals(1, found.size(), () -> type.getSimpleName() + " in " + effects);
    return found.get(0);
  }

  private List<ConnectionEffect> fail(Throwable error) {
    return run(machine.failed(epoch, error, 0, 0));
  }

  private static ConnectFailedException refused(int status) {
    return new ConnectFailedException(Step.SESSION, Category.REJECTED, status, "refused", null);
  }

  private Duration waitAfter(Throwable error) {
    Duration delay = one(fail(error), ConnectionEffect.ScheduleRetry.class).delay();
    run(machine.retryDue(epoch));
    return delay;
  }

  @Test
  void waitsDoubleUpToTheCapAndStartAnewAfterASuccess() {
    run(machine.connect(0));
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      seconds.add(waitAfter(new ConnectionLostException("x", false, null)).toMillis());
    }
    assertEquals(
        List.of(2500L, 5000L, 10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 300_000L, 300_000L),
        seconds);

    run(machine.online(epoch));
    ConnectionEffect.ScheduleRetry first =
        one(
            machine.lost(epoch, DisconnectReason.NETWORK, null, 0, 0),
            ConnectionEffect.ScheduleRetry.class);
    assertEquals(Duration.ofMillis(2500), first.delay());
    assertEquals(1, first.attempt());
  }

  @Test
  void threeRefusedCredentialsInARowEndTheRetries() {
    run(machine.connect(0));
    for (int i = 1; i < ConnectionMachine.MAX_REFUSED_CREDENTIALS; i++) {
      waitAfter(refused(i % 2 == 0 ? 401 : 403));
    }
    List<ConnectionEffect> effects = fail(refused(401));

    Throwable error = one(effects, ConnectionEffect.FailConnect.class).error();
    assertInstanceOf(AuthenticationException.class, error);
    assertInstanceOf(ConnectFailedException.class, error.getCause());
    assertEquals(ConnectionState.DISCONNECTED, machine.state());
  }

  @Test
  void anotherFailureInBetweenStartsTheCountOfRefusedCredentialsAnew() {
    run(machine.connect(0));
    for (int i = 0; i < 10; i++) {
      waitAfter(refused(401));
      waitAfter(refused(401));
      waitAfter(refused(503));
    }
    assertEquals(ConnectionState.CONNECTING, machine.state());
  }

  @Test
  void aConnectionLimitIsNoRefusalOfCredentialsAndIsRetried() {
    run(machine.connect(0));
    for (int i = 0; i < 10; i++) {
      waitAfter(
          ConnectFailures.of(
              Step.REGISTER,
              "http://x",
              new io.respoke.RequestRejectedException(
                  "post /v1/connections",
                  401,
                  io.respoke.RequestRejectedException.Reason.CONNECTION_LIMIT,
                  "connection limit exceeded",
                  null)));
    }
    assertEquals(ConnectionState.CONNECTING, machine.state());
  }

  @Test
  void theNextAttemptIsToldWhyTheOneBeforeFailed() {
    ConnectionLostException first = new ConnectionLostException("first", false, null);
    run(machine.connect(0));
    fail(first);

    ConnectionEffect.BeginAttempt begin =
        one(run(machine.retryDue(epoch)), ConnectionEffect.BeginAttempt.class);

    assertEquals(2, begin.attempt());
    assertEquals(first, begin.previousFailure());
  }

  @Test
  void aLimitOfAttemptsCountsFailedAttemptsInARow() {
    machine.configure(true, ReconnectPolicy.defaults().withMaxAttempts(2));
    run(machine.connect(0));
    waitAfter(new ConnectionLostException("1", false, null));
    ConnectionLostException second = new ConnectionLostException("2", false, null);

    List<ConnectionEffect> effects = fail(second);

    assertFalse(one(effects, ConnectionEffect.AttemptFailed.class).willRetry());
    assertEquals(second, one(effects, ConnectionEffect.FailConnect.class).error());
  }

  @Test
  void theDowntimeSpansDropsUntilEverythingIsRestored() {
    run(machine.connect(0));
    run(machine.online(epoch));
    run(machine.lost(epoch, DisconnectReason.NETWORK, null, 1000, 0));
    run(machine.reconnectNow());
    assertEquals(1000, one(run(machine.online(epoch)), ConnectionEffect.Online.class).downSince());

    run(machine.lost(epoch, DisconnectReason.NETWORK, null, 2000, 0)); // while restoring
    run(machine.reconnectNow());
    assertEquals(1000, one(run(machine.online(epoch)), ConnectionEffect.Online.class).downSince());

    machine.restored();
    run(machine.lost(epoch, DisconnectReason.NETWORK, null, 3000, 0));
    run(machine.reconnectNow());
    assertEquals(3000, one(run(machine.online(epoch)), ConnectionEffect.Online.class).downSince());
  }

  @Test
  void aConnectionAfterALogoutHasNothingToRestore() {
    run(machine.connect(0));
    run(machine.online(epoch));
    run(machine.lost(epoch, DisconnectReason.NETWORK, null, 1000, 0));
    run(machine.disconnect());
    run(machine.connect(2000));

    ConnectionEffect.Online online = one(run(machine.online(epoch)), ConnectionEffect.Online.class);

    assertEquals(-1, online.downSince());
    assertTrue(online.asked());
  }

  @Test
  void aConnectThatIsAskedForWhileReconnectingTriesAtOnceAndCountsAsAsked() {
    run(machine.connect(0));
    run(machine.online(epoch));
    run(machine.lost(epoch, DisconnectReason.NETWORK, null, 1000, 0));

    one(run(machine.connect(1000)), ConnectionEffect.CancelRetry.class);

    ConnectionEffect.Online online = one(run(machine.online(epoch)), ConnectionEffect.Online.class);
    assertTrue(online.asked());
    assertEquals(1000, online.downSince());
  }
}
