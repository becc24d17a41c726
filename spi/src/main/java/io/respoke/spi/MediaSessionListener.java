package io.respoke.spi;

import io.respoke.media.MediaKind;

/** Is told what happens to a media session. Calls are serial and must return quickly. */
public interface MediaSessionListener {
  /** A local candidate was found. */
  void onIceCandidate(IceCandidate candidate);

  /** No more local candidates will come for this negotiation. */
  void onGatheringComplete();

  /** Media can flow, for the first time or again. */
  void onConnected();

  /** Nothing comes from the other side at this moment. */
  void onInterrupted();

  /** The other side sends media of this kind now. Told again only after it stopped. */
  void onRemoteMedia(MediaKind kind);

  /** The other side sends no media of this kind any more. */
  void onRemoteMediaEnded(MediaKind kind);

  /** One tone was played, or, with an empty string, the last one has been. */
  void onTone(String tone);

  /** The data channel is open. */
  void onChannelOpen();

  /** Text came over the data channel. */
  void onText(String text);

  /** Bytes came over the data channel; they are the listener's. */
  void onBytes(byte[] bytes);

  /** The other side closed the data channel. */
  void onChannelClosed();

  /**
   * An application's source or sink threw, and the session goes on without it; or a sink does not
   * keep up and has begun to lose frames.
   */
  void onDeviceFailed(Throwable failure);

  /** The session has failed for good, ICE included; {@link #onClosed} follows. */
  void onFailed(Throwable failure);

  /** The session is closed. The last call, made once. */
  void onClosed();
}
