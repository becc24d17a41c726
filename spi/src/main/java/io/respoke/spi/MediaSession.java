package io.respoke.spi;

import java.util.concurrent.CompletionStage;

/**
 * One peer connection. Descriptions are opaque text to the engine. Operations are carried out in
 * the order of their calls; none blocks. After {@link #close()} every operation fails.
 */
public interface MediaSession extends AutoCloseable {
  /** Makes an offer and sets it as the local description; candidates follow to the listener. */
  CompletionStage<SessionDescription> createOffer();

  /** Makes an answer to the remote offer and sets it as the local description. */
  CompletionStage<SessionDescription> createAnswer();

  /** Applies what the other side has offered or answered. */
  CompletionStage<Void> setRemoteDescription(SessionDescription description);

  /** Applies a candidate of the other side; one that comes before the description is kept. */
  CompletionStage<Void> addIceCandidate(IceCandidate candidate);

  /** Closes; {@link MediaSessionListener#onClosed} is the listener's last call. Idempotent. */
  @Override
  void close();
}
