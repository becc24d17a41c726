package io.respoke.spi;

import java.util.concurrent.CompletionStage;

/**
 * Does the media of one client's sessions. Safe for use by any thread; nothing blocks. Stages may
 * be completed on any thread of the backend.
 */
public interface MediaBackend extends AutoCloseable {
  /**
   * Opens a session.
   *
   * @param request what it is to be
   * @param listener who is told what happens, serially, until the session is closed
   * @return fails with a {@link io.respoke.MediaException}: {@code BAD_ICE_SERVER}, {@code
   *     BACKEND_LOST}, {@code UNAVAILABLE}, {@code UNSUPPORTED}, {@code CLOSED}; the listener hears
   *     nothing then, and the devices stay the caller's to close
   */
  CompletionStage<MediaSession> open(MediaRequest request, MediaSessionListener listener);

  /** Closes all sessions and releases everything, in bounded time. Idempotent. */
  @Override
  void close();
}
