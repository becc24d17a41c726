package io.respoke.service.state;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call or direct connection as the service follows it: who takes part, who answered, and what
 * becomes of each signal (protocol-calls §8). Time is an argument.
 */
public final class CallSession {
  /** How long a request to renegotiate keeps others from being made. */
  static final long MODIFY_MILLIS = 60_000;

  /** The two sides. */
  public enum Side {
    /** Who sent the offer. */
    CALLER,
    /** Who was offered. */
    CALLEE
  }

  /** What becomes of a signal. */
  public enum Move {
    /** To the callee as addressed: nobody has answered, so all its connections ring. */
    FORK,
    /** To all connections of the callee, whatever it is addressed to. */
    EVERYBODY,
    /** To the one connection of the other side. */
    PEER,
    /** To nobody: it is late, or means nothing any more. */
    SWALLOW,
    /** To nobody; the sender learns that another connection answered first. */
    TELL_WINNER,
    /** To nobody; the sender learns that it may not renegotiate now. */
    REJECT_MODIFY,
    /** To nobody: the session is over, and the sender should know. */
    OVER
  }

  /**
   * One side.
   *
   * @param address what the other side calls it: an endpoint, a number, a conference
   * @param type {@code web}, {@code did}, {@code sip} or {@code conference}
   * @param endpointId the endpoint behind it
   * @param connectionId the connection that takes part, or {@code null} while it is open which
   */
  public record Party(
      String address, String type, String endpointId, @Nullable String connectionId) {
    Party at(String connection) {
      return new Party(address, type, endpointId, connection);
    }
  }

  private final String id;
  private final String target;
  private final long startedAt;
  private Party caller;
  private Party callee;
  private boolean answered;
  private boolean announced;
  private boolean ended;
  private long endedAt;
  private @Nullable Side offering;
  private @Nullable Side modifying;
  private long modifiedAt;
  private @Nullable Side lost;
  private long lostSince;
  private @Nullable String offer;

  CallSession(String id, String target, Party caller, Party callee, long now) {
    this.id = id;
    this.target = target;
    this.caller = caller;
    this.callee = callee;
    this.startedAt = now;
  }

  /** Its id, as the caller chose it. */
  public String id() {
    return id;
  }

  /** The kind of session, as the offer said. */
  public String target() {
    return target;
  }

  /** When it began, epoch milliseconds. */
  public long startedAt() {
    return startedAt;
  }

  /** A side. */
  public Party party(Side side) {
    return side == Side.CALLER ? caller : callee;
  }

  /** The other side. */
  public Party peer(Side side) {
    return side == Side.CALLER ? callee : caller;
  }

  /** Whether somebody answered. */
  public boolean answered() {
    return answered;
  }

  /** Whether all connections of the callee were told who answered. */
  public boolean announced() {
    return announced;
  }

  /** They are told. */
  public void announce() {
    announced = true;
  }

  /** Whether it is over. */
  public boolean ended() {
    return ended;
  }

  /** When it ended; meaningless before. */
  long endedAt() {
    return endedAt;
  }

  /** The offer that waits for an answer that has to be made to fit it, or {@code null}. */
  public @Nullable String offer() {
    return offer;
  }

  /** Keeps the offer until the answer. */
  public void offer(@Nullable String sdp) {
    offer = sdp;
  }

  /**
   * On which side a sender is; {@code null} for a stranger. The connection that takes part may be
   * replaced by another of the same endpoint once it is gone.
   *
   * @param connectionId the sender's connection, or {@code null} when it has none
   * @param connected whether a connection is still there
   */
  public @Nullable Side side(
      String endpointId, @Nullable String connectionId, Predicate<String> connected) {
    boolean calls = caller.endpointId().equals(endpointId);
    if (calls && (connectionId == null || connectionId.equals(caller.connectionId()))) {
      return Side.CALLER;
    }
    if (callee.endpointId().equals(endpointId)) {
      return Side.CALLEE;
    }
    if (calls && gone(caller, connected) && connectionId != null) {
      caller = caller.at(connectionId);
      return Side.CALLER;
    }
    return null;
  }

  private static boolean gone(Party party, Predicate<String> connected) {
    return party.connectionId() == null || !connected.test(party.connectionId());
  }

  /**
   * Decides what becomes of a signal and remembers it.
   *
   * @param type its type
   * @param action the action of a {@code modify}, else {@code null}
   * @param from the sender's side
   * @param connectionId the sender's connection, or {@code null}
   * @param connected whether a connection is still there
   */
  public Move take(
      String type,
      @Nullable String action,
      Side from,
      @Nullable String connectionId,
      Predicate<String> connected,
      long now) {
    if (ended) {
      // status: a client that was away claims its call, and does not know that it is over
      boolean wants = type.equals("offer") || type.equals("answer") || type.equals("status");
      return wants ? Move.OVER : Move.SWALLOW;
    }
    if (answered && from == Side.CALLEE && connectionId != null && !mine(connectionId)) {
      if (type.equals("answer")) {
        return Move.TELL_WINNER;
      }
      if (type.equals("bye") || !gone(callee, connected)) {
        return Move.SWALLOW;
      }
      callee = callee.at(connectionId);
    }
    return switch (type) {
      case "offer" -> offered(from);
      case "answer" -> answer(from, connectionId);
      case "connected" -> connected(from);
      case "modify" -> modify(action, from, now);
      case "bye" -> {
        end(now);
        // The losers still ring when the caller goes before it has told them.
        yield from == Side.CALLER && answered && !announced ? Move.EVERYBODY : onward(from);
      }
      default -> onward(from);
    };
  }

  private boolean mine(String connectionId) {
    return connectionId.equals(callee.connectionId());
  }

  private Move onward(Side from) {
    return from == Side.CALLER && !answered ? Move.FORK : Move.PEER;
  }

  private Move offered(Side from) {
    if (!answered) {
      return from == Side.CALLER ? Move.FORK : Move.SWALLOW;
    }
    offering = from;
    return Move.PEER;
  }

  private Move answer(Side from, @Nullable String connectionId) {
    if (!answered) {
      if (from == Side.CALLER) {
        return Move.SWALLOW;
      }
      answered = true;
      if (connectionId != null) {
        callee = callee.at(connectionId);
      }
      return Move.PEER;
    }
    if (offering == null || offering == from) {
      return Move.SWALLOW;
    }
    offering = null;
    modifying = null;
    return Move.PEER;
  }

  /** The callee says so only when it has renegotiated. */
  private Move connected(Side from) {
    if (!answered) {
      return Move.SWALLOW;
    }
    if (from == Side.CALLEE) {
      return Move.PEER;
    }
    announced = true;
    return Move.EVERYBODY;
  }

  private Move modify(@Nullable String action, Side from, long now) {
    if (!"initiate".equals(action)) {
      if ("reject".equals(action)) {
        modifying = null;
      }
      return answered ? Move.PEER : Move.SWALLOW;
    }
    if (!answered) {
      return Move.REJECT_MODIFY;
    }
    if (modifying != null && modifying != from && now - modifiedAt < MODIFY_MILLIS) {
      return Move.REJECT_MODIFY;
    }
    modifying = from;
    modifiedAt = now;
    return Move.PEER;
  }

  /** Takes back a request to renegotiate that the other side cannot understand. */
  public void forgetModify() {
    modifying = null;
  }

  /** Ends it. */
  public void end(long now) {
    ended = true;
    endedAt = now;
    offer = null;
  }

  /**
   * The side whose connection has been gone for as long as the grace, or {@code null}. A callee who
   * has not answered is gone with its last connection.
   */
  @Nullable Side lost(
      Predicate<String> connected, Predicate<String> endpointConnected, long grace, long now) {
    Side missing = missing(connected, endpointConnected);
    if (missing != lost) {
      lost = missing;
      lostSince = now;
    }
    return now - lostSince >= grace ? lost : null;
  }

  private @Nullable Side missing(Predicate<String> connected, Predicate<String> endpointConnected) {
    if (caller.connectionId() != null && !connected.test(caller.connectionId())) {
      return Side.CALLER;
    }
    String winner = callee.connectionId();
    boolean there =
        answered
            ? winner == null || connected.test(winner)
            : endpointConnected.test(callee.endpointId());
    return there ? null : Side.CALLEE;
  }

  /** Whether it has rung since before a time. */
  boolean ringsSince(long time) {
    return !answered && startedAt <= time;
  }
}
