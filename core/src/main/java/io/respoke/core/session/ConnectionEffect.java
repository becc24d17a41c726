package io.respoke.core.session;

import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@link ConnectionMachine} wants done. */
sealed interface ConnectionEffect {
  /** The state is another one now. */
  record ChangeState(ConnectionState oldState, ConnectionState newState, @Nullable Throwable cause)
      implements ConnectionEffect {}

  /** Log in; the outcome comes back with this epoch. */
  record BeginAttempt(long epoch, int attempt, @Nullable Throwable previousFailure)
      implements ConnectionEffect {}

  /** Give up the login under way. */
  record AbandonAttempt() implements ConnectionEffect {}

  /** An attempt has failed. */
  record AttemptFailed(int attempt, Throwable error, boolean willRetry)
      implements ConnectionEffect {}

  /** Come back after a wait, whose end comes back with this epoch. */
  record ScheduleRetry(long epoch, Duration delay, int attempt, @Nullable Throwable cause)
      implements ConnectionEffect {}

  /** Do not come back after all. */
  record CancelRetry() implements ConnectionEffect {}

  /**
   * The client is connected.
   *
   * @param asked whether somebody asked for this connect
   * @param downSince when the connection before was lost, or -1 if none was
   * @param attempts how many attempts it took
   */
  record Online(boolean asked, long downSince, int attempts) implements ConnectionEffect {}

  /** The client is no longer connected. */
  record Offline(DisconnectReason reason, boolean willReconnect, @Nullable Throwable cause)
      implements ConnectionEffect {}

  /** Those who wait for a connect have it. */
  record CompleteConnect() implements ConnectionEffect {}

  /** Those who wait for a connect do not get it. */
  record FailConnect(Throwable error) implements ConnectionEffect {}

  /** Log out; {@link ConnectionMachine#loggedOut} comes back. */
  record Logout() implements ConnectionEffect {}

  /** Forget what would be restored. */
  record Forget() implements ConnectionEffect {}

  /** Those who wait for a disconnect have it. */
  record CompleteDisconnect() implements ConnectionEffect {}

  /** Closed for good: release everything. */
  record Release() implements ConnectionEffect {}
}
