package io.respoke.core.session;

import io.respoke.AuthenticationException;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.ReconnectPolicy;
import io.respoke.RequestRejectedException;
import io.respoke.core.session.ConnectionEffect.AbandonAttempt;
import io.respoke.core.session.ConnectionEffect.AttemptFailed;
import io.respoke.core.session.ConnectionEffect.BeginAttempt;
import io.respoke.core.session.ConnectionEffect.CancelRetry;
import io.respoke.core.session.ConnectionEffect.ChangeState;
import io.respoke.core.session.ConnectionEffect.CompleteConnect;
import io.respoke.core.session.ConnectionEffect.CompleteDisconnect;
import io.respoke.core.session.ConnectionEffect.FailConnect;
import io.respoke.core.session.ConnectionEffect.Forget;
import io.respoke.core.session.ConnectionEffect.Logout;
import io.respoke.core.session.ConnectionEffect.Offline;
import io.respoke.core.session.ConnectionEffect.Online;
import io.respoke.core.session.ConnectionEffect.Release;
import io.respoke.core.session.ConnectionEffect.ScheduleRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to log in, when to come back and when to stop. Pure: each input returns the effects
 * to carry out, in order; time and randomness are inputs.
 *
 * <p>Every attempt has an epoch. What comes back with an old one is of an attempt that was given up
 * meanwhile, and is ignored: so there is never more than one login.
 *
 * <p>A change of state comes before the effects that tell somebody of it: whoever is told finds the
 * new state.
 */
final class ConnectionMachine {
  /** After so many refused credentials in a row it is not worth asking for more. */
  static final int MAX_REFUSED_CREDENTIALS = 3;

  private ConnectionState state = ConnectionState.DISCONNECTED;
  private boolean reconnect;
  private ReconnectPolicy policy;
  private long epoch;
  private int attempt;
  private int waits;
  private int refusedCredentials;
  private long troubleSince;
  private long downSince = -1;
  private boolean asked;
  private boolean connectAfterLogout;
  private boolean closing;
  private @Nullable Throwable previousFailure;

  ConnectionMachine(boolean reconnect, ReconnectPolicy policy) {
    this.reconnect = reconnect;
    this.policy = policy;
  }

  ConnectionState state() {
    return state;
  }

  /** Whether an outcome with this epoch still matters. */
  boolean isCurrent(long epoch) {
    return this.epoch == epoch
        && (state == ConnectionState.CONNECTING || state == ConnectionState.CONNECTED);
  }

  /** Other settings; they count from the next decision on. */
  void configure(boolean reconnect, ReconnectPolicy policy) {
    this.reconnect = reconnect;
    this.policy = policy;
  }

  List<ConnectionEffect> connect(long now) {
    List<ConnectionEffect> effects = new ArrayList<>();
    switch (state) {
      case DISCONNECTED -> {
        asked = true;
        attempt = 1;
        waits = 0;
        refusedCredentials = 0;
        troubleSince = now;
        previousFailure = null;
        begin(effects);
      }
      case RECONNECTING -> {
        asked = true;
        effects.add(new CancelRetry());
        begin(effects);
      }
      case CONNECTING -> asked = true;
      case CONNECTED -> effects.add(new CompleteConnect());
      case DISCONNECTING -> connectAfterLogout = !closing;
      case CLOSED -> effects.add(new FailConnect(cancelled("the client is closed")));
    }
    if (state == ConnectionState.DISCONNECTING && closing) {
      effects.add(new FailConnect(cancelled("the client is being closed")));
    }
    return effects;
  }

  List<ConnectionEffect> reconnectNow() {
    List<ConnectionEffect> effects = new ArrayList<>();
    if (state == ConnectionState.RECONNECTING) {
      effects.add(new CancelRetry());
      begin(effects);
    }
    return effects;
  }

  /** The wait that was scheduled with this epoch is over. */
  List<ConnectionEffect> retryDue(long epoch) {
    List<ConnectionEffect> effects = new ArrayList<>();
    if (state == ConnectionState.RECONNECTING && this.epoch == epoch) {
      begin(effects);
    }
    return effects;
  }

  /** The attempt has succeeded. */
  List<ConnectionEffect> online(long epoch) {
    if (!isCurrent(epoch) || state != ConnectionState.CONNECTING) {
      return List.of();
    }
    List<ConnectionEffect> effects = new ArrayList<>();
    change(effects, ConnectionState.CONNECTED, null);
    effects.add(new Online(asked, downSince, attempt));
    effects.add(new CompleteConnect());
    asked = false;
    attempt = 0;
    refusedCredentials = 0;
    previousFailure = null;
    return effects;
  }

  /** What the drop had undone is restored: the next drop counts anew. */
  void restored() {
    downSince = -1;
  }

  /** The attempt has failed. */
  List<ConnectionEffect> failed(long epoch, Throwable error, long now, double random) {
    if (!isCurrent(epoch) || state != ConnectionState.CONNECTING) {
      return List.of();
    }
    Throwable verdict = verdict(error);
    boolean retry = reconnect && !(verdict instanceof AuthenticationException) && withinLimits(now);
    List<ConnectionEffect> effects = new ArrayList<>();
    AttemptFailed told = new AttemptFailed(attempt, verdict, retry);
    previousFailure = verdict;
    if (retry) {
      attempt++;
      scheduleRetry(effects, told, verdict, random);
    } else {
      asked = false;
      change(effects, ConnectionState.DISCONNECTED, verdict);
      effects.add(told);
      effects.add(new FailConnect(verdict));
    }
    return effects;
  }

  private Throwable verdict(Throwable error) {
    boolean refused = refusesCredentials(error);
    refusedCredentials = refused ? refusedCredentials + 1 : 0;
    if (refused && reconnect && refusedCredentials >= MAX_REFUSED_CREDENTIALS) {
      return new AuthenticationException(
          "Credentials were refused "
              + refusedCredentials
              + " times in a row; giving up. Check what the token provider returns. "
              + error.getMessage(),
          error);
    }
    return error;
  }

  private static boolean refusesCredentials(Throwable error) {
    return error instanceof ConnectFailedException e
        && e.category() == Category.REJECTED
        && (e.status() == 401 || e.status() == 403)
        // other credentials would not help, but time does
        && !(e.getCause() instanceof RequestRejectedException refusal
            && refusal.reason() == RequestRejectedException.Reason.CONNECTION_LIMIT);
  }

  private boolean withinLimits(long now) {
    return policy.maxAttempts().map(limit -> attempt < limit).orElse(true)
        && policy.maxElapsed().map(limit -> now - troubleSince < limit.toMillis()).orElse(true);
  }

  /** The connection is lost. */
  List<ConnectionEffect> lost(
      long epoch, DisconnectReason reason, @Nullable Throwable cause, long now, double random) {
    if (!isCurrent(epoch) || state != ConnectionState.CONNECTED) {
      return List.of();
    }
    List<ConnectionEffect> effects = new ArrayList<>();
    if (downSince < 0) {
      downSince = now;
      waits = 0; // a connection that does not last until all is restored counts as none
    }
    Offline told = new Offline(reason, reconnect, cause);
    if (reconnect) {
      attempt = 1;
      troubleSince = now;
      previousFailure = cause;
      scheduleRetry(effects, told, cause, random);
    } else {
      change(effects, ConnectionState.DISCONNECTED, cause);
      effects.add(told);
    }
    return effects;
  }

  List<ConnectionEffect> disconnect() {
    List<ConnectionEffect> effects = new ArrayList<>();
    switch (state) {
      case DISCONNECTED -> {
        effects.add(new Forget());
        effects.add(new CompleteDisconnect());
      }
      case CONNECTING, RECONNECTING -> {
        stop(effects, ConnectionState.DISCONNECTED, "disconnect() was called");
        effects.add(new CompleteDisconnect());
      }
      case CONNECTED -> {
        change(effects, ConnectionState.DISCONNECTING, null);
        effects.add(new Logout());
      }
      case DISCONNECTING -> {
        if (connectAfterLogout) {
          connectAfterLogout = false;
          effects.add(new FailConnect(cancelled("disconnect() was called")));
        }
      }
      case CLOSED -> effects.add(new CompleteDisconnect());
    }
    return effects;
  }

  List<ConnectionEffect> close() {
    List<ConnectionEffect> effects = new ArrayList<>();
    switch (state) {
      case DISCONNECTED -> {
        change(effects, ConnectionState.CLOSED, null);
        release(effects);
      }
      case CONNECTING, RECONNECTING -> {
        stop(effects, ConnectionState.CLOSED, "close() was called");
        release(effects);
      }
      case CONNECTED -> {
        closing = true;
        change(effects, ConnectionState.DISCONNECTING, null);
        effects.add(new Logout());
      }
      case DISCONNECTING -> {
        closing = true;
        if (connectAfterLogout) {
          connectAfterLogout = false;
          effects.add(new FailConnect(cancelled("close() was called")));
        }
      }
      case CLOSED -> effects.add(new CompleteDisconnect());
    }
    return effects;
  }

  /** Logging out has ended, one way or another. */
  List<ConnectionEffect> loggedOut(long now) {
    if (state != ConnectionState.DISCONNECTING) {
      return List.of();
    }
    List<ConnectionEffect> effects = new ArrayList<>();
    epoch++;
    downSince = -1;
    change(effects, closing ? ConnectionState.CLOSED : ConnectionState.DISCONNECTED, null);
    effects.add(new Offline(DisconnectReason.REQUESTED, false, null));
    effects.add(new Forget());
    if (closing) {
      release(effects);
      return effects;
    }
    effects.add(new CompleteDisconnect());
    if (connectAfterLogout) {
      connectAfterLogout = false;
      effects.addAll(connect(now));
    }
    return effects;
  }

  private void begin(List<ConnectionEffect> effects) {
    epoch++;
    change(effects, ConnectionState.CONNECTING, null);
    effects.add(new BeginAttempt(epoch, attempt, previousFailure));
  }

  private void scheduleRetry(
      List<ConnectionEffect> effects,
      ConnectionEffect told,
      @Nullable Throwable cause,
      double random) {
    waits++;
    Duration delay = policy.delayBefore(waits, random);
    change(effects, ConnectionState.RECONNECTING, cause);
    effects.add(told);
    effects.add(new ScheduleRetry(epoch, delay, attempt, cause));
  }

  private void stop(List<ConnectionEffect> effects, ConnectionState next, String why) {
    effects.add(state == ConnectionState.CONNECTING ? new AbandonAttempt() : new CancelRetry());
    epoch++;
    downSince = -1;
    asked = false;
    change(effects, next, null);
    effects.add(new Forget());
    effects.add(new FailConnect(cancelled(why)));
  }

  private void release(List<ConnectionEffect> effects) {
    effects.add(new CompleteDisconnect());
    effects.add(new Release());
  }

  private void change(
      List<ConnectionEffect> effects, ConnectionState next, @Nullable Throwable cause) {
    effects.add(new ChangeState(state, next, cause));
    state = next;
  }

  private static ConnectFailedException cancelled(String why) {
    return new ConnectFailedException(
        Step.TOKEN, Category.CANCELLED, 0, "Connecting was given up: " + why, null);
  }
}
