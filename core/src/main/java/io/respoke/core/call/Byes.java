package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The byes this side has said lately, for as long as the other side may not have heard them:
 * without a connection a bye cannot be sent, and one under way when the connection is lost may have
 * been lost with it. They are said again over the next connection, and to who shows that it still
 * believes in the session. Bounded. Pure; times are milliseconds of any clock that goes forward.
 */
final class Byes {
  static final int LIMIT = 1024;
  static final long MILLIS = 60_000;

  /**
   * A bye.
   *
   * @param bye as it was sent, or would have been
   * @param caller whether this side had called
   * @param from where the session was before
   */
  record Said(OutgoingSignal bye, boolean caller, CallState from) {
    /** Whether both sides took part, as far as this one knows. */
    private boolean shared() {
      return from == CallState.CONNECTING
          || from == CallState.CONNECTED
          || from == CallState.MODIFYING;
    }

    private OutgoingSignal to(@Nullable String connection, Signal signal) {
      return new OutgoingSignal(
          bye.to(), bye.toType(), connection, signal instanceof Signal.Bye, signal);
    }
  }

  private static final class Kept {
    final Said said;
    final long since;
    boolean unsent;

    Kept(Said said, long since) {
      this.said = said;
      this.since = since;
    }
  }

  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Supplier<String> signalIds;

  /**
   * None yet.
   *
   * @param signalIds names for signals
   */
  Byes(Supplier<String> signalIds) {
    this.signalIds = signalIds;
  }

  /** A bye is being sent. */
  void said(Said said, long now) {
    expire(now);
    String id = said.bye().signal().sessionId();
    kept.remove(id);
    if (kept.size() >= LIMIT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(id, new Kept(said, now));
  }

  /** It was not sent, or nobody knows whether it was. */
  void notSent(String sessionId) {
    Kept one = kept.get(sessionId);
    if (one != null) {
      one.unsent = true;
    }
  }

  /**
   * What to send over a new connection, in this order. To all connections of the other side: it may
   * have another one too. A callee shows first that it is the one who took the call: coming from
   * another connection, its bye would be taken for the late one of a connection that lost.
   */
  List<OutgoingSignal> again(long now) {
    expire(now);
    List<OutgoingSignal> signals = new ArrayList<>();
    for (Kept one : kept.values()) {
      if (one.unsent) {
        one.unsent = false;
        Signal bye = one.said.bye().signal();
        if (!one.said.caller() && one.said.shared()) {
          signals.add(
              one.said.to(
                  null,
                  new Signal.Status(
                      bye.sessionId(),
                      bye.target(),
                      signalIds.get(),
                      CallWords.of(CallStatus.IN_PROGRESS))));
        }
        signals.add(one.said.to(null, bye(bye, null)));
      }
    }
    return signals;
  }

  /**
   * What to say to who shows that it believes in a session that ended here: by an answer, or by
   * claiming its call after it was away. Nothing when this side has not hung up.
   */
  @Nullable OutgoingSignal answerTo(Signal signal, CallMachine.Sender sender, long now) {
    expire(now);
    Kept one = kept.get(signal.sessionId());
    if (one == null || sender.self() || !one.said.bye().to().equals(sender.endpoint())) {
      return null;
    }
    boolean answers = signal instanceof Signal.Answer && one.said.caller();
    boolean claims =
        signal instanceof Signal.Status status
            && CallWords.status(status.status()) == CallStatus.IN_PROGRESS
            && one.said.shared();
    return answers || claims
        ? one.said.to(sender.connection(), bye(one.said.bye().signal(), sender.connection()))
        : null;
  }

  private Signal.Bye bye(Signal said, @Nullable String connection) {
    return new Signal.Bye(
        said.sessionId(),
        said.target(),
        signalIds.get(),
        said instanceof Signal.Bye bye ? bye.reason() : null,
        connection);
  }

  private void expire(long now) {
    Iterator<Kept> oldestFirst = kept.values().iterator();
    while (oldestFirst.hasNext() && now - oldestFirst.next().since >= MILLIS) {
      oldestFirst.remove();
    }
  }
}
