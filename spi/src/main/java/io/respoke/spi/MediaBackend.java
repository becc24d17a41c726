package io.respoke.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Does the media of one client's sessions. Safe for use by any thread; nothing blocks. */
public interface MediaBackend extends AutoCloseable {
  /**
   * Opens a session.
   *
   * @param constraints what it is to carry
   * @param iceServers where to gather candidates
   * @param listener who is told what happens, serially, until the session is closed
   */
  CompletionStage<MediaSession> open(
      MediaConstraints constraints, List<IceServer> iceServers, MediaSessionListener listener);

  /** Closes all sessions and releases everything, in bounded time. Idempotent. */
  @Override
  void close();
}
