package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.Respoke;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.OwnPresenceChanged;
import io.respoke.event.RespokeEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A client whose every event is recorded. What a test expects it takes; what nobody took fails the
 * test, but for the routine of coming and going. Its states must follow each other as {@link
 * ConnectionState} says.
 */
final class Guest {
  private static final Map<ConnectionState, Set<ConnectionState>> EDGES =
      new EnumMap<>(ConnectionState.class);

  static {
    EDGES.put(
        ConnectionState.DISCONNECTED,
        EnumSet.of(ConnectionState.CONNECTING, ConnectionState.CLOSED));
    EDGES.put(
        ConnectionState.CONNECTING,
        EnumSet.of(
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.DISCONNECTED,
            ConnectionState.CLOSED));
    EDGES.put(
        ConnectionState.CONNECTED,
        EnumSet.of(
            ConnectionState.RECONNECTING,
            ConnectionState.DISCONNECTED,
            ConnectionState.DISCONNECTING));
    EDGES.put(
        ConnectionState.RECONNECTING,
        EnumSet.of(
            ConnectionState.CONNECTING, ConnectionState.DISCONNECTED, ConnectionState.CLOSED));
    EDGES.put(
        ConnectionState.DISCONNECTING,
        EnumSet.of(ConnectionState.DISCONNECTED, ConnectionState.CLOSED));
    EDGES.put(ConnectionState.CLOSED, EnumSet.noneOf(ConnectionState.class));
  }

  final Client client;
  private final List<RespokeEvent> all = new ArrayList<>();
  private final List<RespokeEvent> untaken = new ArrayList<>();
  private final Set<Class<? extends RespokeEvent>> ignored = new HashSet<>();
  private boolean complete = true;

  private Guest(ClientOptions.Builder options) {
    client = Respoke.createClient(options.on(RespokeEvent.class, this::happened).build());
  }

  static Guest with(ClientOptions.Builder options) {
    return new Guest(options);
  }

  private synchronized void happened(RespokeEvent event) {
    all.add(event);
    untaken.add(event);
    notifyAll();
  }

  /** The next event of a type that was not taken yet; waits for it. */
  <E extends RespokeEvent> E next(Class<E> type) {
    return next(type, event -> true);
  }

  /** As {@link #next(Class)}; others of the type stay. */
  synchronized <E extends RespokeEvent> E next(Class<E> type, Predicate<? super E> wanted) {
    long end = System.nanoTime() + Await.PATIENCE.toNanos();
    while (true) {
      for (Iterator<RespokeEvent> events = untaken.iterator(); events.hasNext(); ) {
        RespokeEvent event = events.next();
        if (type.isInstance(event) && wanted.test(type.cast(event))) {
          events.remove();
          return type.cast(event);
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("no " + type.getSimpleName() + " came; all that came: " + all);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** The events of a type so far that were not taken. */
  synchronized <E extends RespokeEvent> List<E> takeAll(Class<E> type) {
    List<E> found = new ArrayList<>();
    for (RespokeEvent event : untaken) {
      if (type.isInstance(event)) {
        found.add(type.cast(event));
      }
    }
    untaken.removeAll(found);
    return found;
  }

  /** All events of a type, taken or not, when all that happened was delivered. */
  <E extends RespokeEvent> List<E> seen(Class<E> type) {
    Await.until(() -> client.inspect().waitingEvents() == 0, () -> "events are not delivered");
    return soFar(type);
  }

  /**
   * So many events of a type were delivered, or will be, and no more. A state is seen before the
   * events that tell of it: who has only waited for the state counts with this.
   */
  void sees(int count, Class<? extends RespokeEvent> type) {
    Await.until(() -> soFar(type).size() >= count, () -> "of " + count + " only " + soFar(type));
    assertEquals(count, seen(type).size(), () -> "" + soFar(type));
  }

  /** All events of a type so far, taken or not. */
  synchronized <E extends RespokeEvent> List<E> soFar(Class<E> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Events of this type are nothing special in this test. */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads it
  final synchronized Guest ignoring(Class<? extends RespokeEvent>... types) {
    ignored.addAll(List.of(types));
    return this;
  }

  /** Events are lost on purpose: no record of states can be complete. */
  Guest losingEvents() {
    complete = false;
    return this;
  }

  /**
   * Connects, and must fail: with this kind of error, one event of each kind that tells of it, and
   * nothing to come.
   */
  <X extends Throwable> X failsToConnect(Class<X> type) {
    X failure = Await.failure(type, client.connect());
    failedOnce(failure);
    return failure;
  }

  /** The one attempt that was made has failed with this error. */
  void failedOnce(Throwable failure) {
    ConnectionFailed event = next(ConnectionFailed.class);
    assertSame(failure, event.error());
    assertEquals(1, event.attempt());
    assertFalse(event.willRetry());
    ErrorOccurred error = next(ErrorOccurred.class);
    assertSame(failure, error.error());
    assertEquals(ErrorOccurred.Origin.CONNECT, error.origin());
    assertEquals(ConnectionState.DISCONNECTED, client.state());
  }

  /** Waits until the client is in a state. */
  void awaits(ConnectionState state) {
    Await.until(() -> client.state() == state, () -> "state is " + client.state());
  }

  /** After the client was closed: nothing is left, and all that happened makes sense. */
  void check() {
    assertEquals(ConnectionState.CLOSED, client.state());
    Await.until(() -> client.inspect().pendingRequests() == 0, () -> "requests are left");
    Await.until(() -> client.inspect().waitingEvents() == 0, () -> "events are left");
    if (complete) {
      Await.until(this::sawTheEnd, () -> "the end was not told; events: " + all);
      checkStates();
    }
    List<RespokeEvent> leftovers;
    synchronized (this) {
      leftovers = untaken.stream().filter(event -> !isRoutine(event)).toList();
    }
    assertTrue(leftovers.isEmpty(), () -> "nobody expected " + leftovers);
  }

  private boolean sawTheEnd() {
    return soFar(ConnectionStateChanged.class).stream()
        .anyMatch(event -> event.newState() == ConnectionState.CLOSED);
  }

  private void checkStates() {
    ConnectionState state = ConnectionState.DISCONNECTED;
    int connected = 0;
    for (ConnectionStateChanged change : seen(ConnectionStateChanged.class)) {
      assertEquals(state, change.oldState(), () -> "a step was left out: " + all);
      assertTrue(
          EDGES.get(state).contains(change.newState()),
          () -> "no way leads from " + change.oldState() + " to " + change.newState());
      state = change.newState();
      connected += state == ConnectionState.CONNECTED ? 1 : 0;
    }
    sees(connected, Disconnected.class); // one for each connection that was
  }

  private boolean isRoutine(RespokeEvent event) {
    return event instanceof ConnectionStateChanged
        || event instanceof Connected
        || event instanceof OwnPresenceChanged
        || (event instanceof Disconnected end && end.reason() == DisconnectReason.REQUESTED)
        || ignored.stream().anyMatch(type -> type.isInstance(event));
  }
}
