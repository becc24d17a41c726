package io.respoke.spi;

import io.respoke.Tones;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import java.util.concurrent.CompletionStage;

/**
 * One peer connection. Descriptions are opaque text to the engine.
 *
 * <p>Safe for use by any thread; nothing blocks. Operations are carried out in the order of their
 * calls. Each stage ends once, in bounded time, and fails with a {@link io.respoke.MediaException};
 * after {@link #close()} every operation fails with {@code CLOSED}. An operation that failed leaves
 * the session as it was.
 */
public interface MediaSession extends AutoCloseable {
  /**
   * Makes an offer and sets it as the local description; candidates follow to the listener, not in
   * the description, unless the backend gathers none.
   */
  CompletionStage<SessionDescription> createOffer();

  /**
   * Makes an answer to the remote offer and sets it as the local description. Fails with {@code
   * WRONG_STATE} when there is no remote offer.
   */
  CompletionStage<SessionDescription> createAnswer();

  /**
   * Applies what the other side has offered or answered. Fails with {@code BAD_DESCRIPTION} when it
   * is empty, malformed or of the wrong type for the state.
   */
  CompletionStage<Void> setRemoteDescription(SessionDescription description);

  /** Takes back a local offer that will not be answered. Does nothing when there is none. */
  CompletionStage<Void> rollback();

  /**
   * Applies a candidate of the other side; one that comes before the description is kept. Fails
   * with {@code BAD_CANDIDATE} when it is malformed or its media section is not there, and with
   * {@code BACK_PRESSURE} when the other side has given more than the backend's bound, which is 100
   * or more.
   */
  CompletionStage<Void> addIceCandidate(IceCandidate candidate);

  /**
   * Changes what is carried; the next {@link #createOffer} or {@link #createAnswer} says so.
   * Devices that are not in {@code devices} any more are closed.
   */
  CompletionStage<Void> change(MediaConstraints constraints, MediaDevices devices);

  /** Mutes one kind in one direction, or takes that back; without negotiation. */
  CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean muted);

  /**
   * Plays key tones in the audio sent. Completed when they are queued; each one played is told to
   * the listener. Fails with {@code UNSUPPORTED} when no audio is sent or the other side cannot
   * take them, and with {@code WRONG_STATE} while others are played.
   */
  CompletionStage<Void> sendTones(Tones tones);

  /**
   * Stops playing tones.
   *
   * @return those not played; empty when none were
   */
  CompletionStage<String> cancelTones();

  /** Figures of this moment; those of a period count from the call before. */
  CompletionStage<MediaStats> statistics();

  /**
   * Sends text over the data channel. Completed when it has left the buffer. Fails with {@code
   * WRONG_STATE} while the channel is not open, {@code TOO_LARGE} over {@link
   * io.respoke.DirectConnection#MAX_MESSAGE_BYTES}, and {@code BACK_PRESSURE} when more waits than
   * the backend's bound, which is 8 MiB or more.
   */
  CompletionStage<Void> sendText(String text);

  /**
   * Sends bytes over the data channel, which are copied before this returns; as {@link #sendText}.
   */
  CompletionStage<Void> sendBytes(byte[] bytes);

  /** How many bytes of the data channel wait to be sent. */
  long bufferedAmount();

  /**
   * Closes: releases everything, closes the devices; {@link MediaSessionListener#onClosed} is the
   * listener's last call. Idempotent.
   */
  @Override
  void close();
}
