package io.respoke.core.session;

import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.protocol.ServerEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the client makes of its connection's life. All calls come on the serial context. */
public interface SessionListener {
  /**
   * A connection.
   *
   * @param endpointId who this is
   * @param connectionId the connection
   * @param asked whether somebody asked for it
   * @param downSince the scheduler's time at which the one before was lost, or -1
   * @param attempts how many attempts it took
   */
  record Online(
      String endpointId, String connectionId, boolean asked, long downSince, int attempts) {}

  /** The state has changed. */
  void stateChanged(ConnectionState oldState, ConnectionState newState, @Nullable Throwable cause);

  /** An attempt has failed. */
  void attemptFailed(int attempt, Throwable error, boolean willRetry);

  /** The next attempt waits. */
  void retryScheduled(int attempt, Duration delay, @Nullable Throwable cause);

  /** The client is connected; requests may be sent from inside this call. */
  void online(Online online);

  /** The client is not connected any more. */
  void offline(DisconnectReason reason, boolean willReconnect, @Nullable Throwable cause);

  /** The service has pushed something. */
  void serverEvent(ServerEvent event);

  /** Something came that makes no sense. */
  void problem(Throwable problem);

  /** The rate limit was met. */
  void rateLimited(String request, Duration retryAfter);

  /** The rate limit is met no longer. */
  void rateLimitLifted();

  /** The groups to leave at logout. */
  List<String> joinedGroups();

  /** What would be restored is not wanted any more. */
  void forget();

  /** The client is closed for good. */
  void closed();
}
